package http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lessons.Lesson;
import lessons.LessonStore;
import lessons.NewLesson;
import lessons.WorkflowTriggers;
import lessons.WorkflowWebhook;
import outbound.Failure;

/** The school's workflow, called by hand and calling back: H10 to H12. */
final class WorkflowEndpoints {
  private static final Duration REMEMBERED = Duration.ofHours(24);
  private static final Duration SLACK = Duration.ofSeconds(30);
  private static final List<String> MEMBERS =
      List.of(
          "user_id", "teacher_id", "class_id", "date", "start_time", "end_time", "teacher_email");

  private final LessonStore lessons;
  private final WorkflowTriggers triggers;
  private final Optional<WorkflowWebhook> webhook;
  private final Duration hold;

  WorkflowEndpoints(Vertx vertx, ApiParts parts) {
    this.lessons = parts.lessons();
    this.triggers = parts.workflowTriggers();
    this.webhook = WorkflowWebhook.of(vertx, parts.settings().workflow(), parts.metrics());
    this.hold = parts.settings().workflow().timeout().plus(SLACK);
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("triggerWorkflow", this::trigger)
        .add("deliverRecording", this::deliver)
        .add("getRecordingStatus", this::status);
  }

  private Future<Reply> trigger(Call call) {
    WorkflowWebhook workflow =
        webhook.orElseThrow(
            () ->
                new ApiException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "no workflow is connected: set n8n.webhook-url (N8N_WEBHOOK_URL)"));
    JsonObject body = call.input().body();
    JsonObject payload = new JsonObject();
    MEMBERS.forEach(member -> payload.put(member, body.getString(member)));
    NewLesson lesson =
        new NewLesson(
            body.getString("class_id"),
            call.input().bodyDate("date"),
            body.getString("start_time"),
            body.getString("end_time"),
            body.getString("user_id"),
            body.getString("teacher_id"),
            body.getString("teacher_email"),
            Optional.empty(),
            Optional.empty(),
            1,
            "api");
    return triggers
        .take(lesson, payload, hold, REMEMBERED)
        .compose(
            taken -> {
              if (taken.ours()) {
                return tell(workflow, taken.trigger(), payload);
              }
              if (taken.trigger().acceptedAt().isPresent()) {
                return Future.succeededFuture(
                    triggered(lesson, "Workflow was triggered before").alreadyExists());
              }
              throw new ApiException(
                  ErrorCode.CONFLICT,
                  "the workflow is being told of this class right now; ask again in a minute");
            })
        .map(Triggered::reply);
  }

  private Future<Triggered> tell(
      WorkflowWebhook workflow, WorkflowTriggers.Trigger trigger, JsonObject payload) {
    return workflow
        .call(trigger.eventId(), trigger.classId(), payload)
        .compose(
            told -> triggers.accepted(trigger.id()),
            error ->
                triggers
                    .refused(trigger.id(), error.getMessage())
                    .transform(noted -> Future.failedFuture(upstream(error))))
        .map(done -> new Triggered(trigger.classId(), "Workflow triggered", false));
  }

  private static Throwable upstream(Throwable error) {
    return error instanceof Failure failure
        ? new ApiException(
            ErrorCode.UPSTREAM_ERROR, failure.getMessage() + "; nothing is queued, call again")
        : error;
  }

  private static Triggered triggered(NewLesson lesson, String message) {
    return new Triggered(lesson.classId(), message, false);
  }

  private record Triggered(String classId, String message, boolean existed) {
    Triggered alreadyExists() {
      return new Triggered(classId, message, true);
    }

    Reply reply() {
      JsonObject body =
          new JsonObject().put("success", true).put("message", message).put("class_id", classId);
      return Reply.of(202, existed ? body.put("already_exists", true) : body);
    }
  }

  private Future<Reply> deliver(Call call) {
    Input input = call.input();
    JsonObject body = input.body();
    NewLesson lesson =
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
            1,
            "workflow");
    JsonArray urls =
        Optional.ofNullable(body.getJsonArray("recordingUrls")).orElse(new JsonArray());
    return lessons
        .open(lesson)
        .compose(
            opened ->
                lessons
                    .deliver(
                        opened.lesson().id(),
                        new LessonStore.Delivery(
                            input.body("transcript"),
                            input.body("transcriptUrl"),
                            urls,
                            Optional.ofNullable(body.getInteger("duration"))))
                    .compose(done -> lessons.find(opened.lesson().id())))
        .map(found -> delivered(lesson, found.orElseThrow(WorkflowEndpoints::notFound), urls));
  }

  private static Reply delivered(NewLesson wanted, Lesson lesson, JsonArray urls) {
    JsonObject data =
        new JsonObject()
            .put("meetingId", wanted.meetingId().orElse(null))
            .put("teacherEmail", wanted.teacherEmail())
            .put("date", wanted.date().toString())
            .put(
                "userContext",
                new JsonObject()
                    .put("userId", wanted.userId())
                    .put("teacherId", wanted.teacherId())
                    .put("classId", wanted.classId()))
            .put(
                "processingStatus",
                lesson.transcriptThere() ? "background" : "awaiting_transcript");
    return Reply.ok(
        new JsonObject()
            .put("status", "success")
            .put(
                "message",
                lesson.transcriptThere()
                    ? "Transcript received"
                    : "Recording noted; its transcript is awaited")
            .put("zoom_summary_id", lesson.id())
            .put("recordingsProcessed", Math.max(1, urls.size()))
            .put("data", data)
            .put("timestamp", Times.now()));
  }

  private Future<Reply> status(Call call) {
    Optional<Long> id = call.pathId("zoom_summary_id");
    return (id.isEmpty()
            ? Future.succeededFuture(Optional.<Lesson>empty())
            : lessons.find(id.get()))
        .map(
            found -> {
              Lesson lesson = found.orElseThrow(WorkflowEndpoints::notFound);
              return Reply.ok(
                  new JsonObject()
                      .put("zoom_summary_id", lesson.id())
                      .put("status", lesson.status())
                      .put("meeting_topic", lesson.meetingTopic().orElse(null))
                      .put("meeting_date", lesson.date().map(Object::toString).orElse(null))
                      .put("created_at", lesson.createdAt().map(Instant::toString).orElse(null))
                      .put("updated_at", lesson.updatedAt().map(Instant::toString).orElse(null))
                      .put("error_message", lesson.lastError().orElse(null)));
            });
  }

  private static ApiException notFound() {
    return new ApiException(ErrorCode.LESSON_NOT_FOUND, "no lesson has this id");
  }
}
