package courses;

import courses.AssessmentStore.Stored;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Attempts at assessments, all of them kept; each learner finds their own only. */
public final class AttemptStore {
  private static final String COLUMNS =
      "t.legacy_id, t.assessment_id, t.attempt_number, t.status, t.started_at, t.deadline_at,"
          + " t.submitted_at, t.answers, t.result, t.session_id, t.time_taken_s";

  private static final int LONGEST_LIST = 500;

  private final Pool pool;

  public AttemptStore(Pool postgres) {
    this.pool = postgres;
  }

  /**
   * An attempt.
   *
   * @param id a number that no other attempt at anything has
   * @param number from 1, of this learner at this assessment
   * @param deadline after it answers are refused, but for 15 s of grace
   * @param result what grading said; empty before submission
   * @param seconds the time it took, as the client measured it
   */
  public record Attempt(
      long id,
      UUID assessment,
      int number,
      String status,
      OffsetDateTime startedAt,
      Optional<OffsetDateTime> deadline,
      Optional<OffsetDateTime> submittedAt,
      Optional<JsonObject> answers,
      Optional<JsonObject> result,
      Optional<String> session,
      Optional<Integer> seconds) {}

  /** Begins the learner's next attempt. */
  public Future<Attempt> begin(String learner, Stored stored) {
    return add(
        learner,
        stored,
        """
        INSERT INTO course_attempt AS t (assessment_id, course_id, owner_id, attempt_number, deadline_at)
        SELECT $1, $2, $3, coalesce(max(attempt_number), 0) + 1, CASE WHEN $4 > 0 THEN now() + $4 * interval '1 minute' END
        FROM course_attempt WHERE assessment_id = $1 AND owner_id = $3
        RETURNING %s
        """,
        Tuple.of(
            stored.id(),
            stored.course().orElse(null),
            learner,
            stored.assessment().timeLimitMinutes()));
  }

  /**
   * Stores an attempt that was graded in one go.
   *
   * @param session the client's own name for what it is doing
   * @param seconds the time it took, as the client measured it
   */
  public Future<Attempt> graded(
      String learner,
      Stored stored,
      JsonObject answers,
      JsonObject result,
      Optional<String> session,
      Optional<Integer> seconds) {
    return add(
        learner,
        stored,
        """
        INSERT INTO course_attempt AS t (assessment_id, course_id, owner_id, attempt_number, status, submitted_at, answers, result,
            session_id, time_taken_s)
        SELECT $1, $2, $3, coalesce(max(attempt_number), 0) + 1, 'graded', now(), $4, $5, $6, $7
        FROM course_attempt WHERE assessment_id = $1 AND owner_id = $3
        RETURNING %s
        """,
        Tuple.tuple()
            .addUUID(stored.id())
            .addUUID(stored.course().orElse(null))
            .addString(learner)
            .addValue(answers)
            .addValue(result)
            .addString(session.orElse(null))
            .addInteger(seconds.orElse(null)));
  }

  private Future<Attempt> add(String learner, Stored stored, String insert, Tuple values) {
    return OwnerScope.of(pool, learner)
        .transaction(
            connection ->
                oneAtATime(connection, learner, stored)
                    .compose(
                        locked -> CourseJobs.run(connection, insert.formatted(COLUMNS), values)))
        .map(rows -> attempt(rows.iterator().next()));
  }

  private static Future<RowSet<Row>> oneAtATime(
      SqlConnection connection, String learner, Stored stored) {
    return CourseJobs.run(
        connection,
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 9))::text",
        Tuple.of(learner + " " + stored.id()));
  }

  /** The learner's attempt of this number. */
  public Future<Optional<Attempt>> find(String learner, UUID assessment, int number) {
    return OwnerScope.of(pool, learner)
        .run(
            "SELECT "
                + COLUMNS
                + " FROM course_attempt t WHERE t.owner_id = $1 AND t.assessment_id = $2 AND"
                + " t.attempt_number = $3",
            Tuple.of(learner, assessment, number))
        .map(rows -> all(rows).stream().findFirst());
  }

  /** The learner's attempts at an assessment, the newest 500, newest first. */
  public Future<List<Attempt>> list(String learner, UUID assessment) {
    return OwnerScope.of(pool, learner)
        .run(
            "SELECT "
                + COLUMNS
                + " FROM course_attempt t WHERE t.owner_id = $1 AND t.assessment_id = $2 ORDER BY"
                + " t.attempt_number DESC LIMIT $3::int",
            Tuple.of(learner, assessment, LONGEST_LIST))
        .map(AttemptStore::all);
  }

  /** The learner's graded attempts at anything of a course, the newest 50, newest first. */
  public Future<List<Attempt>> ofCourse(String learner, UUID course) {
    return OwnerScope.of(pool, learner)
        .run(
            "SELECT "
                + COLUMNS
                + " FROM course_attempt t WHERE t.owner_id = $1 AND t.course_id = $2 AND t.result"
                + " IS NOT NULL ORDER BY t.submitted_at DESC LIMIT 50",
            Tuple.of(learner, course))
        .map(AttemptStore::all);
  }

  /**
   * Ends an attempt with its grading; when it was handed in stays as it was.
   *
   * @param was how the attempt stood before
   * @return false when it does not stand so any more
   */
  public Future<Boolean> submit(
      String learner,
      UUID assessment,
      int number,
      String was,
      String status,
      JsonObject answers,
      JsonObject result) {
    return OwnerScope.of(pool, learner)
        .run(
            "UPDATE course_attempt SET status = $4, answers = $5, result = $6, submitted_at ="
                + " coalesce(submitted_at, now())"
                + " WHERE owner_id = $1 AND assessment_id = $2 AND attempt_number = $3 AND status ="
                + " $7",
            Tuple.of(learner, assessment, number, status, answers, result, was))
        .map(rows -> rows.rowCount() == 1);
  }

  private static List<Attempt> all(RowSet<Row> rows) {
    List<Attempt> attempts = new ArrayList<>();
    rows.forEach(row -> attempts.add(attempt(row)));
    return attempts;
  }

  private static Attempt attempt(Row row) {
    return new Attempt(
        row.getLong("legacy_id"),
        row.getUUID("assessment_id"),
        row.getInteger("attempt_number"),
        row.getString("status"),
        row.getOffsetDateTime("started_at"),
        Optional.ofNullable(row.getOffsetDateTime("deadline_at")),
        Optional.ofNullable(row.getOffsetDateTime("submitted_at")),
        Optional.ofNullable(row.getJsonObject("answers")),
        Optional.ofNullable(row.getJsonObject("result")),
        Optional.ofNullable(row.getString("session_id")),
        Optional.ofNullable(row.getInteger("time_taken_s")));
  }
}
