package courses;

import io.vertx.core.Future;
import io.vertx.sqlclient.DatabaseException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Steers jobs: pause, resume, cancel, retry. Locks tasks before their job, as the tasks' own
 * transactions do.
 */
public final class JobControl {
  private static final String OPEN_TASKS =
      "job_id = $1 AND status NOT IN ('completed', 'failed', 'skipped', 'cancelled')";

  private static final String DEADLOCK = "40P01";
  private static final int DEADLOCKS = 3;

  /** What a job that runs again begins with: what was skipped, and what ends every run. */
  private static final String[] REOPEN = {
    """
    UPDATE course_task t SET status = 'blocked', due_at = NULL, processing_attempts = 0, last_error = NULL,
        processed_at = NULL, lease_token = lease_token + 1, updated_at = now()
    WHERE job_id = $1 AND (status = 'cancelled' OR part = 'store'
      OR (status = 'skipped' AND NOT EXISTS (SELECT FROM course_task d WHERE d.job_id = $1
            AND d.part = ANY (t.needs) AND d.status IN ('failed'))))
    """,
    """
    UPDATE course_job SET status = 'running', run = run + 1, finished_at = NULL, progress = 0, updated_at = clock_timestamp()
    WHERE id = $1
    """,
    "UPDATE course SET status = 'generating', status_reason = NULL WHERE status NOT IN"
        + " ('published', 'ready') AND id = (SELECT course_id FROM course_job WHERE id = $1)",
    "SELECT course_tell($1, 'state', '{\"status\": \"running\"}')::text",
    "SELECT course_advance($1)::text"
  };

  private final Pool pool;
  private final Consumer<UUID> changed;

  /**
   * @param changed told of each job that may have been changed, before that is answered
   */
  public JobControl(Pool postgres, Consumer<UUID> changed) {
    this.pool = postgres;
    this.changed = changed;
  }

  /** What came of a command. */
  public enum Result {
    DONE,
    /** It is so already. */
    UNCHANGED,
    /** The job's state does not allow it. */
    CONFLICT,
    /** The owner has no such job. */
    UNKNOWN
  }

  /** No new task starts; those that run end as they would. */
  public Future<Result> pause(String owner, UUID job) {
    return pause(owner, job, "{\"status\": \"paused\"}", "NULL", Optional.empty());
  }

  /**
   * As {@link #pause}, because there is no money left for it.
   *
   * @param until when it goes on by itself
   */
  Future<Result> pauseForBudget(String owner, UUID job, Optional<OffsetDateTime> until) {
    return pause(owner, job, "{\"status\": \"paused\", \"reason\": \"budget\"}", "'budget'", until);
  }

  private Future<Result> pause(
      String owner, UUID job, String event, String reason, Optional<OffsetDateTime> until) {
    return steer(
        owner,
        job,
        (connection, status) -> {
          if (status.equals("paused")) {
            return Future.succeededFuture(Result.UNCHANGED);
          }
          if (!List.of("queued", "running").contains(status)) {
            return Future.succeededFuture(Result.CONFLICT);
          }
          Future<?> marked =
              connection
                  .preparedQuery(
                      "UPDATE course_job SET status = 'paused', pause_reason = "
                          + reason
                          + ", pause_until = $2, updated_at = clock_timestamp() WHERE id = $1")
                  .execute(Tuple.of(job, until.orElse(null)));
          return marked.compose(
              paused ->
                  all(
                      connection,
                      job,
                      "UPDATE course_task SET paused_at = now(), updated_at = now() WHERE due_at IS"
                          + " NOT NULL AND paused_at IS NULL AND "
                          + OPEN_TASKS,
                      "SELECT course_tell($1, 'state', '" + event + "')::text"));
        });
  }

  /** Ends {@link #pause}. */
  public Future<Result> resume(String owner, UUID job) {
    return resume(owner, job, OptionalDouble.empty());
  }

  /**
   * Ends {@link #pause}.
   *
   * @param maxCostUsd what all of the job may cost from now on, with what it did cost; empty: as
   *     before
   */
  public Future<Result> resume(String owner, UUID job, OptionalDouble maxCostUsd) {
    return steer(
        owner,
        job,
        (connection, status) -> {
          if (List.of("queued", "running").contains(status)) {
            return Future.succeededFuture(Result.UNCHANGED);
          }
          if (!status.equals("paused")) {
            return Future.succeededFuture(Result.CONFLICT);
          }
          Future<?> marked =
              connection
                  .preparedQuery(
                      """
                      UPDATE course_job SET status = CASE WHEN started_at IS NULL THEN 'queued' ELSE 'running' END, pause_reason = NULL,
                          pause_until = NULL, updated_at = clock_timestamp(), request = CASE WHEN $2::double precision IS NULL THEN request
                          ELSE request || jsonb_build_object('options', coalesce(request -> 'options', '{}')
                              || jsonb_build_object('maxCostUsd', $2::double precision)) END
                      WHERE id = $1
                      """)
                  .execute(Tuple.of(job, maxCostUsd.isPresent() ? maxCostUsd.getAsDouble() : null));
          return marked.compose(
              going ->
                  all(
                      connection,
                      job,
                      "UPDATE course_task SET paused_at = NULL, updated_at = now() WHERE paused_at"
                          + " IS NOT NULL AND "
                          + OPEN_TASKS,
                      "SELECT course_tell($1, 'state', jsonb_build_object('status', status))::text"
                          + " FROM course_job WHERE id = $1"));
        });
  }

  /**
   * Ends the job and its course. What runs is told to stop, on every node.
   *
   * @param discard whether finished parts go too
   */
  public Future<Result> cancel(String owner, UUID job, boolean discard) {
    return steer(
        owner,
        job,
        (connection, status) -> {
          if (status.equals("cancelled")) {
            return Future.succeededFuture(Result.UNCHANGED);
          }
          if (!List.of("queued", "running", "paused").contains(status)) {
            return Future.succeededFuture(Result.CONFLICT);
          }
          return all(
                  connection,
                  job,
                  "UPDATE course_job SET status = 'cancelled', finished_at = now(), remaining_ms ="
                      + " 0, updated_at = clock_timestamp() WHERE id = $1",
                  // once more: what a task that ended meanwhile has added
                  cancelTasks(),
                  "UPDATE course SET status = 'cancelled', updated_at = now() WHERE id = (SELECT"
                      + " course_id FROM course_job WHERE id = $1) AND status = 'generating'",
                  "SELECT course_tell($1, 'state', '{\"status\": \"cancelled\"}')::text",
                  "SELECT pg_notify('lessonweave_work', 'courses.stop')::text FROM course_job WHERE"
                      + " id = $1")
              .compose(
                  done ->
                      discard
                          ? all(
                              connection,
                              job,
                              "DELETE FROM course_item WHERE course_id = (SELECT course_id FROM"
                                  + " course_job WHERE id = $1)",
                              "DELETE FROM course_chapter WHERE course_id = (SELECT course_id FROM"
                                  + " course_job WHERE id = $1)")
                          : Future.succeededFuture(done));
        });
  }

  static String cancelTasks() {
    return "UPDATE course_task SET status = 'cancelled', due_at = NULL, lease_token = lease_token +"
        + " 1, lease_owner = NULL, next_retry_at = NULL, paused_at = NULL, processed_at = now(),"
        + " updated_at = now() WHERE "
        + OPEN_TASKS;
  }

  /**
   * Runs again what failed and what was skipped for it, and nothing else. By name also what was
   * left out, for which a model may be set up by now, and {@code speech} of scripts that nobody has
   * had read aloud, of a finished course too.
   *
   * @param only these parts; all that failed when empty
   */
  public Future<Result> retry(String owner, UUID job, Optional<List<String>> only) {
    return steer(
        owner,
        job,
        (connection, status) -> {
          boolean over = List.of("failed", "partial").contains(status);
          if (!over && !(status.equals("completed") && only.isPresent())) {
            return Future.succeededFuture(Result.CONFLICT);
          }
          return speak(connection, job, only.orElse(List.of()))
              .compose(spoken -> again(connection, job, only).map(count -> count + spoken))
              .compose(
                  count ->
                      count == 0
                          ? Future.succeededFuture(Result.CONFLICT)
                          : all(connection, job, REOPEN));
        });
  }

  private static Future<Integer> again(
      SqlConnection connection, UUID job, Optional<List<String>> only) {
    return connection
        .preparedQuery(
            """
            UPDATE course_task t SET status = 'blocked', due_at = NULL, processing_attempts = 0, last_error = NULL, next_retry_at = NULL,
                progress = NULL, paused_at = NULL, processed_at = NULL, lease_token = lease_token + 1, lease_owner = NULL,
                output = NULL, updated_at = now()
            WHERE job_id = $1 AND (status = 'failed' AND ($2::text[] IS NULL OR part = ANY ($2))
              OR status = 'completed' AND output ->> 'leftOut' IS NOT NULL AND part = ANY ($2))
            """)
        .execute(
            Tuple.tuple()
                .addUUID(job)
                .addValue(only.map(parts -> parts.toArray(String[]::new)).orElse(null)))
        .map(RowSet::rowCount);
  }

  /** Plans to have scripts read aloud that are written and that nobody planned to have read. */
  private static Future<Integer> speak(SqlConnection connection, UUID job, List<String> named) {
    if (named.stream().noneMatch(part -> part.equals("speech") || part.startsWith("speech:"))) {
      return Future.succeededFuture(0);
    }
    return connection
        .preparedQuery(
            """
            SELECT input ->> 'kind' AS kind FROM course_task t WHERE job_id = $1 AND kind = 'audio' AND status = 'completed'
              AND output ->> 'leftOut' IS NULL AND NOT EXISTS (SELECT FROM course_task s WHERE s.job_id = $1
                AND s.part = 'speech:' || (t.input ->> 'kind'))
            ORDER BY id
            """)
        .execute(Tuple.of(job))
        .compose(
            rows -> {
              List<TaskPlan> plans = new ArrayList<>();
              for (Row row : rows) {
                TaskPlan plan = StructureWrites.speech(row.getString("kind"));
                if (named.contains("speech") || named.contains(plan.part())) {
                  plans.add(plan);
                }
              }
              return plans.isEmpty()
                  ? Future.succeededFuture(0)
                  : TaskPlan.insert(connection, job, plans, job.toString())
                      .compose(
                          planned ->
                              connection
                                  .preparedQuery(
                                      "UPDATE course_task SET needs = needs || $2::text[] WHERE"
                                          + " job_id = $1 AND part = 'store'")
                                  .execute(
                                      Tuple.tuple()
                                          .addUUID(job)
                                          .addValue(
                                              plans.stream()
                                                  .map(TaskPlan::part)
                                                  .toArray(String[]::new))))
                      .map(plans.size());
            });
  }

  private interface Command {
    Future<Result> run(SqlConnection connection, String status);
  }

  /**
   * Several workers hold several tasks: whom the database picks to break a deadlock tries again.
   */
  private Future<Result> steer(String owner, UUID job, Command command) {
    Future<Result> first = once(owner, job, command);
    for (int i = 0; i < DEADLOCKS; i++) {
      first =
          first.recover(
              failure ->
                  failure instanceof DatabaseException database
                          && DEADLOCK.equals(database.getSqlState())
                      ? once(owner, job, command)
                      : Future.failedFuture(failure));
    }
    return first.onComplete(done -> changed.accept(job));
  }

  private Future<Result> once(String owner, UUID job, Command command) {
    return OwnerScope.of(pool, owner)
        .transaction(
            connection ->
                // The tasks first: whoever ends one holds it and then wants the job.
                lock(connection, owner, job)
                    .compose(
                        rows ->
                            rows.size() == 0
                                ? Future.succeededFuture(Result.UNKNOWN)
                                : command.run(
                                    connection, rows.iterator().next().getString("status"))));
  }

  private static Future<RowSet<Row>> lock(SqlConnection connection, String owner, UUID job) {
    return connection
        .preparedQuery(
            "SELECT id FROM course_task WHERE job_id = $1 AND owner_id = $2 AND status NOT IN"
                + " ('completed', 'skipped') ORDER BY id FOR UPDATE")
        .execute(Tuple.of(job, owner))
        .compose(
            tasks ->
                connection
                    .preparedQuery(
                        "SELECT status FROM course_job WHERE id = $1 AND owner_id = $2 FOR NO KEY"
                            + " UPDATE")
                    .execute(Tuple.of(job, owner)));
  }

  private static Future<Result> all(SqlConnection connection, UUID job, String... statements) {
    Future<?> done = Future.succeededFuture();
    for (String statement : statements) {
      done = done.compose(before -> connection.preparedQuery(statement).execute(Tuple.of(job)));
    }
    return done.map(Result.DONE);
  }
}
