package http;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.Optional;
import lessons.Lesson;
import lessons.StoredSet;

/** Lessons as clients see them. */
final class LessonRendering {
  private LessonRendering() {}

  /** The row without its transcript. */
  static JsonObject summary(Lesson lesson) {
    return new JsonObject()
        .put("id", lesson.id())
        .put("zoom_summary_id", lesson.id())
        .put("status", lesson.status())
        .put("stage", lesson.stage())
        .put("paused", lesson.paused())
        .put("class_id", lesson.classId().orElse(null))
        .put("user_id", lesson.userId().orElse(null))
        .put("teacher_id", lesson.teacherId().orElse(null))
        .put("teacher_email", lesson.teacherEmail().orElse(null))
        .put("lesson_number", lesson.lessonNumber())
        .put("meeting_id", lesson.meetingId().orElse(null))
        .put("meeting_topic", lesson.meetingTopic().orElse(null))
        .put("meeting_date", lesson.date().map(LocalDate::toString).orElse(null))
        .put("meeting_time", lesson.meetingTime().orElse(null))
        .put("start_time", lesson.startTime().orElse(null))
        .put("end_time", lesson.endTime().orElse(null))
        .put("transcript_available", lesson.transcriptThere())
        .put("transcript_length", lesson.transcriptLength().orElse(null))
        .put("transcript_source", lesson.transcriptSource().orElse(null))
        .put("transcription_service", lesson.transcriptionService().orElse(null))
        .put("recording_name", lesson.recordingName().orElse(null))
        .put("processing_attempts", lesson.attempts())
        .put("last_error", lesson.lastError().orElse(null))
        .put("next_retry_at", Times.iso(lesson.nextRetryAt()))
        .put("created_at", Times.iso(lesson.createdAt()))
        .put("updated_at", Times.iso(lesson.updatedAt()))
        .put("processed_at", Times.iso(lesson.processedAt()));
  }

  /** H8, and what redriving answers. */
  static JsonObject status(Lesson lesson, Optional<StoredSet> set) {
    return new JsonObject()
        .put("success", true)
        .put("zoom_summary_id", lesson.id())
        .put("status", lesson.status())
        .put("stage", lesson.stage())
        .put("paused", lesson.paused())
        .put("class_id", lesson.classId().orElse(null))
        .put("user_id", lesson.userId().orElse(null))
        .put("teacher_id", lesson.teacherId().orElse(null))
        .put("lesson_number", lesson.lessonNumber())
        .put("transcript_available", lesson.transcriptThere())
        .put("transcript_length", lesson.transcriptLength().orElse(null))
        .put("transcription_source", lesson.transcriptSource().orElse(null))
        .put("processing_attempts", lesson.attempts())
        .put("last_error", lesson.lastError().orElse(null))
        .put("next_retry_at", Times.iso(lesson.nextRetryAt()))
        .put("progress", lesson.progress().orElse(null))
        .put("created_at", Times.iso(lesson.createdAt()))
        .put("processed_at", Times.iso(lesson.processedAt()))
        .put("exercises_generated", set.isPresent())
        .put("exercises_id", set.map(StoredSet::id).orElse(null));
  }
}
