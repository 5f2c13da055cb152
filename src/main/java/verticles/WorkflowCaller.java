package verticles;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lessons.WorkflowStages;
import lessons.WorkflowTriggers;
import lessons.WorkflowTriggers.Trigger;
import lessons.WorkflowWebhook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import outbound.Failure;
import work.Job;
import work.Lease;
import work.Outcome;
import work.PermanentFailure;
import work.Running;
import work.Stage;
import work.WorkQueue;
import work.Worker;
import work.WorkerOptions;
import work.Writes;

/**
 * Tells the school's workflow (n8n) of classes and waits for what it delivers. Woken by {@code
 * lessons.trigger}, {@code lessons.deliver} and its poll; takes rows of {@code workflow_triggers};
 * leaves them accepted, then completed when a transcript has come. Does nothing where no webhook is
 * set.
 */
public final class WorkflowCaller extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(WorkflowCaller.class);
  private static final Duration SHORTEST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

  private final ActorParts parts;
  private final List<Worker> workers = new ArrayList<>();
  private final List<MessageConsumer<?>> wakeUps = new ArrayList<>();
  private WorkflowTriggers triggers;
  private WorkflowWebhook webhook;

  public WorkflowCaller(ActorParts parts) {
    this.parts = parts;
  }

  @Override
  public Future<?> start() {
    Optional<WorkflowWebhook> configured =
        WorkflowWebhook.of(vertx, parts.settings().workflow(), parts.registry());
    if (configured.isEmpty()) {
      return Future.succeededFuture();
    }
    webhook = configured.get();
    triggers = new WorkflowTriggers(parts.databases().postgres());
    return start(WorkflowStages.TRIGGER, this::tell)
        .compose(started -> start(WorkflowStages.DELIVER, this::await));
  }

  private Future<?> start(Stage stage, Job job) {
    var work = parts.settings().work();
    WorkQueue queue =
        WorkflowStages.queue(
            parts.databases().postgres(), parts.settings().workflow().maxAttempts());
    Worker worker =
        new Worker(
            vertx,
            queue,
            stage,
            job,
            WorkerOptions.of(parts.node() + "/WorkflowCaller-" + deploymentID())
                .withConcurrency(work.concurrency().get("fetch"))
                .withPollInterval(work.pollInterval())
                .withLease(work.lease())
                .withJobTimeLimit(parts.settings().workflow().timeout().plusMinutes(1))
                .withObserver(new StageMeter(parts.stageMetrics())));
    workers.add(worker);
    MessageConsumer<Object> wakeUp =
        vertx.eventBus().consumer(stage.address(), message -> worker.wake());
    wakeUps.add(wakeUp);
    return wakeUp.completion().compose(registered -> worker.start());
  }

  private Future<Trigger> trigger(Lease lease) {
    return triggers
        .find(lease.id())
        .map(found -> found.orElseThrow(() -> new PermanentFailure("the row was deleted")));
  }

  private Future<Outcome> tell(Lease lease, Running running) {
    return trigger(lease)
        .compose(
            trigger -> {
              JsonObject payload =
                  trigger
                      .payload()
                      .copy()
                      .put("event_id", trigger.eventId().toString())
                      .put("attempt", Integer.toString(lease.attempt()))
                      .put("occurred_at", trigger.createdAt().toInstant().toString())
                      .put("schema_version", "1");
              return webhook.call(trigger.eventId(), trigger.classId(), payload);
            })
        .map(
            accepted -> {
              log.atInfo().addKeyValue("trigger_id", lease.id()).log("the workflow took a class");
              return Outcome.next(
                  WorkflowStages.DELIVER,
                  connection -> WorkflowTriggers.writeAccepted(connection, lease.id()));
            })
        .recover(
            error ->
                error instanceof Failure failure && failure.kind() == Failure.Kind.PERMANENT
                    ? Future.succeededFuture(Outcome.failed(failure.getMessage()))
                    : Future.failedFuture(expected(error, lease)));
  }

  private Future<Outcome> await(Lease lease, Running running) {
    return trigger(lease)
        .compose(
            trigger -> triggers.delivered(trigger).map(lesson -> waited(trigger, lesson, lease)))
        .recover(error -> Future.failedFuture(expected(error, lease)));
  }

  private Outcome waited(Trigger trigger, Optional<Long> lesson, Lease lease) {
    if (lesson.isPresent()) {
      log.atInfo()
          .addKeyValue("trigger_id", lease.id())
          .addKeyValue("lesson_id", lesson.get())
          .log("the workflow delivered a lesson");
      return Outcome.completed(Writes.none());
    }
    Duration waited =
        Duration.between(
            trigger.acceptedAt().orElse(trigger.createdAt()).toInstant(),
            OffsetDateTime.now().toInstant());
    Duration longest = parts.settings().workflow().deliveryTimeout();
    if (waited.compareTo(longest) > 0) {
      return Outcome.failed(
          "the workflow took the class and delivered no transcript within "
              + longest.toHours()
              + " h: look at its executions in n8n, then queue the lesson again");
    }
    Duration pause = waited.dividedBy(4);
    pause = pause.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : pause;
    return Outcome.notReady(
        pause.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : pause,
        "the workflow has taken the class; its transcript is awaited");
  }

  private static Throwable expected(Throwable error, Lease lease) {
    return error instanceof Failure
        ? error
        : ProgramFault.presentable(error, log, WorkflowStages.TABLE.idKey(), lease.id());
  }

  @Override
  public Future<?> stop() {
    return Future.join(wakeUps.stream().map(MessageConsumer::unregister).toList())
        .transform(
            deaf ->
                Future.join(
                    workers.stream()
                        .map(worker -> worker.drain(parts.settings().drainTimeout()))
                        .toList()))
        .transform(done -> webhook == null ? Future.succeededFuture() : webhook.close());
  }
}
