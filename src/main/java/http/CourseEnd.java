package http;

import courses.CourseJob;
import courses.CourseJobs;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import messages.Addresses;
import work.WakeUps;

/** Waits for the end of a course's job, for clients that want the course in one answer. */
final class CourseEnd {
  private static final long LOOK_MILLIS = 1_000;
  private static final long SHORTEST_PAUSE_MILLIS = 200;

  private final Vertx vertx;
  private final CourseJobs jobs;
  private final String owner;
  private final UUID job;
  private final Promise<Void> over = Promise.promise();
  private boolean looking;
  private long looked;

  private CourseEnd(Vertx vertx, CourseJobs jobs, String owner, UUID job) {
    this.vertx = vertx;
    this.jobs = jobs;
    this.owner = owner;
    this.job = job;
  }

  /**
   * The job, at its end or when the patience is over; empty when it was deleted meanwhile.
   *
   * @param gone completes when nobody waits any more
   */
  static Future<Optional<CourseJob>> of(
      Vertx vertx, CourseJobs jobs, String owner, UUID job, Duration patience, Future<Void> gone) {
    return new CourseEnd(vertx, jobs, owner, job).await(patience, gone);
  }

  private Future<Optional<CourseJob>> await(Duration patience, Future<Void> gone) {
    MessageConsumer<JsonObject> wakeUps =
        vertx.eventBus().localConsumer(Addresses.COURSES_EVENTS, this::told);
    long looks = vertx.setPeriodic(LOOK_MILLIS, fired -> look());
    long end = vertx.setTimer(patience.toMillis(), fired -> over.tryComplete());
    gone.onComplete(left -> over.tryComplete());
    look();
    return over.future()
        .onComplete(
            done -> {
              wakeUps.unregister();
              vertx.cancelTimer(looks);
              vertx.cancelTimer(end);
            })
        .compose(done -> jobs.now(owner, job));
  }

  /** Any job's, where it is not said whose. */
  private void told(Message<JsonObject> message) {
    String about = message.body().getString(WakeUps.ABOUT);
    if (about == null || about.equals(job.toString())) {
      look();
    }
  }

  /** A job has many events, so it does not look as often as they come. */
  private void look() {
    long now = System.nanoTime();
    if (looking || over.future().isComplete() || now - looked < SHORTEST_PAUSE_MILLIS * 1_000_000) {
      return;
    }
    looking = true;
    looked = now;
    jobs.status(owner, job)
        .onComplete(
            status -> {
              looking = false;
              // what can't be looked up now is looked up again
              if (status.succeeded()
                  && (status.result().isEmpty() || CourseJob.over(status.result().get()))) {
                over.tryComplete();
              }
            });
  }
}
