package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import settings.Settings;

/** H7, H8, redriving and the operators' endpoints. */
class LessonEndpointsTest extends ApiTest {
  LessonEndpointsTest() {
    super(Settings.AuthMode.COMPAT);
  }

  private static JsonObject trigger(String classId) {
    return new JsonObject()
        .put("teacherEmail", "t@example.org")
        .put("date", "2026-02-03")
        .put("startTime", "16:00")
        .put("endTime", "16:30")
        .put("user_id", "stu-1")
        .put("teacher_id", "t-9")
        .put("class_id", classId)
        .put("lesson_number", 3);
  }

  @Test
  void aNewLessonIsQueued() {
    JsonObject answer = server.post("/v1/trigger-lesson-processing", trigger("q 1&x")).json();
    long id = answer.getLong("zoom_summary_id");
    assertThat(answer.getBoolean("success")).isTrue();
    assertThat(answer.getString("status")).isEqualTo("pending");
    assertThat(answer.getInteger("lesson_number")).isEqualTo(3);
    assertThat(answer.getString("meeting_date")).isEqualTo("2026-02-03");
    assertThat(answer.getJsonArray("next_steps")).hasSize(4);
    assertThat(answer.getString("check_status_url")).isEqualTo("/v1/lesson-status/" + id);
    assertThat(answer.getString("check_exercises_url")).isEqualTo("/v1/exercises?class_id=q+1%26x");
    assertThat(server.get(answer.getString("check_exercises_url")).json().getInteger("count"))
        .isZero();
    JsonObject status = server.get("/v1/lesson-status/" + id).json();
    assertThat(status.getString("class_id")).isEqualTo("q 1&x");
    assertThat(status.getBoolean("transcript_available")).isFalse();
    assertThat(status.getBoolean("exercises_generated")).isFalse();
    assertThat(status.getString("created_at"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(status.fieldNames())
        .contains(
            "zoom_summary_id",
            "status",
            "class_id",
            "user_id",
            "teacher_id",
            "transcript_available",
            "transcript_length",
            "transcription_source",
            "processing_attempts",
            "last_error",
            "next_retry_at",
            "created_at",
            "processed_at",
            "exercises_generated",
            "exercises_id");
    assertThat(
            databases.count(
                "SELECT count(*) FROM zoom_summaries WHERE id = $1 AND meeting_topic = 'Class q"
                    + " 1&x'",
                id))
        .isEqualTo(1);
  }

  @Test
  void simultaneousCallsOpenOneLesson() {
    List<CompletableFuture<Answer>> calls =
        IntStream.range(0, 12)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> server.post("/v1/trigger-lesson-processing", trigger("race"))))
            .toList();
    List<JsonObject> answers = calls.stream().map(call -> call.join().json()).toList();
    assertThat(answers)
        .extracting(a -> a.getLong("zoom_summary_id"))
        .containsOnly(answers.get(0).getLong("zoom_summary_id"));
    assertThat(answers.stream().filter(a -> !a.containsKey("already_exists"))).hasSize(1);
    assertThat(databases.count("SELECT count(*) FROM zoom_summaries WHERE class_id = 'race'"))
        .isEqualTo(1);
    assertThat(
            server
                .post("/v1/trigger-lesson-processing", trigger("race").put("startTime", "18:00"))
                .json()
                .containsKey("already_exists"))
        .isFalse();
  }

  @Test
  void anExistingLessonTellsWhereItStands() {
    long id = lesson("there", "stu-1", "completed", "Teacher: good morning");
    set(id, "there", "stu-1", "{}");
    JsonObject answer = server.post("/api/v1/trigger-lesson-processing", trigger("there")).json();
    assertThat(answer.getBoolean("already_exists")).isTrue();
    assertThat(answer.getString("message")).contains("completed");
    assertThat(answer.getLong("zoom_summary_id")).isEqualTo(id);
    assertThat(answer.getString("status")).isEqualTo("completed");
    assertThat(answer.getBoolean("transcript_available")).isTrue();
    assertThat(answer.getBoolean("exercises_generated")).isTrue();
  }

  @Test
  void aFailedLessonIsQueuedAgainOnlyByForce() {
    long id = lesson("forced", "stu-1", "failed", null);
    assertThat(
            server
                .post("/v1/trigger-lesson-processing", trigger("forced"))
                .json()
                .getString("status"))
        .isEqualTo("failed");
    JsonObject again =
        server.post("/v1/trigger-lesson-processing", trigger("forced").put("force", true)).json();
    assertThat(again.getString("status")).isEqualTo("pending");
    assertThat(again.getString("message")).contains("queued again");
    assertThat(
            databases.count(
                "SELECT count(*) FROM zoom_summaries WHERE id = $1 AND processing_attempts = 0 AND"
                    + " due_at <= now()",
                id))
        .isEqualTo(1);
    assertThat(
            server
                .post("/v1/trigger-lesson-processing", trigger("forced").put("force", true))
                .json()
                .getString("message"))
        .contains("pending");
  }

  @Test
  void statusOfACompletedLessonNamesItsSet() {
    long id = lesson("done", "stu-1", "completed", "Teacher: good morning");
    long set = set(id, "done", "stu-1", "{}");
    JsonObject status = server.get("/v1/lesson-status/" + id).json();
    assertThat(status.getBoolean("exercises_generated")).isTrue();
    assertThat(status.getLong("exercises_id")).isEqualTo(set);
    assertThat(status.getInteger("transcript_length")).isEqualTo(21);
    assertThat(status.getString("transcription_source")).isEqualTo("zoom_native_transcript");
  }

  @Test
  void idsThatNameNothingAreNotFound() {
    for (String id :
        List.of(
            "999999",
            "x",
            "-1",
            "1.5",
            "99999999999999999999",
            "1%20",
            "%00",
            "9223372036854775808",
            "1;drop")) {
      Answer answer = server.get("/v1/lesson-status/" + id);
      assertThat(answer.status()).as(id).isEqualTo(404);
      assertThat(answer.json().getString("code")).isEqualTo("LESSON_NOT_FOUND");
    }
  }

  @Test
  void onlyFailedLessonsAreRedriven() {
    long id = lesson("redrive", "stu-1", "failed", null);
    Answer answer = server.post("/v1/lessons/" + id + "/redrive", null);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getString("status")).isEqualTo("pending");
    assertThat(answer.json().getString("message")).isNotBlank();
    Answer twice = server.post("/v1/lessons/" + id + "/redrive", null);
    assertThat(twice.status()).isEqualTo(409);
    assertThat(twice.json().getString("code")).isEqualTo("CONFLICT");
    assertThat(twice.json().getString("detail")).contains("pending");
    assertThat(server.post("/v1/lessons/999999/redrive", null).status()).isEqualTo(404);
    assertThat(server.post("/v1/lessons/x/redrive", null).status()).isEqualTo(404);
  }

  @Test
  void simultaneousRedrivesSucceedOnce() {
    long id = lesson("redrives", "stu-1", "failed", null);
    List<Integer> statuses =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> server.post("/v1/lessons/" + id + "/redrive", null).status()))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();
    assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
  }

  @Test
  void operatorsSeeAndSteerTheStages() {
    lesson("work", "stu-1", "failed", null);
    lesson("work2", "stu-1", "pending", null);
    JsonArray stages = server.get("/v1/work").json().getJsonArray("stages");
    assertThat(stages.stream().map(s -> ((JsonObject) s).getString("stage")))
        .containsExactly("fetch", "transcribe", "generate", "publish", "trigger", "deliver");
    JsonObject fetch = stages.getJsonObject(0);
    assertThat(fetch.getInteger("failed")).isPositive();
    assertThat(fetch.getInteger("waiting")).isPositive();
    assertThat(fetch.getInteger("running")).isZero();
    assertThat(fetch.getDouble("oldest_waiting_seconds")).isGreaterThanOrEqualTo(0);
    assertThat(fetch.getBoolean("paused")).isFalse();

    JsonObject paused =
        server
            .post("/v1/work/generate/pause", new JsonObject().put("reason", "a bad release"))
            .json();
    assertThat(paused.getBoolean("paused")).isTrue();
    assertThat(
            databases.count(
                "SELECT count(*) FROM work_pauses WHERE stage = 'generate' AND reason = 'a bad"
                    + " release'"))
        .isEqualTo(1);
    assertThat(server.post("/v1/work/generate/pause", null).status()).isEqualTo(200);
    assertThat(server.post("/v1/work/generate/resume", null).json().getBoolean("paused")).isFalse();
    assertThat(server.post("/v1/work/nonsense/pause", null).status()).isEqualTo(404);
  }
}
