package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import settings.Settings;

/** H10 without a workflow, H11, H12, and queueing a stage's failures again. */
class WorkflowEndpointsTest extends ApiTest {
  WorkflowEndpointsTest() {
    super(Settings.AuthMode.JWT);
  }

  private static final String SERVICE = "service";

  private static JsonObject delivery(String classId) {
    return new JsonObject()
        .put("teacherEmail", "t@example.org")
        .put("date", "2026-02-03")
        .put("startTime", "16:00")
        .put("endTime", "16:30")
        .put("user_id", "stu-1")
        .put("teacher_id", "t-9")
        .put("class_id", classId);
  }

  private Answer post(String path, JsonObject body, String scope) {
    return server.post(path, body, server.token("svc", scope));
  }

  @Test
  void withoutAWorkflowTheHostIsToldWhatToSet() {
    Answer answer =
        post(
            "/v1/trigger-n8n",
            new JsonObject()
                .put("user_id", "7")
                .put("teacher_id", "9")
                .put("class_id", "w1")
                .put("date", "2026-02-03")
                .put("start_time", "16:00")
                .put("end_time", "16:30")
                .put("teacher_email", "t@example.org"),
            "lessons:write");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().encode()).contains("N8N_WEBHOOK_URL");
    assertThat(databases.count("SELECT count(*) FROM workflow_triggers")).isZero();
  }

  @Test
  void aMissingOrWrongMemberIsNamed() {
    Answer answer =
        post("/v1/trigger-n8n", new JsonObject().put("date", "2026-02-30"), "lessons:write");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().encode()).contains("teacher_email").contains("date");
  }

  @Test
  void aDeliveryWithItsTranscriptWaitsForExercisesAndASecondFindsIt() {
    JsonObject first = post("/v1/webhooks/zoom-recording-download", delivery("w2"), SERVICE).json();
    long id = first.getLong("zoom_summary_id");
    assertThat(first.getJsonObject("data").getString("processingStatus"))
        .isEqualTo("awaiting_transcript");
    JsonObject second =
        post(
                "/v1/webhooks/zoom-recording-download",
                delivery("w2")
                    .put("transcript", "Teacher: Good morning, how are you?")
                    .put("recordingUrls", new JsonArray().add("https://zoom.example/rec/1"))
                    .put("duration", 1800),
                SERVICE)
            .json();
    assertThat(second.getLong("zoom_summary_id")).isEqualTo(id);
    assertThat(second.getString("status")).isEqualTo("success");
    assertThat(second.getInteger("recordingsProcessed")).isEqualTo(1);
    assertThat(second.getJsonObject("data").getString("processingStatus")).isEqualTo("background");
    assertThat(second.getJsonObject("data").getJsonObject("userContext").getString("classId"))
        .isEqualTo("w2");
    post(
        "/v1/webhooks/zoom-recording-download",
        delivery("w2").put("transcript", "Teacher: Something else altogether."),
        SERVICE);
    var row =
        databases
            .postgres("SELECT status, stage, transcript FROM zoom_summaries WHERE id = $1", id)
            .iterator()
            .next();
    assertThat(row.getString("status")).isEqualTo("awaiting_exercises");
    assertThat(row.getString("stage")).isEqualTo("transcribe");
    assertThat(row.getString("transcript")).contains("Good morning");
    JsonObject status =
        server.get("/v1/webhooks/zoom-recording-status/" + id, server.token("svc", SERVICE)).json();
    assertThat(status.getString("status")).isEqualTo("awaiting_exercises");
    assertThat(status.fieldNames())
        .contains(
            "zoom_summary_id",
            "meeting_topic",
            "meeting_date",
            "created_at",
            "updated_at",
            "error_message");
  }

  @Test
  void aLearnersTokenDeliversNothing() {
    assertThat(post("/v1/webhooks/zoom-recording-download", delivery("w3"), "").status())
        .isEqualTo(403);
    assertThat(server.post("/v1/webhooks/zoom-recording-download", delivery("w3")).status())
        .isEqualTo(401);
    assertThat(databases.count("SELECT count(*) FROM zoom_summaries WHERE class_id = 'w3'"))
        .isZero();
  }

  @Test
  void everythingThatFailedInAStageIsQueuedAgain() {
    long id = lesson("w4", "stu-1", "failed", "");
    JsonObject answer = post("/v1/work/fetch/redrive", new JsonObject(), SERVICE).json();
    assertThat(answer.getInteger("redriven")).isPositive();
    assertThat(answer.getInteger("failed")).isZero();
    assertThat(
            databases
                .postgres("SELECT status FROM zoom_summaries WHERE id = $1", id)
                .iterator()
                .next()
                .getString(0))
        .isEqualTo("pending");
    assertThat(post("/v1/work/nothing/redrive", new JsonObject(), SERVICE).status()).isEqualTo(404);
  }
}
