package http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import lessons.Lesson;
import lessons.LessonStore;
import lessons.NewLesson;
import lessons.SetStore;
import lessons.StoredSet;
import work.WorkQueue;

/** Lessons in the pipeline: H7, H8 and redriving. */
final class LessonEndpoints {
  private static final String FAILED = "failed";

  private final LessonStore lessons;
  private final SetStore sets;
  private final WorkQueue queue;

  LessonEndpoints(ApiParts parts) {
    this.lessons = parts.lessons();
    this.sets = parts.sets();
    this.queue = parts.queue();
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("triggerLessonProcessing", this::trigger)
        .add("getLessonStatus", this::status)
        .add("redriveLesson", this::redrive);
  }

  private Future<Reply> trigger(Call call) {
    Input input = call.input();
    JsonObject body = input.body();
    NewLesson wanted =
        new NewLesson(
            body.getString("class_id"),
            input.bodyDate("date"),
            body.getString("startTime"),
            body.getString("endTime"),
            body.getString("user_id"),
            body.getString("teacher_id"),
            body.getString("teacherEmail"),
            input.body("meetingId").filter(id -> !id.isBlank()),
            input.body("meetingTopic").filter(topic -> !topic.isBlank()),
            body.getInteger("lesson_number"),
            "api");
    return lessons
        .open(wanted)
        .compose(
            opened -> {
              if (!opened.existed()) {
                return Future.succeededFuture(Reply.ok(queued(opened.lesson(), wanted)));
              }
              boolean again = body.getBoolean("force") && opened.lesson().status().equals(FAILED);
              return again
                  ? queue
                      .redrive(opened.lesson().id())
                      .compose(done -> existing(opened.lesson().id(), done))
                  : existing(opened.lesson(), false);
            });
  }

  private static JsonObject queued(Lesson lesson, NewLesson wanted) {
    return new JsonObject()
        .put("success", true)
        .put("message", "Lesson processing queued")
        .put("zoom_summary_id", lesson.id())
        .put("status", lesson.status())
        .put("class_id", wanted.classId())
        .put("lesson_number", lesson.lessonNumber())
        .put("meeting_date", wanted.date().toString())
        .put("estimated_processing_time", "1-2 minutes")
        .put(
            "next_steps",
            new JsonArray()
                .add("fetch recording")
                .add("transcribe if needed")
                .add("generate exercises")
                .add("store for approval"))
        .put("check_status_url", statusUrl(lesson))
        .put(
            "check_exercises_url",
            "/v1/exercises?class_id="
                + URLEncoder.encode(wanted.classId(), StandardCharsets.UTF_8));
  }

  private Future<Reply> existing(long id, boolean redriven) {
    return lessons
        .find(id)
        .compose(lesson -> existing(lesson.orElseThrow(LessonEndpoints::notFound), redriven));
  }

  private Future<Reply> existing(Lesson lesson, boolean redriven) {
    return sets.ofLesson(lesson.id())
        .map(
            set ->
                Reply.ok(
                    new JsonObject()
                        .put("success", true)
                        .put("already_exists", true)
                        .put(
                            "message",
                            redriven ? "Lesson was failed and is queued again" : message(lesson))
                        .put("zoom_summary_id", lesson.id())
                        .put("status", lesson.status())
                        .put("class_id", lesson.classId().orElse(null))
                        .put("lesson_number", lesson.lessonNumber())
                        .put("transcript_available", lesson.transcriptThere())
                        .put("exercises_generated", set.isPresent())
                        .put("check_status_url", statusUrl(lesson))));
  }

  private static String message(Lesson lesson) {
    return switch (lesson.status()) {
      case "pending" -> "Lesson is already pending";
      case "processing" -> "Lesson is already processing";
      case "awaiting_exercises" -> "Lesson already has its transcript and is awaiting exercises";
      case "completed" -> "Lesson is already completed";
      case FAILED -> "Lesson has failed; send force: true to queue it again";
      default -> "Lesson already exists with status " + lesson.status();
    };
  }

  private static String statusUrl(Lesson lesson) {
    return "/v1/lesson-status/" + lesson.id();
  }

  private Future<Reply> status(Call call) {
    return find(call)
        .compose(
            lesson -> {
              if (!call.caller().mayRead(lesson.userId())) {
                throw notFound();
              }
              return rendered(lesson);
            });
  }

  private Future<Reply> redrive(Call call) {
    return find(call)
        .compose(
            lesson -> {
              if (!lesson.status().equals(FAILED)) {
                throw conflict(lesson.status());
              }
              return queue.redrive(lesson.id());
            })
        .compose(
            done ->
                find(call)
                    .compose(
                        lesson -> {
                          if (!done) {
                            throw conflict(lesson.status()); // somebody else was quicker
                          }
                          return rendered(lesson);
                        }))
        .map(
            reply -> {
              reply.json().put("message", "Lesson is queued again");
              return reply;
            });
  }

  private static ApiException conflict(String status) {
    return new ApiException(
        ErrorCode.CONFLICT,
        "only a failed lesson can be queued again; this one is " + status,
        new JsonObject().put("status", status));
  }

  private Future<Reply> rendered(Lesson lesson) {
    return sets.ofLesson(lesson.id())
        .map((Optional<StoredSet> set) -> Reply.ok(LessonRendering.status(lesson, set)));
  }

  private Future<Lesson> find(Call call) {
    Optional<Long> id = call.pathId("zoom_summary_id");
    if (id.isEmpty()) {
      return Future.failedFuture(notFound());
    }
    return lessons.find(id.get()).map(lesson -> lesson.orElseThrow(LessonEndpoints::notFound));
  }

  private static ApiException notFound() {
    return new ApiException(ErrorCode.LESSON_NOT_FOUND, "no lesson has this id");
  }
}
