package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered in flashcards, and what comes of it. B5 to B8. */
class FlashcardResultsTest extends FlashcardTest {
  @Test
  void resultsMoveProgressAndTheWordsCounters() {
    String session = start(me, FAMILY, custom()).getString("id");
    JsonObject first = expect(200, result(session, known(words.get(0), true))).json();
    assertThat(first.fieldNames()).containsExactlyInAnyOrder("ok", "duplicate", "progress", "word");
    assertThat(first.getBoolean("ok")).isTrue();
    assertThat(first.getBoolean("duplicate")).isFalse();
    assertThat(first.getJsonObject("progress")).isEqualTo(progress(1, 3, 1, 0));
    JsonObject counted = first.getJsonObject("word");
    assertThat(counted.fieldNames())
        .containsExactlyInAnyOrder(
            "id", "practiceCount", "correctCount", "accuracy", "lastPracticed");
    assertThat(counted.getInteger("accuracy")).isEqualTo(100);
    JsonObject second = expect(200, result(session, known(words.get(0), false))).json();
    assertThat(second.getJsonObject("word").getInteger("accuracy")).isEqualTo(50);
    JsonObject third = expect(200, result(session, known(words.get(0), true))).json();
    assertThat(third.getJsonObject("word").getInteger("accuracy")).isEqualTo(67);
    assertThat(third.getJsonObject("progress")).isEqualTo(progress(3, 3, 2, 1));
    JsonObject fourth = expect(200, result(session, known(words.get(1), false))).json();
    assertThat(fourth.getJsonObject("progress")).isEqualTo(progress(3, 3, 2, 2));
    JsonObject word =
        server.get("/v1/word-lists/" + list + "/words/" + words.get(0), as(me)).json();
    assertThat(word.getInteger("practiceCount")).isEqualTo(3);
    assertThat(word.getInteger("correctCount")).isEqualTo(2);
    assertThat(word.getString("lastPracticed"))
        .isEqualTo(third.getJsonObject("word").getString("lastPracticed"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"timeSpentMs", "timeSpent", "time_spent_ms", "time_spent"})
  void timeGoesByAllItsNames(String name) {
    String session = start(me, FAMILY, custom()).getString("id");
    JsonObject body =
        new JsonObject()
            .put("word_id", words.get(0))
            .put("is_correct", true)
            .put(name, 7)
            .put("attempts", 0);
    expect(200, result(session, body));
    Row row =
        row(
            "SELECT time_spent_ms, attempts, user_id, game_type FROM game_results WHERE session_id"
                + " = ?",
            session);
    assertThat(row.getInteger(0)).isEqualTo(7);
    assertThat(row.getInteger(1)).isZero();
    assertThat(row.getString(2)).isEqualTo(me);
    assertThat(row.getString(3)).isEqualTo("flashcards");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"isCorrect\":true}",
        "{\"wordId\":5,\"isCorrect\":true}",
        "{\"wordId\":\"$\"}",
        "{\"wordId\":\"$\",\"isCorrect\":\"maybe\"}",
        "{\"wordId\":\"$\",\"isCorrect\":true,\"timeSpentMs\":-1}",
        "{\"wordId\":\"$\",\"isCorrect\":true,\"timeSpentMs\":2147483648}",
        "{\"wordId\":\"$\",\"isCorrect\":true,\"attempts\":-1}",
        "{\"wordId\":\"$\",\"isCorrect\":true,\"clientResultId\":\"\"}",
        "{\"wordId\":\"$\",\"isCorrect\":true,\"clientResultId\":9}",
        "{\"wordId\":\"$\",\"isCorrect\":true,\"metadata\":[]}"
      })
  void wrongResultsAreRefused(String body) {
    String session = start(me, FAMILY, custom()).getString("id");
    refused(
        server.post(
            "/v1/flashcards/sessions/" + session + "/results",
            body.replace("$", words.get(0)),
            as(me)),
        400,
        "VALIDATION_ERROR");
    assertThat(number("SELECT COUNT(*) FROM game_results WHERE session_id = ?", session)).isZero();
  }

  @Test
  void clientResultIdsAreComparedByteForByte() {
    String session = start(me, FAMILY, custom()).getString("id");
    List<String> ids =
        List.of("tap", "TAP", " tap", "tâp", "ta\u0302p", "tap ", "tap  ", "\t", " ", "  ");
    for (String id : ids) {
      JsonObject body = known(words.get(0), true).put("clientResultId", id);
      for (boolean again : new boolean[] {false, true}) {
        assertThat(expect(200, result(session, body)).json().getBoolean("duplicate"))
            .as("'" + id + "'")
            .isEqualTo(again);
      }
    }
    assertThat(number("SELECT COUNT(*) FROM game_results WHERE session_id = ?", session))
        .isEqualTo(ids.size());
    // with a key results go another way, and say the same
    for (String id : ids) {
      JsonObject body = known(words.get(0), true).put("clientResultId", id);
      String key = UUID.randomUUID().toString();
      Answer keyed =
          server.post(
              "/v1/flashcards/sessions/" + session + "/results",
              body,
              "X-User-Id",
              me,
              "Idempotency-Key",
              key);
      assertThat(expect(200, keyed).json().getBoolean("duplicate")).as("'" + id + "'").isTrue();
    }
    JsonObject longest = known(words.get(1), true).put("clientResultId", "r".repeat(127) + " ");
    assertThat(expect(200, result(session, longest)).json().getBoolean("duplicate")).isFalse();
    assertThat(expect(200, result(session, longest)).json().getBoolean("duplicate")).isTrue();
  }

  @Test
  void aClientResultIdOf128CharactersCountsOnce() {
    String session = start(me, FAMILY, custom()).getString("id");
    JsonObject body = known(words.get(0), false).put("clientResultId", "r".repeat(128));
    JsonObject first = expect(200, result(session, body)).json();
    expect(200, result(session, known(words.get(1), true)));
    JsonObject again = expect(200, result(session, body)).json();
    assertThat(again.getBoolean("duplicate")).isTrue();
    assertThat(again.getJsonObject("word")).isEqualTo(first.getJsonObject("word"));
    assertThat(again.getJsonObject("progress")).isEqualTo(progress(2, 3, 1, 1));
    expect(200, complete(session, null));
    assertThat(expect(200, result(session, body)).json().getBoolean("duplicate")).isTrue();
    refused(
        result(session, known(words.get(0), true).put("clientResultId", "other")),
        409,
        "SESSION_COMPLETED");
    refused(
        result(session, body.copy().put("clientResultId", "r".repeat(129))),
        400,
        "VALIDATION_ERROR");
    refused(result(learner(), FAMILY, session, body), 404, "SESSION_NOT_FOUND");
    assertThat(number("SELECT COUNT(*) FROM game_results WHERE session_id = ?", session))
        .isEqualTo(2);
    // in another session it is another result
    String other = start(me, FAMILY, custom()).getString("id");
    assertThat(expect(200, result(other, body)).json().getBoolean("duplicate")).isFalse();
  }

  @Test
  void unknownWordsAreNamed() {
    String session =
        start(me, FAMILY, custom().put("selectedWordIds", new JsonArray().add(words.get(0))))
            .getString("id");
    for (String odd :
        List.of(
            words.get(1), "no-uuid", "", "'; DROP TABLE words; --", "x".repeat(500), "קומקום")) {
      Answer answer = result(session, known(odd, true));
      refused(answer, 400, "UNKNOWN_WORD");
      assertThat(answer.invalidIds()).isEqualTo(List.of(odd));
    }
    assertThat(number("SELECT COUNT(*) FROM game_results WHERE session_id = ?", session)).isZero();
  }

  @Test
  void aWordDeletedMeanwhileIsUnknownAndTheRestGoesOn() {
    String session = start(me, FAMILY, custom()).getString("id");
    expect(200, result(session, known(words.get(0), false)));
    expect(
        204,
        server.call("DELETE", "/v1/word-lists/" + list + "/words/" + words.get(0), null, as(me)));
    refused(result(session, known(words.get(0), true)), 400, "UNKNOWN_WORD");
    expect(200, result(session, known(words.get(1), true)));
    JsonObject resumed =
        expect(200, server.get("/v1/flashcards/sessions/" + session, as(me))).json();
    assertThat(ids(resumed.getJsonArray("words"))).containsExactly(words.get(2), words.get(1));
    assertThat(resumed.getJsonArray("itemIds")).hasSize(3);
    assertThat(resumed.getJsonObject("progress")).isEqualTo(progress(2, 3, 1, 1));
    JsonObject mistakes = server.get("/v1/flashcards/mistakes", as(me)).json();
    assertThat(mistakes.getJsonArray("mistakes")).isEmpty();
    assertThat(mistakes.getJsonObject("pagination").getInteger("total")).isZero();
    refused(
        server.post("/v1/flashcards/sessions", new JsonObject().put("mode", "mistakes"), as(me)),
        400,
        "VALIDATION_ERROR");
    assertThat(number("SELECT COUNT(*) FROM user_mistakes WHERE user_id = ?", me)).isEqualTo(1);
  }

  @Test
  void completionSumsUp() {
    String session = start(me, FAMILY, custom()).getString("id");
    result(session, known(words.get(0), true));
    result(session, known(words.get(1), true));
    result(session, known(words.get(1), false));
    result(session, known(words.get(2), false));
    result(session, known(words.get(2), true));
    JsonObject told = new JsonObject().put("progress", progress(9, 9, 9, 0));
    JsonObject completed = expect(200, complete(session, told)).json();
    assertThat(completed.getString("status")).isEqualTo("completed");
    assertThat(completed.getJsonArray("words")).isEmpty();
    assertThat(completed.getJsonObject("progress")).isEqualTo(progress(3, 3, 3, 2));
    assertThat(completed.getJsonArray("masteredWordIds"))
        .containsExactlyInAnyOrder(words.get(0), words.get(2));
    assertThat(completed.getJsonArray("needsPracticeWordIds")).containsExactly(words.get(1));
    assertThat(completed.getString("completedAt")).isNotNull();
    Row row = row("SELECT final_score, metadata FROM game_sessions WHERE id = ?", session);
    assertThat(row.getDouble(0)).isEqualTo(60.0);
    assertThat(new JsonObject(row.getValue(1).toString()).getJsonObject("clientSummary"))
        .isEqualTo(progress(9, 9, 9, 0));
    JsonObject later = expect(200, server.get("/v1/flashcards/sessions/" + session, as(me))).json();
    assertThat(later.getJsonArray("words")).hasSize(3);
    assertThat(later.getJsonArray("masteredWordIds"))
        .isEqualTo(completed.getJsonArray("masteredWordIds"));
    assertThat(later.getString("completedAt")).isEqualTo(completed.getString("completedAt"));
    refused(complete(session, null), 409, "SESSION_COMPLETED");
    refused(result(session, known(words.get(0), true)), 409, "SESSION_COMPLETED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"progress\":{}}"})
  void completionNeedsNoBodyAndNoResults(String body) {
    String session = start(me, FAMILY, custom()).getString("id");
    JsonObject completed =
        expect(
                200,
                server.call(
                    "POST",
                    "/v1/flashcards/sessions/" + session + "/complete",
                    body,
                    "X-User-Id",
                    me,
                    "Content-Type",
                    "application/json"))
            .json();
    assertThat(completed.getJsonObject("progress")).isEqualTo(progress(0, 3, 0, 0));
    assertThat(completed.getJsonArray("masteredWordIds")).isEmpty();
  }

  @Test
  void mistakesCountUpAndAreWorkedOff() {
    String session = start(me, FAMILY, custom()).getString("id");
    result(session, known(words.get(0), false));
    result(session, known(words.get(1), false));
    result(session, known(words.get(0), false));
    JsonObject page = expect(200, server.get("/v1/flashcards/mistakes", as(me))).json();
    assertThat(page.getJsonArray("data")).isEqualTo(page.getJsonArray("mistakes"));
    assertThat(page.getJsonObject("pagination"))
        .isEqualTo(new JsonObject().put("page", 1).put("limit", 50).put("total", 2));
    JsonObject newest = page.getJsonArray("data").getJsonObject(0);
    assertThat(newest.getString("itemId")).isEqualTo(words.get(0));
    assertThat(newest.getInteger("mistakeCount")).isEqualTo(2);
    assertThat(newest.getString("word")).isEqualTo("kettle");
    assertThat(newest.getString("translation")).isEqualTo("t-kettle");
    assertThat(newest.getValue("userAnswer")).isNull();
    assertThat(newest.fieldNames())
        .contains("correctAnswer", "lastAnsweredAt")
        .doesNotContain("item_id");
    assertThat(
            ids(start(me, FAMILY, new JsonObject().put("mode", "mistakes")).getJsonArray("words")))
        .containsExactly(words.get(0), words.get(1));
    result(session, known(words.get(0), true));
    result(session, known(words.get(1), true));
    JsonArray left = server.get("/v1/flashcards/mistakes", as(me)).json().getJsonArray("data");
    assertThat(left).hasSize(1);
    assertThat(left.getJsonObject(0).getInteger("mistakeCount")).isEqualTo(1);
    assertThat(
            server
                .get("/v1/flashcards/mistakes?limit=1&page=2", as(me))
                .json()
                .getJsonArray("data"))
        .isEmpty();
    refused(server.get("/v1/flashcards/mistakes?limit=101", as(me)), 400, "VALIDATION_ERROR");
    assertThat(
            server
                .get("/api/v1/flashcards/mistakes?limit=101", as(me))
                .json()
                .getJsonObject("pagination")
                .getInteger("limit"))
        .isEqualTo(100);
  }

  @Test
  void statsAreWholeNumbersAndNested() {
    JsonObject none = expect(200, server.get("/v1/flashcards/stats/me", as(me))).json();
    assertThat(none.getInteger("totalSessions")).isZero();
    assertThat(none.getInteger("accuracy")).isZero();
    assertThat(none.getJsonObject("totals").getDouble("avg_score")).isZero();
    String session = start(me, FAMILY, custom()).getString("id");
    result(session, known(words.get(0), true));
    result(session, known(words.get(1), true));
    result(session, known(words.get(2), false));
    complete(session, null);
    result(start(me, FAMILY, custom()).getString("id"), known(words.get(0), false));
    JsonObject stats = server.get("/v1/flashcards/stats/me", as(me)).json();
    assertThat(stats.fieldNames())
        .containsExactlyInAnyOrder(
            "totalSessions",
            "completedSessions",
            "totalCorrect",
            "totalIncorrect",
            "accuracy",
            "totals");
    assertThat(stats.getValue("totalSessions")).isEqualTo(2);
    assertThat(stats.getValue("completedSessions")).isEqualTo(1);
    assertThat(stats.getValue("totalCorrect")).isEqualTo(2);
    assertThat(stats.getValue("totalIncorrect")).isEqualTo(2);
    assertThat(stats.getValue("accuracy")).isEqualTo(50);
    assertThat(stats.getJsonObject("totals"))
        .isEqualTo(
            new JsonObject()
                .put("sessions", 2)
                .put("completedSessions", 1)
                .put("wordsStudied", 4)
                .put("total_sessions", 2)
                .put("completed_sessions", 1)
                .put("avg_score", 66.67)
                .put("total_correct", 2)
                .put("total_incorrect", 2));
    assertThat(
            server.get("/api/v1/flashcards/stats/me", as(me)).json().getInteger("total_sessions"))
        .isEqualTo(2);
  }
}
