package courses;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What learners note at lessons of courses. Finds nothing of anybody else's. */
public final class NoteStore {
  /** Notes that one person can have. */
  public static final int MOST_NOTES = 10_000;

  private static final String COLUMNS =
      "id, lesson_id, course_id, title, content, position_ms, created_at, updated_at";

  private final Pool pool;

  public NoteStore(Pool postgres) {
    this.pool = postgres;
  }

  /**
   * A note.
   *
   * @param positionMs where in the lesson's video or recording it was taken
   */
  public record Note(
      UUID id,
      UUID lesson,
      UUID course,
      Optional<String> title,
      String content,
      Optional<Long> positionMs,
      Instant createdAt,
      Instant updatedAt) {}

  /** What a note says. */
  public record Text(Optional<String> title, String content, Optional<Long> positionMs) {}

  /** What came of a new note. */
  public sealed interface Added {}

  /** It is there. */
  public record Stored(Note note) implements Added {}

  /** The owner has no such lesson. */
  public record NoLesson() implements Added {}

  /** The owner has {@link #MOST_NOTES}. */
  public record TooMany() implements Added {}

  /** Whether the owner has a course with this lesson. */
  public Future<Boolean> hasLesson(String owner, UUID lesson) {
    return OwnerScope.of(pool, owner)
        .run("SELECT FROM course_lesson WHERE id = $1 AND owner_id = $2", Tuple.of(lesson, owner))
        .map(rows -> rows.size() == 1);
  }

  /** Adds a note to a lesson of the owner's. */
  public Future<Added> add(String owner, UUID lesson, Text text) {
    return OwnerScope.of(pool, owner)
        .transaction(
            connection ->
                CourseJobs.run(
                        connection,
                        "SELECT (SELECT count(*) FROM course_note WHERE owner_id = $2) AS notes"
                            + " FROM course_lesson WHERE id = $1 AND owner_id = $2",
                        Tuple.of(lesson, owner))
                    .compose(
                        found -> {
                          if (found.size() == 0) {
                            return Future.succeededFuture((Added) new NoLesson());
                          }
                          if (found.iterator().next().getLong("notes") >= MOST_NOTES) {
                            return Future.succeededFuture((Added) new TooMany());
                          }
                          return insert(connection, owner, lesson, text);
                        }));
  }

  private static Future<Added> insert(
      SqlConnection connection, String owner, UUID lesson, Text text) {
    return CourseJobs.run(
            connection,
            "INSERT INTO course_note (owner_id, lesson_id, course_id, title, content, position_ms)"
                + " SELECT $2, id, course_id, $3, $4, $5 FROM course_lesson WHERE id = $1 AND"
                + " owner_id = $2 RETURNING "
                + COLUMNS,
            Tuple.of(
                lesson,
                owner,
                text.title().orElse(null),
                text.content(),
                text.positionMs().orElse(null)))
        .map(rows -> new Stored(note(rows.iterator().next())));
  }

  /**
   * The owner's notes, newest first.
   *
   * @param lesson of this lesson only
   * @param course of this course only
   * @param words in which all of these occur, or which hold them as they stand
   * @param before only older ones than this note
   */
  public Future<List<Note>> list(
      String owner,
      Optional<UUID> lesson,
      Optional<UUID> course,
      Optional<String> words,
      Optional<UUID> before,
      int limit) {
    return OwnerScope.of(pool, owner)
        .run(
            "SELECT "
                + COLUMNS
                + """
                 FROM course_note n
                WHERE n.owner_id = $1 AND ($2::uuid IS NULL OR n.lesson_id = $2) AND ($3::uuid IS NULL OR n.course_id = $3)
                  AND ($4::text IS NULL OR n.words @@ websearch_to_tsquery('simple', $7)
                    OR strpos(lower(coalesce(n.title, '') || ' ' || n.content), lower($4)) > 0)
                  AND ($5::uuid IS NULL OR (n.created_at, n.id) < (SELECT b.created_at, b.id FROM course_note b WHERE b.id = $5 AND b.owner_id = $1))
                ORDER BY n.created_at DESC, n.id DESC LIMIT $6::int
                """,
            Tuple.from(
                Arrays.asList(
                    owner,
                    lesson.orElse(null),
                    course.orElse(null),
                    words.orElse(null),
                    before.orElse(null),
                    limit,
                    // signs alone are no words, which the server would complain of in its log
                    words.filter(NoteStore::hasWords).orElse(null))))
        .map(NoteStore::notes);
  }

  private static boolean hasWords(String text) {
    return text.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  /** Replaces what a note says; empty when the owner has no such note. */
  public Future<Optional<Note>> replace(String owner, UUID id, Text text) {
    return OwnerScope.of(pool, owner)
        .run(
            "UPDATE course_note SET title = $3, content = $4, position_ms = $5, updated_at = now()"
                + " WHERE id = $1 AND owner_id = $2 RETURNING "
                + COLUMNS,
            Tuple.of(
                id,
                owner,
                text.title().orElse(null),
                text.content(),
                text.positionMs().orElse(null)))
        .map(rows -> notes(rows).stream().findFirst());
  }

  /** False when the owner has no such note. */
  public Future<Boolean> delete(String owner, UUID id) {
    return OwnerScope.of(pool, owner)
        .run("DELETE FROM course_note WHERE id = $1 AND owner_id = $2", Tuple.of(id, owner))
        .map(rows -> rows.rowCount() == 1);
  }

  private static List<Note> notes(RowSet<Row> rows) {
    List<Note> notes = new ArrayList<>(rows.size());
    rows.forEach(row -> notes.add(note(row)));
    return notes;
  }

  private static Note note(Row row) {
    return new Note(
        row.getUUID("id"),
        row.getUUID("lesson_id"),
        row.getUUID("course_id"),
        Optional.ofNullable(row.getString("title")),
        row.getString("content"),
        Optional.ofNullable(row.getLong("position_ms")),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("updated_at").toInstant());
  }
}
