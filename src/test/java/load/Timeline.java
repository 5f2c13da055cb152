package load;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the processors and the tasks of courses do, every few seconds while it is watched. */
final class Timeline implements AutoCloseable {
  private static final long EVERY_MILLIS = 2_500;

  private final Vertx vertx;
  private final Pool postgres;
  private final long begun = System.nanoTime();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final long timer;
  private ProcessTimes last = ProcessTimes.now();
  private long lastAt = begun;

  Timeline(Vertx vertx, Pool postgres) {
    this.vertx = vertx;
    this.postgres = postgres;
    timer = vertx.setPeriodic(EVERY_MILLIS, fired -> look());
  }

  private void look() {
    long now = System.nanoTime();
    ProcessTimes times = ProcessTimes.now();
    String share = times.share(last, (now - lastAt) / 1e9);
    last = times;
    lastAt = now;
    postgres
        .query(
            "SELECT count(*) FILTER (WHERE status = 'processing') AS running, count(*) FILTER"
                + " (WHERE status <> 'processing' AND due_at <= now()) AS due, count(*) FILTER"
                + " (WHERE stage = 'course_extract' AND status <> 'processing') AS unread, count(*)"
                + " FILTER (WHERE status <> 'processing' AND due_at > now()) AS later FROM"
                + " course_task WHERE due_at IS NOT NULL")
        .execute()
        .onSuccess(
            rows -> {
              Row row = rows.iterator().next();
              lines.add(
                  String.format(
                      "%5.1f s: tasks running %d, ready %d (to be read %d), later %d; processors"
                          + " %s",
                      (now - begun) / 1e9,
                      row.getLong("running"),
                      row.getLong("due"),
                      row.getLong("unread"),
                      row.getLong("later"),
                      share));
            });
  }

  @Override
  public void close() {
    vertx.cancelTimer(timer);
    lines.forEach(System.out::println);
  }
}
