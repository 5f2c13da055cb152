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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Assessments and quizzes with their answer keys. Finds nothing of anybody else's; the attempts at
 * them are in {@link AttemptStore}.
 */
public final class AssessmentStore {
  private static final String COLUMNS =
      """
      a.id, a.legacy_id, a.owner_id, a.code, a.course_id, a.chapter_id, a.kind, a.title, a.description, a.passing_score,
      a.time_limit_minutes, a.questions, a.session_id, a.difficulty, a.file_name, a.file_type, a.created_at, c.order_index AS week
      FROM course_assessment a LEFT JOIN course_chapter c ON c.id = a.chapter_id
      """;

  private static final String ADD =
      """
      INSERT INTO course_assessment AS a (code, course_id, chapter_id, owner_id, kind, title, description, passing_score,
          time_limit_minutes, questions, session_id, difficulty, file_name, file_type)
      SELECT CASE $4 WHEN 'course_quiz' THEN 'course' WHEN 'module_quiz' THEN 'module_' || (SELECT order_index FROM course_chapter WHERE id = $2)
             ELSE $4 END || '_' || substr(md5(gen_random_uuid()::text), 1, 8), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
      """;

  private static final int LONGEST_LIST = 500;

  private final Pool pool;

  public AssessmentStore(Pool postgres) {
    this.pool = postgres;
  }

  /**
   * An assessment that is stored.
   *
   * @param number what clients of notes' assessments call it by
   * @param code what PDF clients call it by
   * @param course empty for notes
   * @param week the module's number from 1, of a module's quiz
   * @param notes what it was made of, where it was made of notes
   */
  public record Stored(
      UUID id,
      long number,
      String owner,
      String code,
      Optional<UUID> course,
      Optional<UUID> chapter,
      Optional<Integer> week,
      Optional<Notes> notes,
      OffsetDateTime createdAt,
      Assessment assessment) {}

  /**
   * Uploaded notes.
   *
   * @param session the client's own name for what it is doing
   * @param difficulty {@code easy}, {@code medium} or {@code hard}
   * @param fileName labels of all files, separated by commas
   * @param fileType their endings, separated by commas
   */
  public record Notes(String session, String difficulty, String fileName, String fileType) {}

  /** Stores one of a course; its final assessment takes the place of the one before. */
  static Future<RowSet<Row>> store(
      SqlClient client, String owner, UUID course, UUID chapter, Assessment assessment) {
    return CourseJobs.run(
        client,
        ADD
            + """
            ON CONFLICT (course_id) WHERE kind = 'final' DO UPDATE SET title = excluded.title, description = excluded.description,
                passing_score = excluded.passing_score, time_limit_minutes = excluded.time_limit_minutes, questions = excluded.questions
            RETURNING a.id
            """,
        values(owner, course, chapter, assessment, Optional.empty()));
  }

  private static Tuple values(
      String owner, UUID course, UUID chapter, Assessment assessment, Optional<Notes> notes) {
    JsonArray questions = new JsonArray();
    assessment.questions().forEach(question -> questions.add(question.toJson()));
    return Tuple.tuple()
        .addUUID(course)
        .addUUID(chapter)
        .addString(owner)
        .addString(word(assessment.kind()))
        .addString(assessment.title())
        .addString(assessment.description())
        .addInteger(assessment.passingScore())
        .addInteger(assessment.timeLimitMinutes())
        .addValue(questions)
        .addString(notes.map(Notes::session).orElse(null))
        .addString(notes.map(Notes::difficulty).orElse(null))
        .addString(notes.map(Notes::fileName).orElse(null))
        .addString(notes.map(Notes::fileType).orElse(null));
  }

  private static String word(AssessmentKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Stores a quiz that was made on demand. */
  public Future<Stored> add(String owner, UUID course, UUID chapter, Assessment assessment) {
    return add(owner, values(owner, course, chapter, assessment, Optional.empty()));
  }

  /** Stores an assessment that was made of notes. */
  public Future<Stored> add(String owner, Notes notes, Assessment assessment) {
    return add(owner, values(owner, null, null, assessment, Optional.of(notes)));
  }

  private Future<Stored> add(String owner, Tuple values) {
    return OwnerScope.of(pool, owner)
        .run(ADD + " RETURNING a.id", values)
        .compose(made -> find(owner, made.iterator().next().getUUID("id").toString()))
        .map(Optional::orElseThrow);
  }

  /** The owner's assessment by id or code. */
  public Future<Optional<Stored>> find(String owner, String name) {
    if (name.indexOf('\0') >= 0) {
      return Future.succeededFuture(Optional.empty()); // Postgres has no such texts
    }
    return OwnerScope.of(pool, owner)
        .run(
            "SELECT " + COLUMNS + " WHERE a.owner_id = $1 AND (a.id = $2 OR a.code = $3)",
            Tuple.of(owner, CourseJobs.uuid(name).orElse(null), name))
        .map(AssessmentStore::first);
  }

  /** The owner's assessment of notes, by its number. */
  public Future<Optional<Stored>> ofNotes(String owner, long number) {
    return OwnerScope.of(pool, owner)
        .run(
            "SELECT "
                + COLUMNS
                + " WHERE a.owner_id = $1 AND a.legacy_id = $2 AND a.kind = 'notes'",
            Tuple.of(owner, number))
        .map(AssessmentStore::first);
  }

  /**
   * Whose assessment of notes it is: for callers who need not prove who they are, and do not say.
   */
  public Future<Optional<String>> ownerOfNotes(long number) {
    return CourseJobs.run(
            pool,
            "SELECT owner_id FROM course_assessment WHERE legacy_id = $1 AND kind = 'notes'",
            Tuple.of(number))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getString("owner_id")));
  }

  /**
   * The owner's newest 500 assessments of notes: their columns, with {@code attempt_count}, and of
   * the best attempt {@code best_score} and {@code best_percentage}.
   */
  public Future<List<JsonObject>> ofNotes(String owner) {
    return OwnerScope.of(pool, owner)
        .run(
            """
            SELECT to_jsonb(a) - 'questions' || jsonb_build_object('total_questions', jsonb_array_length(a.questions),
                'attempt_count', t.attempts, 'best_score', t.score, 'best_percentage', t.percentage) AS row
            FROM course_assessment a
            CROSS JOIN LATERAL (
              SELECT count(*) AS attempts, max((result ->> 'score')::numeric) AS score, max((result ->> 'percentage')::numeric) AS percentage
              FROM course_attempt WHERE assessment_id = a.id AND owner_id = $1 AND status = 'graded') t
            WHERE a.owner_id = $1 AND a.kind = 'notes'
            ORDER BY a.created_at DESC, a.id LIMIT $2::int
            """,
            Tuple.of(owner, LONGEST_LIST))
        .map(
            rows -> {
              List<JsonObject> list = new ArrayList<>();
              rows.forEach(row -> list.add(row.getJsonObject("row")));
              return list;
            });
  }

  /** The newest of a kind of the owner's course. */
  public Future<Optional<Stored>> newest(
      String owner, UUID course, Optional<UUID> chapter, AssessmentKind kind) {
    return OwnerScope.of(pool, owner)
        .run(
            "SELECT "
                + COLUMNS
                + " WHERE a.owner_id = $1 AND a.course_id = $2 AND a.chapter_id IS NOT DISTINCT"
                + " FROM $3 AND a.kind = $4 ORDER BY a.created_at DESC LIMIT 1",
            Tuple.of(owner, course, chapter.orElse(null), word(kind)))
        .map(AssessmentStore::first);
  }

  /** All assessments and quizzes of the owner's course. */
  public Future<List<Stored>> ofCourse(String owner, UUID course) {
    return OwnerScope.of(pool, owner)
        .run(
            "SELECT " + COLUMNS + " WHERE a.owner_id = $1 AND a.course_id = $2",
            Tuple.of(owner, course))
        .map(
            rows -> {
              List<Stored> all = new ArrayList<>();
              rows.forEach(row -> all.add(stored(row)));
              return all;
            });
  }

  private static Optional<Stored> first(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(stored(rows.iterator().next()));
  }

  private static Stored stored(Row row) {
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
                .put("questions", row.getJsonArray("questions")));
    Optional<Notes> notes =
        assessment.kind() == AssessmentKind.NOTES
            ? Optional.of(
                new Notes(
                    row.getString("session_id"),
                    row.getString("difficulty"),
                    row.getString("file_name"),
                    row.getString("file_type")))
            : Optional.empty();
    return new Stored(
        row.getUUID("id"),
        row.getLong("legacy_id"),
        row.getString("owner_id"),
        row.getString("code"),
        Optional.ofNullable(row.getUUID("course_id")),
        Optional.ofNullable(row.getUUID("chapter_id")),
        Optional.ofNullable(row.getInteger("week")),
        notes,
        row.getOffsetDateTime("created_at"),
        assessment);
  }
}
