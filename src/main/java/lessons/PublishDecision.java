package lessons;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * What Postgres says at one moment about one lesson: which set learners are to have, if any.
 *
 * @param zoomSummaryId with class and number it is what makes a lesson one; empty for a transcript
 *     that was only posted
 * @param lessonId id of the lesson's row in MySQL, the same whenever it is asked for
 * @param userId whose lesson it is
 * @param approved the newest approved generation; empty when nothing is to be shown
 */
record PublishDecision(
    Optional<Long> zoomSummaryId,
    String lessonId,
    String classId,
    int lessonNumber,
    Optional<String> userId,
    Optional<Approved> approved) {

  /** The set to be shown. */
  record Approved(
      long setId,
      String userId,
      String teacherId,
      Optional<String> title,
      Optional<LocalDate> date,
      Optional<String> by,
      Optional<Instant> at,
      JsonObject exercises) {}

  private static final String SQL =
      """
      SELECT own.zoom_summary_id, own.class_id, coalesce(own.lesson_number, 1) AS lesson_number, own.user_id AS own_user_id,
             a.id AS set_id, a.user_id, a.teacher_id, a.approved_by, a.approved_at, a.exercises, z.meeting_topic, z.meeting_date
      FROM lesson_exercises own
      LEFT JOIN zoom_summaries z ON z.id = own.zoom_summary_id
      LEFT JOIN LATERAL (
        SELECT * FROM lesson_exercises e
        WHERE (e.id = own.id OR (e.zoom_summary_id = own.zoom_summary_id AND e.class_id = own.class_id
                                 AND coalesce(e.lesson_number, 1) = coalesce(own.lesson_number, 1)))
          AND e.status = 'approved'
        ORDER BY e.generation DESC, e.id DESC LIMIT 1) a ON true
      WHERE own.id = $1
      """;

  /** The decision about the lesson that a set belongs to; empty when the set is gone. */
  static Future<Optional<PublishDecision>> read(Pool postgres, long setId) {
    return postgres
        .preparedQuery(SQL)
        .execute(Tuple.of(setId))
        .map(rows -> LessonStore.first(rows, row -> of(row, setId)));
  }

  private static PublishDecision of(Row row, long setId) {
    Optional<Long> lesson = Optional.ofNullable(row.getLong("zoom_summary_id"));
    String classId = Lesson.text(row, "class_id").orElse("");
    int number = row.getInteger("lesson_number");
    String key =
        lesson.map(id -> "lesson " + id + " " + number + " " + classId).orElse("set " + setId);
    return new PublishDecision(
        lesson,
        UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString(),
        classId,
        number,
        Lesson.text(row, "own_user_id"),
        Optional.ofNullable(row.getLong("set_id")).map(id -> approved(row, id, classId)));
  }

  private static Approved approved(Row row, long id, String classId) {
    return new Approved(
        id,
        Lesson.text(row, "user_id").orElse(""),
        Lesson.text(row, "teacher_id").orElse(""),
        // a topic that only repeats the class id says less than "Lesson 3", which readers show when
        // there is no title
        Lesson.text(row, "meeting_topic")
            .map(String::strip)
            .filter(topic -> !topic.isEmpty() && !topic.equals("Class " + classId)),
        Optional.ofNullable(row.getLocalDate("meeting_date")),
        Lesson.text(row, "approved_by"),
        Lesson.instant(row, "approved_at"),
        row.getValue("exercises") instanceof JsonObject exercises ? exercises : new JsonObject());
  }
}
