package verticles;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import messages.LessonProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import work.Lease;
import work.Outcome;
import work.Running;
import work.Stage;
import work.Worker;
import work.WorkerOptions;

/**
 * An actor that works on one stage of lessons. Woken by the stage's address and by its own poll;
 * takes what is due of its stage; leaves the next stage, or a final status; stops by finishing what
 * it has within the drain timeout and giving back the rest.
 */
abstract class StageVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(StageVerticle.class);

  final ActorParts parts;
  private final Stage stage;
  private Worker worker;
  private MessageConsumer<Object> wakeUps;

  StageVerticle(ActorParts parts, Stage stage) {
    this.parts = parts;
    this.stage = stage;
  }

  /** What is to be done with one lesson; see {@link work.Job}. */
  abstract Future<Outcome> work(Lease lease, Running running);

  /** Opens what the work needs, before any lesson is taken. */
  Future<?> open() {
    return Future.succeededFuture();
  }

  /** Closes it again, after the last lesson. */
  Future<?> close() {
    return Future.succeededFuture();
  }

  @Override
  public final Future<?> start() {
    var settings = parts.settings().work();
    worker =
        new Worker(
            vertx,
            parts.lessonQueue(),
            stage,
            this::begin,
            WorkerOptions.of(parts.node() + "/" + getClass().getSimpleName() + "-" + deploymentID())
                .withConcurrency(settings.concurrency().get(stage.name()))
                .withPollInterval(settings.pollInterval())
                .withLease(settings.lease())
                .withObserver(new StageObserver(vertx, parts.stageMetrics())));
    return open()
        .compose(
            opened -> {
              wakeUps = vertx.eventBus().consumer(stage.address(), message -> worker.wake());
              return wakeUps.completion();
            })
        .compose(registered -> worker.start());
  }

  private Future<Outcome> begin(Lease lease, Running running) {
    log.atInfo()
        .addKeyValue("lesson_id", lease.id())
        .addKeyValue("stage", stage.name())
        .addKeyValue("attempt", lease.attempt())
        .log("started");
    StageObserver.publish(
        vertx, new LessonProgress(lease.id(), stage.name(), "started", Duration.ZERO));
    return work(lease, running)
        .recover(
            failure ->
                Future.failedFuture(
                    ProgramFault.presentable(
                        failure, log, parts.lessonQueue().table().idKey(), lease.id())));
  }

  @Override
  public final Future<?> stop() {
    Future<?> deaf = wakeUps == null ? Future.succeededFuture() : wakeUps.unregister();
    return deaf.transform(done -> worker.drain(parts.settings().drainTimeout()))
        .transform(done -> close());
  }
}
