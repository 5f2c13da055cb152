package lessons;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;

/**
 * A generated set of exercises as stored: one row of {@code lesson_exercises}.
 *
 * @param lessonId the {@code zoom_summaries} row it was made from; empty for a transcript that was
 *     only posted
 * @param status pending_approval, approved or rejected; older words are mapped
 * @param exercises section 5.6 of the wire contract
 */
public record StoredSet(
    long id,
    Optional<Long> lessonId,
    Optional<String> userId,
    Optional<String> teacherId,
    Optional<String> classId,
    int lessonNumber,
    String status,
    int generation,
    Optional<Double> qualityScore,
    JsonObject exercises,
    Optional<Instant> generatedAt,
    Optional<Instant> createdAt,
    Optional<Instant> updatedAt) {

  static final String COLUMNS =
      """
      e.id, e.zoom_summary_id, e.user_id, e.teacher_id, e.class_id, e.lesson_number, e.status, e.generation,
      e.quality_score::float8 AS quality_score, e.exercises, e.generated_at, e.created_at, e.updated_at
      """;

  static StoredSet of(Row row) {
    String status = row.getString("status");
    return new StoredSet(
        row.getLong("id"),
        Optional.ofNullable(row.getLong("zoom_summary_id")),
        Lesson.text(row, "user_id"),
        Lesson.text(row, "teacher_id"),
        Lesson.text(row, "class_id"),
        Optional.ofNullable(row.getInteger("lesson_number")).orElse(1),
        "approved".equals(status) || "rejected".equals(status) ? status : "pending_approval",
        row.getInteger("generation"),
        Optional.ofNullable(row.getDouble("quality_score")),
        row.getValue("exercises") instanceof JsonObject exercises ? exercises : new JsonObject(),
        Lesson.instant(row, "generated_at"),
        Lesson.instant(row, "created_at"),
        Lesson.instant(row, "updated_at"));
  }
}
