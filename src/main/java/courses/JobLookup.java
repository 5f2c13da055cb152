package courses;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Looks jobs up for clients that ask again and again. A statement is sent at once while few are on
 * their way; whoever comes meanwhile goes with the next one, together. So each answer is as fresh
 * as one of its own would be, and a thousand readers cost hardly more than ten. Safe for use by
 * several threads.
 */
final class JobLookup {
  private static final int MOST_STATEMENTS = 3;
  private static final int MOST_JOBS = 200;

  /** Readers that may wait; a database that is further behind is of no use to more. */
  private static final int MOST_WAITING = 20_000;

  private static final String FIND =
      "SELECT w.place, "
          + CourseJob.COLUMNS
          + """
          FROM unnest($1::text[], $2::text[], $3::uuid[]) WITH ORDINALITY AS w (owner, name, id, place)
          JOIN LATERAL (
              SELECT * FROM course_job WHERE task_id = w.id AND owner_id = w.owner
              UNION ALL SELECT * FROM course_job WHERE id = w.id AND owner_id = w.owner
              UNION ALL SELECT * FROM course_job WHERE owner_id = w.owner AND generation_process_id = w.name
              LIMIT 1) l ON true
          JOIN course_job j ON j.id = l.id
          JOIN course c ON c.id = j.course_id
          """;

  private record Wanted(String owner, String name, UUID id, Promise<Optional<CourseJob>> job) {}

  private final Pool pool;
  private List<Wanted> waiting = new ArrayList<>();
  private int statements;

  JobLookup(Pool postgres) {
    this.pool = postgres;
  }

  /**
   * The owner's job of any of its names.
   *
   * @param name job id, task id or process id
   */
  Future<Optional<CourseJob>> find(String owner, String name) {
    if (name.indexOf('\0') >= 0 || owner.indexOf('\0') >= 0) {
      return Future.succeededFuture(Optional.empty()); // Postgres has no such texts
    }
    Wanted wanted = new Wanted(owner, name, CourseJobs.uuid(name).orElse(null), Promise.promise());
    synchronized (this) {
      if (waiting.size() >= MOST_WAITING) {
        return Future.failedFuture(
            new IllegalStateException(MOST_WAITING + " readers wait for the database already"));
      }
      waiting.add(wanted);
    }
    send();
    return wanted.job().future();
  }

  private void send() {
    List<Wanted> together;
    synchronized (this) {
      if (waiting.isEmpty() || statements >= MOST_STATEMENTS) {
        return;
      }
      statements++;
      int count = Math.min(waiting.size(), MOST_JOBS);
      together = List.copyOf(waiting.subList(0, count));
      waiting = new ArrayList<>(waiting.subList(count, waiting.size()));
    }
    String[] owners = together.stream().map(Wanted::owner).toArray(String[]::new);
    String[] names = together.stream().map(Wanted::name).toArray(String[]::new);
    UUID[] ids = together.stream().map(Wanted::id).toArray(UUID[]::new);
    CourseJobs.run(pool, FIND, Tuple.tuple().addValue(owners).addValue(names).addValue(ids))
        .onComplete(
            done -> {
              synchronized (this) {
                statements--;
              }
              if (done.failed()) {
                together.forEach(one -> one.job().fail(done.cause()));
              } else {
                answer(together, done.result());
              }
              send();
            });
  }

  private static void answer(List<Wanted> together, RowSet<Row> rows) {
    for (Row row : rows) {
      together
          .get(row.getLong("place").intValue() - 1)
          .job()
          .complete(Optional.of(CourseJob.of(row)));
    }
    together.forEach(one -> one.job().tryComplete(Optional.empty()));
  }
}
