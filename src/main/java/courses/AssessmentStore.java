package courses;

import courses.content.Assessment;
import courses.content.AssessmentKind;
import courses.content.Content;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Assessments and quizzes with their answer keys, and the attempts at them. Finds nothing of
 * anybody else's.
 */
public final class AssessmentStore {
  private static final String COLUMNS =
      """
      a.id, a.code, a.course_id, a.kind, a.title, a.description, a.passing_score, a.time_limit_minutes, a.questions, c.order_index AS week
      FROM course_assessment a LEFT JOIN course_chapter c ON c.id = a.chapter_id
      """;

  private final Pool pool;

  public AssessmentStore(Pool postgres) {
    this.pool = postgres;
  }

  /**
   * An assessment that is stored.
   *
   * @param code what PDF clients call it by
   * @param week the module's number from 1, of a module's quiz
   */
  public record Stored(
      UUID id, String code, UUID course, Optional<Integer> week, Assessment assessment) {}

  /** Stores one; a course's final assessment takes the place of the one before. */
  static Future<RowSet<Row>> store(
      SqlClient client, String owner, UUID course, UUID chapter, Assessment assessment) {
    JsonArray questions = new JsonArray();
    assessment.questions().forEach(question -> questions.add(question.toJson()));
    return CourseJobs.run(
        client,
        """
        INSERT INTO course_assessment AS a (code, course_id, chapter_id, owner_id, kind, title, description, passing_score,
            time_limit_minutes, questions)
        SELECT CASE $4 WHEN 'course_quiz' THEN 'course' WHEN 'module_quiz' THEN 'module_' || (SELECT order_index FROM course_chapter WHERE id = $2)
               ELSE $4 END || '_' || substr(md5(gen_random_uuid()::text), 1, 8), $1, $2, $3, $4, $5, $6, $7, $8, $9
        ON CONFLICT (course_id) WHERE kind = 'final' DO UPDATE SET title = excluded.title, description = excluded.description,
            passing_score = excluded.passing_score, time_limit_minutes = excluded.time_limit_minutes, questions = excluded.questions
        RETURNING a.id
        """,
        Tuple.tuple()
            .addUUID(course)
            .addUUID(chapter)
            .addString(owner)
            .addString(assessment.kind().name().toLowerCase(Locale.ROOT))
            .addString(assessment.title())
            .addString(assessment.description())
            .addInteger(assessment.passingScore())
            .addInteger(assessment.timeLimitMinutes())
            .addValue(questions));
  }

  /** Stores a quiz that was made on demand. */
  public Future<Stored> add(String owner, UUID course, UUID chapter, Assessment assessment) {
    return store(pool, owner, course, chapter, assessment)
        .compose(made -> find(owner, made.iterator().next().getUUID("id").toString()))
        .map(Optional::orElseThrow);
  }

  /** The owner's assessment by id or code. */
  public Future<Optional<Stored>> find(String owner, String name) {
    if (name.indexOf('\0') >= 0) {
      return Future.succeededFuture(Optional.empty()); // Postgres has no such texts
    }
    return CourseJobs.run(
            pool,
            "SELECT " + COLUMNS + " WHERE a.owner_id = $1 AND (a.id = $2 OR a.code = $3)",
            Tuple.of(owner, CourseJobs.uuid(name).orElse(null), name))
        .map(AssessmentStore::first);
  }

  /** The newest of a kind of the owner's course. */
  public Future<Optional<Stored>> newest(
      String owner, UUID course, Optional<UUID> chapter, AssessmentKind kind) {
    return CourseJobs.run(
            pool,
            "SELECT "
                + COLUMNS
                + " WHERE a.owner_id = $1 AND a.course_id = $2 AND a.chapter_id IS NOT DISTINCT"
                + " FROM $3 AND a.kind = $4 ORDER BY a.created_at DESC LIMIT 1",
            Tuple.of(owner, course, chapter.orElse(null), kind.name().toLowerCase(Locale.ROOT)))
        .map(AssessmentStore::first);
  }

  private static Optional<Stored> first(RowSet<Row> rows) {
    if (rows.size() == 0) {
      return Optional.empty();
    }
    Row row = rows.iterator().next();
    JsonArray questions = row.getJsonArray("questions");
    Assessment assessment =
        Content.read(
            Assessment.class,
            new JsonObject()
                .put("kind", row.getString("kind"))
                .put("title", row.getString("title"))
                .put("description", Optional.ofNullable(row.getString("description")).orElse(""))
                .put("passingScore", row.getInteger("passing_score"))
                .put(
                    "timeLimitMinutes",
                    Optional.ofNullable(row.getInteger("time_limit_minutes")).orElse(0))
                .put("questions", questions));
    return Optional.of(
        new Stored(
            row.getUUID("id"),
            row.getString("code"),
            row.getUUID("course_id"),
            Optional.ofNullable(row.getInteger("week")),
            assessment));
  }

  /**
   * An attempt.
   *
   * @param deadline after it answers are refused, but for 15 s of grace
   * @param result what grading said; empty before submission
   */
  public record Attempt(
      int number,
      String status,
      OffsetDateTime startedAt,
      Optional<OffsetDateTime> deadline,
      Optional<OffsetDateTime> submittedAt,
      Optional<JsonObject> result) {}

  /** Begins the owner's next attempt. */
  public Future<Attempt> begin(String owner, Stored stored) {
    int minutes = stored.assessment().timeLimitMinutes();
    return pool.withTransaction(
            connection ->
                CourseJobs.run(
                        connection,
                        "SELECT FROM course_assessment WHERE id = $1 AND owner_id = $2 FOR UPDATE",
                        Tuple.of(stored.id(), owner))
                    .compose(
                        locked ->
                            CourseJobs.run(
                                connection,
                                """
                                INSERT INTO course_attempt (assessment_id, course_id, owner_id, attempt_number, deadline_at)
                                SELECT $1, $2, $3, coalesce(max(attempt_number), 0) + 1, CASE WHEN $4 > 0 THEN now() + $4 * interval '1 minute' END
                                FROM course_attempt WHERE assessment_id = $1 AND owner_id = $3
                                RETURNING attempt_number, status, started_at, deadline_at, submitted_at, result
                                """,
                                Tuple.of(stored.id(), stored.course(), owner, minutes))))
        .map(rows -> attempt(rows.iterator().next()));
  }

  public Future<Optional<Attempt>> attempt(String owner, UUID assessment, int number) {
    return CourseJobs.run(
            pool,
            "SELECT attempt_number, status, started_at, deadline_at, submitted_at, result FROM"
                + " course_attempt WHERE owner_id = $1 AND assessment_id = $2 AND attempt_number ="
                + " $3",
            Tuple.of(owner, assessment, number))
        .map(
            rows ->
                rows.size() == 0 ? Optional.empty() : Optional.of(attempt(rows.iterator().next())));
  }

  /**
   * Ends an attempt with its grading.
   *
   * @return false when it was ended before
   */
  public Future<Boolean> submit(
      String owner,
      UUID assessment,
      int number,
      String status,
      JsonObject answers,
      JsonObject result) {
    return CourseJobs.run(
            pool,
            "UPDATE course_attempt SET status = $4, answers = $5, result = $6, submitted_at = now()"
                + " WHERE owner_id = $1 AND assessment_id = $2 AND attempt_number = $3 AND status ="
                + " 'in_progress'",
            Tuple.of(owner, assessment, number, status, answers, result))
        .map(rows -> rows.rowCount() == 1);
  }

  private static Attempt attempt(Row row) {
    return new Attempt(
        row.getInteger("attempt_number"),
        row.getString("status"),
        row.getOffsetDateTime("started_at"),
        Optional.ofNullable(row.getOffsetDateTime("deadline_at")),
        Optional.ofNullable(row.getOffsetDateTime("submitted_at")),
        Optional.ofNullable(row.getJsonObject("result")));
  }
}
