package verticles;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.VertxException;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.sqlclient.DatabaseException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import lessons.PublishLesson;
import lessons.PublishStages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import work.Lease;
import work.Outcome;
import work.PermanentFailure;
import work.Running;
import work.Worker;
import work.WorkerOptions;

/**
 * Shows learners what teachers approve, and hides what they reject. Woken by {@code
 * lessons.publish} and its poll; takes judged sets; leaves the lesson, its items and the learner's
 * vocabulary in MySQL as decided; stops by finishing what it has.
 */
public final class LessonPublisher extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(LessonPublisher.class);
  private static final int CONCURRENCY = 4;
  private static final Duration LONGEST_RUN = Duration.ofMinutes(2);
  private static final Duration UNTIL_MYSQL_IS_BACK = Duration.ofSeconds(5);

  // SQL state classes of a database that can't do its work now: connection, log-in, missing
  // database, operator, resources.
  private static final Set<String> AWAY = Set.of("08", "28", "3D", "57", "53");

  private final ActorParts parts;
  private PublishLesson lessons;
  private Worker worker;
  private MessageConsumer<Object> wakeUps;

  public LessonPublisher(ActorParts parts) {
    this.parts = parts;
  }

  @Override
  public Future<?> start() {
    var settings = parts.settings().work();
    lessons = new PublishLesson(parts.databases().postgres(), parts.databases().mysql());
    worker =
        new Worker(
            vertx,
            PublishStages.queue(parts.databases().postgres(), settings),
            PublishStages.PUBLISH,
            this::work,
            WorkerOptions.of(parts.node() + "/LessonPublisher-" + deploymentID())
                .withConcurrency(CONCURRENCY)
                .withPollInterval(settings.pollInterval())
                .withLease(settings.lease())
                .withJobTimeLimit(LONGEST_RUN)
                .withObserver(new StageMeter(parts.stageMetrics())));
    wakeUps = vertx.eventBus().consumer(PublishStages.PUBLISH.address(), message -> worker.wake());
    return wakeUps.completion().compose(registered -> worker.start());
  }

  private Future<Outcome> work(Lease lease, Running running) {
    return lessons
        .publish(lease.id())
        .map(
            result -> {
              log.atInfo()
                  .addKeyValue("exercises_id", lease.id())
                  .log(result.name().toLowerCase(Locale.ROOT));
              return Outcome.completed(work.Writes.none());
            })
        .recover(failure -> failed(lease, failure));
  }

  private static Future<Outcome> failed(Lease lease, Throwable failure) {
    if (failure instanceof PublishLesson.Unpublishable never) {
      return Future.failedFuture(new PermanentFailure(never.getMessage()));
    }
    if (isAway(failure)) {
      // no fault of the set's: an evening without MySQL must not use up its attempts
      return Future.succeededFuture(
          Outcome.notReady(
              UNTIL_MYSQL_IS_BACK, "a database does not answer; publishing goes on when it does"));
    }
    return Future.failedFuture(
        ProgramFault.presentable(failure, log, PublishStages.TABLE.idKey(), lease.id()));
  }

  private static boolean isAway(Throwable failure) {
    if (failure instanceof DatabaseException database) {
      String state = database.getSqlState();
      return state != null && state.length() >= 2 && AWAY.contains(state.substring(0, 2));
    }
    return failure instanceof IOException
        || failure instanceof TimeoutException
        || failure instanceof VertxException;
  }

  @Override
  public Future<?> stop() {
    Future<?> deaf = wakeUps == null ? Future.succeededFuture() : wakeUps.unregister();
    return deaf.transform(
        done ->
            worker == null
                ? Future.succeededFuture()
                : worker.drain(parts.settings().drainTimeout()));
  }
}
