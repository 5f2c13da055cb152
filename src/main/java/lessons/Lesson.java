package lessons;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A lesson and where it stands: one row of {@code zoom_summaries} without the transcript's text.
 * Rows that others wrote may lack nearly everything, so most members are optional.
 *
 * @param status the contract's word: pending, processing, awaiting_exercises, completed, failed
 * @param stage whose turn it is: fetch, transcribe, generate
 * @param transcriptThere whether any transcript text is stored
 * @param attempts failures and claims of the present stage
 * @param nextRetryAt when a waiting lesson is looked at again
 * @param openedBy {@code monitor}, {@code api}, or empty for a row somebody else wrote
 */
public record Lesson(
    long id,
    Optional<String> classId,
    Optional<String> userId,
    Optional<String> teacherId,
    Optional<String> teacherEmail,
    Optional<String> meetingId,
    Optional<String> meetingTopic,
    Optional<LocalDate> date,
    Optional<String> startTime,
    Optional<String> endTime,
    Optional<String> meetingTime,
    int lessonNumber,
    String status,
    String stage,
    boolean transcriptThere,
    Optional<Integer> transcriptLength,
    Optional<String> transcriptSource,
    Optional<String> transcriptionService,
    Optional<String> recordingName,
    int attempts,
    Optional<String> lastError,
    Optional<Instant> nextRetryAt,
    boolean paused,
    Optional<JsonObject> progress,
    Optional<String> openedBy,
    Optional<Instant> createdAt,
    Optional<Instant> updatedAt,
    Optional<Instant> processedAt) {

  /** The columns {@link #of} reads, for a SELECT over {@code zoom_summaries z}. */
  static final String COLUMNS =
      """
      z.id, z.class_id, z.user_id, z.teacher_id, z.teacher_email, z.meeting_id, z.meeting_topic, z.meeting_date, z.start_time,
      z.end_time, z.meeting_time, z.lesson_number, z.status, z.stage, z.transcript_length, z.transcript_source,
      z.transcription_service, z.recording_name, z.processing_attempts, coalesce(z.last_error, z.error_message) AS last_error,
      z.next_retry_at, z.paused_at IS NOT NULL AS paused, z.progress, z.opened_by, z.created_at, z.updated_at, z.processed_at,
      (length(coalesce(z.transcript, '')) > 0 OR z.transcript_original IS NOT NULL) AS transcript_there
      """;

  static Lesson of(Row row) {
    return new Lesson(
        row.getLong("id"),
        text(row, "class_id"),
        text(row, "user_id"),
        text(row, "teacher_id"),
        text(row, "teacher_email"),
        text(row, "meeting_id"),
        text(row, "meeting_topic"),
        Optional.ofNullable(row.getLocalDate("meeting_date")),
        text(row, "start_time"),
        text(row, "end_time"),
        text(row, "meeting_time"),
        Optional.ofNullable(row.getInteger("lesson_number")).orElse(1),
        row.getString("status"),
        row.getString("stage"),
        row.getBoolean("transcript_there"),
        Optional.ofNullable(row.getInteger("transcript_length")),
        text(row, "transcript_source"),
        text(row, "transcription_service"),
        text(row, "recording_name"),
        Optional.ofNullable(row.getInteger("processing_attempts")).orElse(0),
        text(row, "last_error"),
        Optional.ofNullable(row.getLong("next_retry_at")).map(Instant::ofEpochSecond),
        row.getBoolean("paused"),
        Optional.ofNullable(row.getJsonObject("progress")),
        text(row, "opened_by"),
        instant(row, "created_at"),
        instant(row, "updated_at"),
        instant(row, "processed_at"));
  }

  static Optional<String> text(Row row, String column) {
    return Optional.ofNullable(row.getString(column));
  }

  static Optional<Instant> instant(Row row, String column) {
    return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
  }
}
