package http;

import courses.CourseJob;
import courses.CourseJobs;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.List;

/** A job in the words of each generation of clients: section 1.3 of the courses' contract. */
final class CourseJobRendering {
  private CourseJobRendering() {}

  /** The native object. */
  static JsonObject job(CourseJob job) {
    JsonObject json =
        new JsonObject()
            .put("jobId", job.id().toString())
            .put("taskId", job.taskId().toString())
            .put("generationProcessId", job.generationProcessId())
            .put("courseId", job.courseId().toString())
            .put("title", job.courseTitle())
            .put("priority", job.priority())
            .put("createdAt", time(job.createdAt()))
            .put("startedAt", job.startedAt().map(CourseJobRendering::time).orElse(null))
            .put("finishedAt", job.finishedAt().map(CourseJobRendering::time).orElse(null));
    json.mergeIn(job.progress());
    json.put("legacyStep", legacyStep(job));
    job.reason().ifPresent(reason -> json.put("reason", reason));
    job.verdict().ifPresent(verdict -> json.put("validation", verdict));
    return json;
  }

  /**
   * @param usage of models, as {@link llm.UsageBook#of} says it
   */
  static JsonObject withParts(CourseJob job, List<CourseJobs.Part> parts, JsonObject usage) {
    JsonArray list = new JsonArray();
    JsonArray leftOut = new JsonArray();
    for (CourseJobs.Part part : parts) {
      JsonObject json =
          new JsonObject()
              .put("step", part.step())
              .put("part", part.part())
              .put("status", part.status())
              .put("attempts", part.attempts());
      part.chapter().ifPresent(chapter -> json.put("chapter", chapter));
      part.durationMs().ifPresent(millis -> json.put("durationMs", millis));
      part.error().ifPresent(error -> json.put("error", error));
      part.leftOut()
          .ifPresent(
              reason -> {
                json.put("leftOut", reason);
                leftOut.add(new JsonObject().put("part", part.part()).put("reason", reason));
              });
      list.add(json);
    }
    return job(job).put("parts", list).put("leftOut", leftOut).put("usage", usage);
  }

  /** What a request for a course is answered with. */
  static JsonObject accepted(CourseJob job, boolean existed) {
    String at = "/api/v1/course-jobs/" + job.id();
    return new JsonObject()
        .put("jobId", job.id().toString())
        .put("taskId", job.taskId().toString())
        .put("generationProcessId", job.generationProcessId())
        .put("courseId", job.courseId().toString())
        .put("status", job.status())
        .put("deduplicated", existed)
        .put("statusUrl", at)
        .put("eventsUrl", at + "/events");
  }

  /** The names that clients of video courses map on. */
  private static String legacyStep(CourseJob job) {
    if (job.status().equals("rejected")) {
      return "invalid_content";
    }
    return switch (job.currentStep()) {
      case "extract" ->
          job.status().equals("queued") ? "starting_generation" : "processing_transcript";
      case "validate" -> "validating_transcript";
      case "categorize" -> "categorizing_course";
      case "structure" -> "generating_chapters";
      case "content" -> "generating_lessons";
      default -> "generating_assessment";
    };
  }

  /** A text about where the job stands; holds one of the words that topic clients sort it by. */
  static String told(CourseJob job) {
    return switch (job.status()) {
      case "queued" -> "Waiting to begin reading";
      case "paused" -> "Paused; reading goes on when it is resumed";
      case "completed" -> "Finished: reading, listening and practice are ready";
      case "partial" -> "Finished; some parts could not be made, reading is ready";
      case "rejected" ->
          "Not suitable for reading: " + job.reason().orElse("the source can't become a course");
      case "failed" -> "Failed: no chapter to read";
      case "cancelled" -> "Cancelled; no more reading is made";
      default ->
          switch (job.currentStep()) {
            case "extract" -> "Reading the source";
            case "validate" -> "Reading: looking at the source";
            case "categorize", "structure" -> "Making the outline";
            case "content" ->
                job.lessonsWritten() < job.lessonsPlanned()
                    ? "Reading: lesson "
                        + job.lessonsWritten()
                        + " of "
                        + job.lessonsPlanned()
                        + " written"
                    : "Practice: making exercises, games and scripts";
            default -> "Quiz: making the final assessment";
          };
    };
  }

  /** The row of {@code course_generation_jobs} that topic clients listen to. */
  static JsonObject topicRow(CourseJob job) {
    String status =
        switch (job.status()) {
          case "queued" -> "pending";
          case "running", "paused" -> "processing";
          case "completed", "partial" -> "completed";
          default -> "failed";
        };
    boolean failed = status.equals("failed");
    return new JsonObject()
        .put("id", job.id().toString())
        .put("user_id", job.ownerId())
        .put("course_id", job.courseId().toString())
        .put("status", status)
        .put("status_detail", job.status())
        .put("job_type", "course_creation")
        .put("progress_percentage", job.percent())
        .put("progress", job.percent())
        .put("current_step", told(job))
        .put("error_message", failed ? reason(job) : null)
        .put("metadata", job.progress())
        .put("started_at", job.startedAt().map(OffsetDateTime::toString).orElse(null))
        .put("completed_at", job.finishedAt().map(OffsetDateTime::toString).orElse(null))
        .put("created_at", job.createdAt().toString())
        .put("updated_at", job.updatedAt().toString());
  }

  /**
   * What PDF clients get: the id they asked by decides the dialect.
   *
   * @param asked task id or job id
   */
  static JsonObject pdfStatus(CourseJob job, String asked) {
    boolean byTask = asked.equalsIgnoreCase(job.taskId().toString());
    String status =
        switch (job.status()) {
          case "queued" -> byTask ? "PENDING" : "pending";
          case "running", "paused" -> byTask ? "STARTED" : "processing";
          case "completed", "partial" -> byTask ? "SUCCESS" : "completed";
          default -> byTask ? "FAILURE" : "failed";
        };
    JsonObject result = null;
    if (job.succeeded()) {
      JsonObject made =
          new JsonObject()
              .put("course_id", job.courseId().toString())
              .put("course_title", job.courseTitle())
              .put("modules", job.chapters());
      job.quizCode().ifPresent(code -> made.put("quiz_id", code));
      result = made;
    }
    String error = job.over() && !job.succeeded() ? reason(job) : null;
    JsonObject json = new JsonObject();
    if (byTask) {
      json.put("task_id", asked).put("status", status);
    } else {
      json.put("job_id", job.id().toString())
          .put("status", status)
          .put("created_at", job.createdAt().toString())
          .put("started_at", job.startedAt().map(OffsetDateTime::toString).orElse(null))
          .put("completed_at", job.finishedAt().map(OffsetDateTime::toString).orElse(null));
    }
    json.put("progress", job.percent()).put("message", told(job));
    if (!byTask || result != null) {
      json.put("result", result);
    }
    if (!byTask || error != null) {
      json.put("error", error);
    }
    JsonObject more = job.progress().copy();
    more.remove("status");
    return json.mergeIn(more)
        .put("status_detail", job.status())
        .put("course_id", job.courseId().toString())
        .put("generation_process_id", job.generationProcessId());
  }

  private static String reason(CourseJob job) {
    return job.reason().orElse("the course was " + job.status());
  }

  private static String time(OffsetDateTime time) {
    return time.toInstant().toString();
  }
}
