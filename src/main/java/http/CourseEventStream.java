package http;

import courses.CourseJobs;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import messages.Addresses;
import work.WakeUps;

/**
 * A job's events as server-sent events, until nothing more can happen to it or the client goes. A
 * client that comes back says the last event it has had. Confined to its connection's context.
 */
final class CourseEventStream {
  private static final long COMMENT_MILLIS = 15_000;
  // However often a job moves, a client is not told more often than this.
  private static final long SHORTEST_PAUSE_MILLIS = 100;

  private final Vertx vertx;
  private final CourseJobs jobs;
  private final String owner;
  private final UUID job;
  private final Function<CourseJobs.Event, Future<JsonObject>> data;
  private final Promise<Void> done = Promise.promise();
  private HttpServerResponse response;
  private long last;
  private boolean reading;
  private boolean again;

  private CourseEventStream(
      Vertx vertx,
      CourseJobs jobs,
      String owner,
      UUID job,
      long after,
      Function<CourseJobs.Event, Future<JsonObject>> data) {
    this.vertx = vertx;
    this.jobs = jobs;
    this.owner = owner;
    this.job = job;
    this.last = after;
    this.data = data;
  }

  /**
   * @param data what is sent for an event
   */
  static Reply of(
      Call call,
      CourseJobs jobs,
      String owner,
      UUID job,
      Function<CourseJobs.Event, Future<JsonObject>> data) {
    String seen = call.header("Last-Event-ID").orElse("0");
    long after = seen.matches("[0-9]{1,18}") ? Long.parseLong(seen) : 0;
    CourseEventStream stream = new CourseEventStream(call.vertx(), jobs, owner, job, after, data);
    return Reply.stream(
        Map.of(
            "Content-Type",
            "text/event-stream; charset=utf-8",
            "Cache-Control",
            "no-cache",
            // a compressor would hold events back until it has enough of them
            "Content-Encoding",
            "identity",
            "X-Accel-Buffering",
            "no"),
        stream::write);
  }

  private Future<Void> write(HttpServerResponse to) {
    response = to;
    MessageConsumer<JsonObject> wakeUps =
        vertx.eventBus().localConsumer(Addresses.COURSES_EVENTS, this::told);
    // also looks: where the database passes no notifications this is all there is
    long timer =
        vertx.setPeriodic(
            COMMENT_MILLIS,
            fired -> {
              response.write(": still there\n\n");
              look();
            });
    response.closeHandler(gone -> done.tryComplete());
    response.exceptionHandler(broken -> done.tryComplete());
    response.write(": events of job " + job + "\n\n");
    look();
    return done.future()
        .onComplete(
            over -> {
              vertx.cancelTimer(timer);
              wakeUps.unregister();
            });
  }

  /** Any job's, where it is not said whose. */
  private void told(Message<JsonObject> message) {
    String about = message.body().getString(WakeUps.ABOUT);
    if (about == null || about.equals(job.toString())) {
      look();
    }
  }

  private void look() {
    if (reading) {
      again = true;
      return;
    }
    if (done.future().isComplete()) {
      return;
    }
    reading = true;
    again = false;
    jobs.now(owner, job)
        .compose(
            found -> {
              if (found.isEmpty() || (found.get().lastEvent() <= last && found.get().over())) {
                done.tryComplete();
                return Future.succeededFuture();
              }
              return found.get().lastEvent() > last ? news() : Future.succeededFuture();
            })
        .onComplete(
            read -> {
              reading = false;
              if (read.failed()) {
                // the client comes back with what it has, to another node perhaps
                done.tryComplete();
              } else if (again) {
                vertx.setTimer(SHORTEST_PAUSE_MILLIS, fired -> look());
              }
            });
  }

  private Future<Void> news() {
    return jobs.events(owner, job, last)
        .compose(
            events -> {
              again = true;
              return send(events, 0);
            });
  }

  private Future<Void> send(List<CourseJobs.Event> events, int from) {
    if (from == events.size() || done.future().isComplete()) {
      return Future.succeededFuture();
    }
    CourseJobs.Event event = events.get(from);
    return data.apply(event)
        .compose(
            body -> {
              last = event.seq();
              return response.write(
                  "id: "
                      + event.seq()
                      + "\nevent: "
                      + event.type()
                      + "\ndata: "
                      + body.encode()
                      + "\n\n");
            })
        .compose(sent -> send(events, from + 1));
  }
}
