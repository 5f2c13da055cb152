package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sessions of flashcards with the learner's own lists: how they start, and who may play them. B1 to
 * B4.
 */
class FlashcardSessionsTest extends FlashcardTest {
  @Test
  void aSessionOfAListHasItsWordsNewestFirst() {
    Answer answer = expect(201, server.post("/v1/flashcards/sessions", custom(), as(me)));
    JsonObject session = answer.json();
    assertThat(answer.header("Location"))
        .isEqualTo("/v1/flashcards/sessions/" + session.getString("id"));
    assertThat(session.fieldNames())
        .containsExactlyInAnyOrder(
            "id",
            "userId",
            "gameType",
            "mode",
            "status",
            "wordListId",
            "topicId",
            "categoryId",
            "lessonId",
            "classId",
            "difficulty",
            "itemIds",
            "words",
            "progress",
            "startedAt",
            "completedAt");
    assertThat(session.getString("gameType")).isEqualTo("flashcards");
    assertThat(session.getString("mode")).isEqualTo("custom");
    assertThat(session.getString("status")).isEqualTo("active");
    assertThat(session.getString("wordListId")).isEqualTo(list);
    assertThat(session.getValue("completedAt")).isNull();
    assertThat(ids(session.getJsonArray("words")))
        .containsExactly(words.get(2), words.get(1), words.get(0));
    assertThat(session.getJsonArray("itemIds").getList())
        .isEqualTo(ids(session.getJsonArray("words")));
    assertThat(session.getJsonObject("progress")).isEqualTo(progress(0, 3, 0, 0));
    JsonObject word = session.getJsonArray("words").getJsonObject(2);
    assertThat(word)
        .isEqualTo(server.get("/v1/word-lists/" + list + "/words/" + words.get(0), as(me)).json());
    JsonObject again =
        server.get("/v1/flashcards/sessions/" + session.getString("id"), as(me)).json();
    assertThat(again).isEqualTo(session);
  }

  @Test
  void chosenWordsComeInTheOrderOfChoiceAndOnce() {
    JsonArray chosen = new JsonArray().add(words.get(1)).add(words.get(2)).add(words.get(1));
    JsonObject session = start(me, FAMILY, custom().put("selectedWordIds", chosen).put("limit", 1));
    assertThat(ids(session.getJsonArray("words"))).containsExactly(words.get(1), words.get(2));
    JsonObject shuffled =
        start(me, FAMILY, custom().put("selected_word_ids", chosen).put("shuffle", true));
    assertThat(ids(shuffled.getJsonArray("words")))
        .containsExactlyInAnyOrder(words.get(1), words.get(2));
  }

  @Test
  void limitAndShuffleDrawFromTheWholeList() {
    assertThat(ids(start(me, FAMILY, custom().put("limit", 2)).getJsonArray("words")))
        .containsExactly(words.get(2), words.get(1));
    java.util.Set<String> drawn = new java.util.HashSet<>();
    for (int i = 0; i < 40 && drawn.size() < 3; i++) {
      drawn.addAll(
          ids(
              start(me, FAMILY, custom().put("limit", 1).put("shuffle", true))
                  .getJsonArray("words")));
    }
    assertThat(drawn).containsExactlyInAnyOrderElementsOf(words);
  }

  @Test
  void foreignWordsAreNamed() {
    String other = word(me, list(me, "Other"), "hat");
    Answer answer =
        server.post(
            "/v1/flashcards/sessions",
            custom()
                .put("selectedWordIds", new JsonArray().add(words.get(0)).add(other).add("x'--")),
            as(me));
    refused(answer, 400, "UNKNOWN_WORD");
    assertThat(answer.invalidIds()).isEqualTo(List.of(other, "x'--"));
    assertThat(number("SELECT COUNT(*) FROM game_sessions WHERE user_id = ?", me)).isZero();
  }

  @Test
  void listsThatAreNotMineAreNotFound() {
    String stranger = learner();
    refused(
        server.post("/v1/flashcards/sessions", custom(), as(stranger)), 404, "WORD_LIST_NOT_FOUND");
    refused(
        server.post(
            "/v1/flashcards/sessions",
            custom().put("selectedWordIds", new JsonArray(words)),
            as(stranger)),
        404,
        "WORD_LIST_NOT_FOUND");
    refused(
        server.post("/v1/flashcards/sessions", new JsonObject().put("wordListId", "nope"), as(me)),
        404,
        "WORD_LIST_NOT_FOUND");
  }

  @Test
  void anEmptyListHasNothingToPlay() {
    Answer answer =
        server.post(
            "/v1/flashcards/sessions",
            new JsonObject().put("wordListId", list(me, "Empty")),
            as(me));
    refused(answer, 400, "VALIDATION_ERROR");
    assertThat(answer.json().getString("detail")).contains("no words");
  }

  @ParameterizedTest
  @CsvSource({"custom,wordListId", "lesson,lessonId", "topic,topicId"})
  void aModeSaysWhatItNeeds(String mode, String member) {
    Answer answer =
        server.post("/v1/flashcards/sessions", new JsonObject().put("mode", mode), as(me));
    refused(answer, 400, "VALIDATION_ERROR");
    assertThat(answer.firstField()).startsWith(member + " is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"mode\":\"random\"}",
        "{\"mode\":7}",
        "{\"wordListId\":3}",
        "{\"wordListId\":\"x\",\"limit\":0}",
        "{\"wordListId\":\"x\",\"limit\":101}",
        "{\"wordListId\":\"x\",\"shuffle\":\"yes\"}",
        "{\"wordListId\":\"x\",\"difficulty\":\"hardest\"}",
        "{\"wordListId\":\"x\",\"selectedWordIds\":[1]}",
        "{\"wordListId\":\"x\",\"selectedWordIds\":\"a\"}",
        "[]",
        "{",
        "\"x\""
      })
  void wrongStartsAreRefused(String body) {
    refused(server.post("/v1/flashcards/sessions", body, as(me)), 400, "VALIDATION_ERROR");
  }

  @Test
  void anIdempotencyKeyReplaysStartResultAndCompletion() {
    String[] keyed = {"X-User-Id", me, "Idempotency-Key", "k1"};
    Answer first = expect(201, server.post("/v1/flashcards/sessions", custom(), keyed));
    Answer replay = expect(201, server.post("/v1/flashcards/sessions", custom(), keyed));
    assertThat(replay.json()).isEqualTo(first.json());
    assertThat(replay.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(replay.header("Location")).isEqualTo(first.header("Location"));
    assertThat(number("SELECT COUNT(*) FROM game_sessions WHERE user_id = ?", me)).isEqualTo(1);
    refused(
        server.post("/v1/flashcards/sessions", custom().put("limit", 1), keyed),
        422,
        "IDEMPOTENCY_KEY_REUSED");

    String path = "/v1/flashcards/sessions/" + first.json().getString("id");
    JsonObject counted =
        expect(200, server.post(path + "/results", known(words.get(0), true), keyed)).json();
    assertThat(expect(200, server.post(path + "/results", known(words.get(0), true), keyed)).json())
        .isEqualTo(counted);
    assertThat(number("SELECT practice_count FROM words WHERE id = ?", words.get(0))).isEqualTo(1);

    JsonObject completed = expect(200, server.post(path + "/complete", null, keyed)).json();
    assertThat(expect(200, server.post(path + "/complete", null, keyed)).json())
        .isEqualTo(completed);
    refused(server.post(path + "/complete", null, as(me)), 409, "SESSION_COMPLETED");
  }

  @Test
  void sessionsOfOthersAndOfOtherGamesAreNotFound() {
    String session = start(me, FAMILY, custom()).getString("id");
    String spelling = start(me, "spelling", custom()).getString("id");
    String stranger = learner();
    for (String id : List.of("nope", "%00", "a%20b", "x".repeat(300), spelling)) {
      refused(server.get("/v1/flashcards/sessions/" + id, as(me)), 404, "SESSION_NOT_FOUND");
      refused(
          server.post(
              "/v1/flashcards/sessions/" + id + "/results", known(words.get(0), true), as(me)),
          404,
          "SESSION_NOT_FOUND");
      refused(
          server.post("/v1/flashcards/sessions/" + id + "/complete", null, as(me)),
          404,
          "SESSION_NOT_FOUND");
    }
    refused(
        server.get("/v1/flashcards/sessions/" + session, as(stranger)), 404, "SESSION_NOT_FOUND");
    refused(result(stranger, FAMILY, session, known(words.get(0), true)), 404, "SESSION_NOT_FOUND");
    refused(
        server.post("/v1/flashcards/sessions/" + session + "/complete", null, as(stranger)),
        404,
        "SESSION_NOT_FOUND");
    refused(server.get("/v1/flashcards/sessions/" + session), 401, "UNAUTHORIZED");
  }

  @Test
  void unknownModePlaysWhatWasNeverPractised() {
    String session = start(me, FAMILY, custom()).getString("id");
    result(session, known(words.get(1), true));
    String other = word(me, list(me, "Other"), "hat");
    assertThat(
            ids(start(me, FAMILY, new JsonObject().put("mode", "unknown")).getJsonArray("words")))
        .containsExactly(other, words.get(2), words.get(0));
    JsonObject limited = start(me, FAMILY, custom().put("mode", "unknown_words"));
    assertThat(limited.getString("mode")).isEqualTo("unknown");
    assertThat(ids(limited.getJsonArray("words"))).containsExactly(words.get(2), words.get(0));
    refused(
        server.post(
            "/v1/flashcards/sessions", new JsonObject().put("mode", "unknown"), as(learner())),
        400,
        "VALIDATION_ERROR");
    refused(
        server.post(
            "/v1/flashcards/sessions",
            new JsonObject().put("mode", "unknown").put("wordListId", "nope"),
            as(me)),
        404,
        "WORD_LIST_NOT_FOUND");
  }

  @Test
  void firstGenerationClientsFindTheirTwins() {
    JsonObject session =
        expect(
                201,
                server.post(
                    "/api/v1/flashcards/sessions?user_id=" + me,
                    new JsonObject().put("word_list_id", list)))
            .json();
    assertThat(session.getBoolean("success")).isTrue();
    assertThat(session.getString("message")).isNotBlank();
    assertThat(session.getString("user_id")).isEqualTo(me);
    assertThat(session.getString("game_type")).isEqualTo("flashcards");
    assertThat(session.getInteger("progress_total")).isEqualTo(3);
    assertThat(session.getInteger("total_items")).isEqualTo(3);
    assertThat(session.getJsonArray("item_ids")).hasSize(3);
    assertThat(session.containsKey("items")).isFalse();
    for (String twin :
        List.of(
            "class_id",
            "reference_id",
            "progress_current",
            "correct_count",
            "incorrect_count",
            "final_score",
            "started_at",
            "completed_at",
            "metadata")) {
      assertThat(session.containsKey(twin)).as(twin).isTrue();
    }
    JsonObject word = session.getJsonArray("words").getJsonObject(0);
    assertThat(word.getString("word_list_id")).isEqualTo(list);
    for (String twin :
        List.of(
            "list_id",
            "is_favorite",
            "practice_count",
            "correct_count",
            "last_practiced",
            "example_sentence",
            "pronunciation_audio_url",
            "created_at",
            "updated_at")) {
      assertThat(word.containsKey(twin)).as(twin).isTrue();
    }
    JsonObject recorded =
        expect(
                200,
                server.post(
                    "/api/v1/flashcards/sessions/"
                        + session.getString("id")
                        + "/results?user_id="
                        + me,
                    new JsonObject()
                        .put("item_id", words.get(0))
                        .put("is_correct", true)
                        .put("time_spent_ms", 5)))
            .json();
    assertThat(recorded.getString("id")).matches("[0-9]+");
    assertThat(recorded.getString("message")).isNotBlank();
    assertThat(recorded.getBoolean("success")).isTrue();
    assertThat(recorded.getJsonObject("word").getInteger("practice_count")).isEqualTo(1);
    JsonObject completed =
        expect(
                200,
                server.post(
                    "/api/v1/flashcards/sessions/"
                        + session.getString("id")
                        + "/complete?user_id="
                        + me,
                    null))
            .json();
    assertThat(completed.getJsonArray("mastered_word_ids"))
        .isEqualTo(completed.getJsonArray("masteredWordIds"));
    assertThat(completed.getDouble("final_score")).isEqualTo(100.0);
  }
}
