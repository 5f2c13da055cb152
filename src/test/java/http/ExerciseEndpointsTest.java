package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import settings.Settings;

/** H1 to H4, H6 and H9. */
class ExerciseEndpointsTest extends ApiTest {
  private static final String TEXT = "Teacher: What did you do at the weekend?";

  ExerciseEndpointsTest() {
    super(Settings.AuthMode.COMPAT);
  }

  @AfterEach
  void usualGenerator() {
    server.generator = request -> Future.succeededFuture(ApiServer.sampleSet());
  }

  private static JsonObject transcript(String text) {
    return new JsonObject().put("transcript", text);
  }

  private static JsonObject zoomLesson(String classId) {
    return new JsonObject()
        .put("user_id", "stu-1")
        .put("teacher_id", "t-9")
        .put("class_id", classId)
        .put("date", "2026-02-03");
  }

  @Test
  void processAnswersForBothGenerations() {
    List<JsonObject> requests = Collections.synchronizedList(new ArrayList<>());
    server.generator =
        request -> {
          requests.add(request);
          return Future.succeededFuture(ApiServer.sampleSet());
        };
    JsonObject answer =
        server
            .post(
                "/v1/process",
                transcript("  " + TEXT + "\n").put("lessonNumber", 3).put("language", "ar"))
            .json();
    assertThat(requests)
        .containsExactly(transcript(TEXT).put("lesson_number", 3).put("language", "ar"));
    assertThat(answer.fieldNames())
        .containsExactlyInAnyOrder(
            "success",
            "message",
            "lesson_number",
            "stored",
            "exercises_id",
            "exercises",
            "metadata",
            "lessons",
            "processing_time_seconds",
            "timestamp");
    assertThat(answer.getBoolean("stored")).isFalse();
    assertThat(answer.getJsonObject("exercises").fieldNames())
        .containsAll(ExerciseSets.KINDS)
        .contains("mistakes", "counts", "metadata");
    assertThat(answer.getJsonObject("metadata").fieldNames())
        .contains(
            "lesson_number",
            "status",
            "quality_passed",
            "vocabulary_count",
            "mistakes_count",
            "sentences_count",
            "total_exercises");
    assertThat(answer.getJsonObject("metadata").getString("status")).isEqualTo("success");
    assertThat(answer.getJsonArray("lessons").getJsonObject(0).getInteger("lesson_number"))
        .isEqualTo(3);
    assertThat(answer.getString("timestamp")).matches(".*\\.\\d{3}Z");
  }

  @Test
  void processStoresWhenAllThreeIdsAreThere() {
    JsonObject body = transcript(TEXT).put("user_id", "stu-1").put("teacher_id", "t-9");
    assertThat(server.post("/v1/process", body).json().getBoolean("stored")).isFalse();
    JsonObject answer = server.post("/v1/process", body.put("class_id", "stored-1")).json();
    assertThat(answer.getBoolean("stored")).isTrue();
    JsonObject row =
        server.get("/v1/exercises?class_id=stored-1").json().getJsonArray("data").getJsonObject(0);
    assertThat(row.getLong("id")).isEqualTo(answer.getLong("exercises_id"));
    assertThat(row.getValue("zoom_summary_id")).isNull();
    assertThat(row.getString("status")).isEqualTo("pending_approval");
    assertThat(row.getString("generation_status")).isEqualTo("completed");
    assertThat(
            row.getJsonObject("exercises")
                .getJsonArray("flashcards")
                .getJsonObject(0)
                .getString("translation"))
        .isEqualTo("סולם");
  }

  @Test
  void nothingToMakeIsNoError() {
    server.generator = request -> Future.succeededFuture(new JsonObject());
    Answer answer = server.post("/v1/process", transcript(TEXT));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getJsonObject("metadata").getString("status")).isEqualTo("empty");
    ExerciseSets.KINDS.forEach(
        kind -> assertThat(answer.json().getJsonObject("exercises").getJsonArray(kind)).isEmpty());
  }

  @Test
  void aGeneratorThatIsAwayOrRefusesIsSaidSo() {
    for (ReplyFailure kind : List.of(ReplyFailure.NO_HANDLERS, ReplyFailure.TIMEOUT)) {
      server.generator = request -> Future.failedFuture(new ReplyException(kind, "x"));
      Answer answer = server.post("/v1/process", transcript(TEXT));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isEqualTo("5");
    }
    server.generator =
        request ->
            Future.failedFuture(
                new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 400, "it has no words"));
    Answer refused = server.post("/v1/process", transcript(TEXT));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.firstField()).contains("it has no words");
    server.generator =
        request ->
            Future.failedFuture(new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 500, "broken"));
    assertThat(server.post("/v1/process", transcript(TEXT)).status()).isEqualTo(500);
  }

  @Test
  void aBatchKeepsItsOrderAndRunsTwoAtOnce() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    server.generator =
        request -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          Promise<JsonObject> promise = Promise.promise();
          // later entries answer sooner
          databases.vertx.setTimer(
              40 - 3L * request.getInteger("lesson_number"),
              t -> {
                running.decrementAndGet();
                if (request.getInteger("lesson_number") == 4) {
                  promise.fail(new IllegalStateException("broken"));
                } else {
                  promise.complete(ApiServer.sampleSet());
                }
              });
          return promise.future();
        };
    JsonArray entries = new JsonArray();
    for (int i = 1; i <= 6; i++) {
      entries.add(
          transcript(i == 2 ? "short" : TEXT)
              .put(i % 2 == 0 ? "lessonNumber" : "lesson_number", i));
    }
    JsonObject answer =
        server.post("/v1/process/batch", new JsonObject().put("transcripts", entries)).json();
    assertThat(most.get()).isEqualTo(2);
    assertThat(answer.getBoolean("success")).isTrue();
    assertThat(answer.getString("message")).isEqualTo("4 of 6 transcripts processed");
    assertThat(
            answer.getJsonArray("results").stream()
                .map(r -> ((JsonObject) r).getInteger("lesson_number")))
        .containsExactly(1, 2, 3, 4, 5, 6);
    JsonArray lessons = answer.getJsonArray("lessons");
    assertThat(lessons.stream().map(r -> ((JsonObject) r).getInteger("lesson_number")))
        .containsExactly(1, 2, 3, 4, 5, 6);
    JsonObject invalid = answer.getJsonArray("results").getJsonObject(1);
    assertThat(invalid.getJsonObject("error").getString("code")).isEqualTo("VALIDATION_ERROR");
    assertThat(invalid.getJsonObject("exercises").getJsonArray("flashcards")).isEmpty();
    assertThat(lessons.getJsonObject(3).getJsonObject("error").getString("code"))
        .isEqualTo("INTERNAL_ERROR");
    assertThat(lessons.getJsonObject(0).containsKey("error")).isFalse();
  }

  @Test
  void aBatchFailsOnlyAsAWhole() {
    JsonObject all =
        server
            .post(
                "/v1/process/batch",
                new JsonObject().put("transcripts", new JsonArray().add(transcript("short"))))
            .json();
    assertThat(all.getBoolean("success")).isFalse();
    assertThat(
            server
                .post("/v1/process/batch", new JsonObject().put("transcripts", new JsonArray()))
                .firstField())
        .isEqualTo("transcripts must be a list of 1 to 10 entries");
    assertThat(
            server
                .post(
                    "/v1/process/batch",
                    new JsonObject().put("transcripts", new JsonArray().add("text")))
                .firstField())
        .isEqualTo("transcripts[0] must be a JSON object");
  }

  @Test
  void aBatchMayBeLarge() {
    JsonArray entries = new JsonArray();
    for (int i = 0; i < 10; i++) {
      entries.add(transcript("x".repeat(490_000)));
    }
    assertThat(
            server.post("/v1/process/batch", new JsonObject().put("transcripts", entries)).status())
        .isEqualTo(200);
  }

  @Test
  void aStoredTranscriptBecomesExercises() {
    long id = lesson("zoom-1", "stu-1", "awaiting_exercises", TEXT);
    JsonObject answer =
        server
            .post("/v1/process-zoom-lesson", zoomLesson("zoom-1").put("meetingTime", "16:00"))
            .json();
    assertThat(answer.getLong("zoom_summary_id")).isEqualTo(id);
    assertThat(answer.getString("message")).isEqualTo("Generated 1 exercises");
    assertThat(answer.getJsonObject("lesson").getInteger("lesson_number")).isEqualTo(1);
    JsonObject zoom = answer.getJsonObject("zoom_metadata");
    assertThat(zoom.getString("meeting_topic")).isEqualTo("English");
    assertThat(zoom.getString("meeting_time")).isEqualTo("16:00");
    assertThat(zoom.getInteger("transcript_length")).isEqualTo(TEXT.length());
    JsonObject status = server.get("/v1/lesson-status/" + id).json();
    assertThat(status.getString("status")).isEqualTo("completed");
    assertThat(status.getLong("exercises_id")).isEqualTo(answer.getLong("exercises_id"));
    // again: over the same set, as long as no teacher has judged it
    assertThat(
            server
                .post("/v1/process-zoom-lesson", zoomLesson("zoom-1"))
                .json()
                .getLong("exercises_id"))
        .isEqualTo(answer.getLong("exercises_id"));
  }

  @Test
  void aLeaseIsTakenFromWhoeverWorkedOnTheLesson() {
    long id = lesson("zoom-lease", "stu-1", "awaiting_exercises", TEXT);
    var lease =
        lessons.LessonDatabases.await(
                server.queue.claim(
                    lessons.LessonStages.TRANSCRIBE,
                    100,
                    "somebody",
                    java.time.Duration.ofMinutes(1)))
            .stream()
            .filter(held -> held.id() == id)
            .findFirst()
            .orElseThrow();
    assertThat(server.post("/v1/process-zoom-lesson", zoomLesson("zoom-lease")).status())
        .isEqualTo(200);
    assertThat(
            lessons.LessonDatabases.await(
                server.queue.renew(List.of(lease), java.time.Duration.ofMinutes(1))))
        .isEmpty();
    assertThat(server.get("/v1/lesson-status/" + id).json().getString("status"))
        .isEqualTo("completed");
  }

  @Test
  void aStoredTranscriptCanBeQueuedInstead() {
    long id = lesson("zoom-async", "stu-1", "completed", TEXT);
    for (Answer answer :
        List.of(
            server.post("/v1/process-zoom-lesson?async=true", zoomLesson("zoom-async")),
            server.post(
                "/api/v1/process-zoom-lesson",
                zoomLesson("zoom-async"),
                "Prefer",
                "respond-async"))) {
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.json().getLong("zoom_summary_id")).isEqualTo(id);
    }
    assertThat(
            databases.count(
                "SELECT count(*) FROM zoom_summaries WHERE id = $1 AND status ="
                    + " 'awaiting_exercises' AND stage = 'transcribe' AND due_at <= now()",
                id))
        .isEqualTo(1);
  }

  @Test
  void lessonsThatAreNotThereOrEmpty() {
    assertThat(
            server.post("/v1/process-zoom-lesson", zoomLesson("nowhere")).json().getString("code"))
        .isEqualTo("LESSON_NOT_FOUND");
    lesson("zoom-empty", "stu-1", "pending", null);
    Answer empty = server.post("/v1/process-zoom-lesson", zoomLesson("zoom-empty"));
    assertThat(empty.status()).isEqualTo(400);
    assertThat(empty.firstField()).contains("shorter than 10 characters");
    lesson("zoom-late", "stu-1", "pending", TEXT);
    assertThat(
            server
                .post(
                    "/v1/process-zoom-lesson", zoomLesson("zoom-late").put("meeting_time", "17:00"))
                .status())
        .isEqualTo(404);
    assertThat(
            server
                .post(
                    "/v1/process-zoom-lesson",
                    zoomLesson("zoom-late").put("start_time", "16:30").put("end_time", "18:00"))
                .status())
        .isEqualTo(404);
    assertThat(
            server
                .post(
                    "/v1/process-zoom-lesson",
                    zoomLesson("zoom-late").put("start_time", "15:30").put("end_time", "16:30"))
                .status())
        .isEqualTo(200);
  }

  @Test
  void transcriptsAreReadByTheirKey() {
    long id = lesson("read", "stu-1", "completed", TEXT);
    String query = "/v1/get-transcript?user_id=stu-1&teacher_id=t-9&class_id=read&date=2026-02-03";
    JsonObject data = server.get(query).json().getJsonObject("data");
    assertThat(data.getLong("id")).isEqualTo(id);
    assertThat(data.getString("transcript")).isEqualTo(TEXT);
    assertThat(data.getString("meeting_date")).isEqualTo("2026-02-03");
    assertThat(server.get(query + "&meeting_time=16:00").status()).isEqualTo(200);
    assertThat(server.get(query + "&meeting_time=17:00").status()).isEqualTo(404);
    assertThat(server.get(query.replace("02-03", "02-30")).status()).isEqualTo(400);
    assertThat(
            server
                .get("/v1/get-transcript?class_id=read")
                .json()
                .getJsonObject("error")
                .getJsonObject("details")
                .getJsonArray("fields"))
        .hasSize(3);
  }

  @Test
  void summariesAreListedWithoutTranscripts() {
    for (int i = 0; i < 3; i++) {
      databases.postgres(
          "INSERT INTO zoom_summaries (class_id, user_id, meeting_date, start_time, status,"
              + " transcript) VALUES ('many', $1, '2026-02-03', $2, 'pending', $3)",
          "stu-" + i,
          "1" + i + ":00",
          TEXT);
    }
    JsonObject page = server.get("/v1/zoom-summaries?classId=many&limit=2").json();
    assertThat(page.getInteger("count")).isEqualTo(2);
    assertThat(page.getJsonObject("pagination"))
        .isEqualTo(new JsonObject().put("page", 1).put("limit", 2).put("total", 3));
    assertThat(page.getJsonArray("data").getJsonObject(0).containsKey("transcript")).isFalse();
    assertThat(page.getJsonArray("data").getJsonObject(0).getString("user_id")).isEqualTo("stu-2");
    assertThat(
            server
                .get("/v1/zoom-summaries?class_id=many&limit=2&page=2")
                .json()
                .getInteger("count"))
        .isEqualTo(1);
    assertThat(server.get("/v1/zoom-summaries?class_id=many&page=9").json().getJsonArray("data"))
        .isEmpty();
    assertThat(
            server.get("/v1/zoom-summaries?class_id=many&user_id=stu-1").json().getInteger("count"))
        .isEqualTo(1);
    assertThat(
            server.get("/v1/zoom-summaries?class_id=many&status=failed").json().getInteger("count"))
        .isZero();
    assertThat(server.get("/v1/zoom-summaries?status=lost").firstField())
        .isEqualTo(
            "status must be one of pending, processing, awaiting_exercises, completed, failed");
  }

  @Test
  void setsAreListedNewestFirst() {
    long old = set(null, "sets", "stu-1", "{\"flashcards\":[]}");
    long recent = set(null, "sets", "stu-2", "{\"flashcards\":[]}");
    JsonObject answer = server.get("/v1/exercises?class_id=sets").json();
    assertThat(answer.getJsonArray("exercises").stream().map(s -> ((JsonObject) s).getLong("id")))
        .containsExactly(recent, old);
    assertThat(answer.getJsonArray("data")).isEqualTo(answer.getJsonArray("exercises"));
    assertThat(answer.getString("message")).isEqualTo("2 exercise sets found");
    assertThat(answer.getJsonObject("pagination").getInteger("limit")).isEqualTo(50);
    assertThat(server.get("/v1/exercises?class_id=sets&user_id=stu-1").json().getInteger("count"))
        .isEqualTo(1);
    assertThat(
            server
                .get("/v1/exercises?class_id=sets&status=pending_review")
                .json()
                .getInteger("count"))
        .isEqualTo(2);
    assertThat(server.get("/v1/exercises?class_id=sets&status=approved").json().getInteger("count"))
        .isZero();
    JsonObject none = server.get("/v1/exercises?class_id=no-such-class").json();
    assertThat(none.getBoolean("success")).isTrue();
    assertThat(none.getJsonArray("exercises")).isEmpty();
    assertThat(none.getJsonArray("data")).isEmpty();
  }

  @Test
  void firstGenerationReadsSetsAtTheTopLevel() {
    set(null, "legacy", "stu-1", ApiServer.sampleSet().encode());
    assertThat(
            server
                .get("/v1/exercises?class_id=legacy")
                .json()
                .getJsonArray("data")
                .getJsonObject(0)
                .containsKey("flashcards"))
        .isFalse();
    JsonObject row =
        server
            .get("/api/v1/exercises?class_id=legacy")
            .json()
            .getJsonArray("data")
            .getJsonObject(0);
    assertThat(row.getJsonArray("flashcards")).hasSize(1);
    assertThat(row.getJsonArray("fill_in_blank")).isEmpty();
    assertThat(row.getJsonArray("spelling")).isEmpty();
    assertThat(row.getInteger("total_exercises")).isEqualTo(1);
    assertThat(row.containsKey("quality_score")).isTrue();
  }

  @Test
  void oneOddSetDoesNotCostAClassItsOthers() {
    set(
        null,
        "odd",
        "stu-1",
        "{\"flashcards\":[{\"word\":\"ladder\",\"part_of_speech\":null}],\"metadata\":[]}");
    set(null, "odd", "stu-1", ApiServer.sampleSet().encode());
    JsonArray rows = server.get("/api/v1/exercises?class_id=odd").json().getJsonArray("data");
    assertThat(rows.getJsonObject(0).getJsonArray("flashcards")).hasSize(1);
    assertThat(rows.getJsonObject(1).getJsonArray("flashcards")).isEmpty();
  }

  @Test
  void setsOfOlderProducersAreTranslated() {
    set(
        null,
        "older",
        "stu-1",
        """
        {"cloze":[{"text_parts":["If you "," the door, it "," dry."],"options":[["open","opens"],["will","was"]],"correct_answers":["open","will"]}],
         "grammar":[{"prompt":"She _____ it.","options":["do","does"],"correct_index":1}, "not an item"],
         "sentence":[{"english_sentence":"It is wet.","sentence_tokens":["It","is","wet","."],"accepted_sequences":[["It","is","wet","."]]}],
         "fill_in_blank":[{"exercise_id":"g1","sentence":"A _____.","option_a":"a","option_b":"b","option_c":"c","option_d":"d","correct_answer":"B","correct_word":"b"}]}
        """);
    JsonObject set =
        server
            .get("/v1/exercises?class_id=older")
            .json()
            .getJsonArray("data")
            .getJsonObject(0)
            .getJsonObject("exercises");
    JsonObject cloze = set.getJsonArray("advanced_cloze").getJsonObject(0);
    assertThat(cloze.getString("sentence")).isEqualTo("If you _____ the door, it _____ dry.");
    assertThat(cloze.getJsonObject("blank2").getString("correct")).isEqualTo("will");
    assertThat(set.getJsonArray("grammar_challenge")).hasSize(1);
    assertThat(set.getJsonArray("grammar_challenge").getJsonObject(0).getString("correct_answer"))
        .isEqualTo("does");
    assertThat(set.getJsonArray("sentence_builder").getJsonObject(0).getJsonArray("tokens"))
        .hasSize(4);
    JsonObject gap = set.getJsonArray("fill_blank").getJsonObject(0);
    assertThat(gap.getJsonArray("options")).hasSize(4);
    assertThat(gap.getString("correct_answer")).isEqualTo("b");
    assertThat(gap.getString("id")).isEqualTo("g1");
    assertThat(set.getJsonArray("cloze")).hasSize(1);
    assertThat(set.getJsonObject("counts").getInteger("advanced_cloze")).isEqualTo(1);
  }
}
