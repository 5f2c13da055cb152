package courses;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A course's job as it stands.
 *
 * @param id what topic clients and PDF clients know as {@code job_id}
 * @param taskId the second name of the same job
 * @param progress section 1.4's object with {@code status} beside it
 * @param chapters how many the course has, without those that explain others again; 0 until it
 *     succeeded
 * @param quizCode of the newest quiz on the whole course; empty until it succeeded
 */
public record CourseJob(
    UUID id,
    UUID taskId,
    String ownerId,
    UUID courseId,
    String generationProcessId,
    String requestHash,
    String status,
    int priority,
    JsonObject progress,
    int lessonsWritten,
    int lessonsPlanned,
    long lastEvent,
    String courseTitle,
    Optional<String> reason,
    Optional<JsonObject> verdict,
    int chapters,
    Optional<String> quizCode,
    OffsetDateTime createdAt,
    Optional<OffsetDateTime> startedAt,
    Optional<OffsetDateTime> finishedAt,
    OffsetDateTime updatedAt) {

  /** Not the request and not the outline: they are large, and this is read all the time. */
  static final String COLUMNS =
      """
      j.id, j.task_id, j.owner_id, j.course_id, j.generation_process_id, j.request_hash, j.status, j.priority,
      course_progress(j) AS progress_object, j.lessons_written, j.lessons_planned, j.event_seq, c.title,
      CASE j.status WHEN 'paused' THEN j.pause_reason ELSE c.status_reason END AS status_reason, c.verdict,
      CASE WHEN j.status IN ('completed', 'partial') THEN c.chapter_count ELSE 0 END AS chapters,
      CASE WHEN j.status IN ('completed', 'partial') THEN c.quiz_code END AS quiz_code,
      j.created_at, j.started_at, j.finished_at, j.updated_at
      """;

  private static final Set<String> OVER =
      Set.of("completed", "partial", "failed", "rejected", "cancelled");

  /** Whether nothing more happens to it by itself. */
  public boolean over() {
    return over(status);
  }

  /** Whether nothing more happens by itself to a job of this status. */
  public static boolean over(String status) {
    return OVER.contains(status);
  }

  /** Whether readers get a course out of it. */
  public boolean succeeded() {
    return status.equals("completed") || status.equals("partial");
  }

  /** 0 to 100. */
  public int percent() {
    return progress.getInteger("progressPercentage");
  }

  public String currentStep() {
    return progress.getString("currentStep");
  }

  public JsonArray errors() {
    return progress.getJsonArray("errors");
  }

  static CourseJob of(Row row) {
    return new CourseJob(
        row.getUUID("id"),
        row.getUUID("task_id"),
        row.getString("owner_id"),
        row.getUUID("course_id"),
        row.getString("generation_process_id"),
        row.getString("request_hash"),
        row.getString("status"),
        row.getInteger("priority"),
        row.getJsonObject("progress_object"),
        row.getInteger("lessons_written"),
        row.getInteger("lessons_planned"),
        row.getLong("event_seq"),
        row.getString("title"),
        Optional.ofNullable(row.getString("status_reason")),
        Optional.ofNullable(row.getJsonObject("verdict")),
        row.getInteger("chapters"),
        Optional.ofNullable(row.getString("quiz_code")),
        row.getOffsetDateTime("created_at"),
        Optional.ofNullable(row.getOffsetDateTime("started_at")),
        Optional.ofNullable(row.getOffsetDateTime("finished_at")),
        row.getOffsetDateTime("updated_at"));
  }
}
