package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** B1 to B8 with the learner's own lists. */
class FlashcardSessionsTest extends SessionTest {
  private static final String FAMILY = "flashcards";
  private String me;
  private String list;
  private List<String> words;

  @BeforeEach
  void kitchen() {
    me = learner();
    list = list(me, "Kitchen");
    words = words(me, list, "kettle", "ladle", "sieve");
  }

  private JsonObject custom() {
    return new JsonObject().put("wordListId", list);
  }

  private Answer result(String session, JsonObject body) {
    return result(me, FAMILY, session, body);
  }

  private Answer complete(String session, Object body) {
    return server.post("/v1/flashcards/sessions/" + session + "/complete", body, as(me));
  }

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
    assertThat(
            answer
                .json()
                .getJsonObject("error")
                .getJsonObject("details")
                .getJsonArray("invalidIds"))
        .containsExactly(other, "x'--");
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
    for (String id : List.of("tap", "TAP", " tap", "tâp", "ta\u0302p")) {
      JsonObject body = known(words.get(0), true).put("clientResultId", id);
      for (boolean again : new boolean[] {false, true}) {
        assertThat(expect(200, result(session, body)).json().getBoolean("duplicate"))
            .as("'" + id + "'")
            .isEqualTo(again);
      }
    }
    // the database, which pads when it compares, would take it for the first one
    Answer padded = result(session, known(words.get(0), true).put("clientResultId", "tap "));
    refused(padded, 400, "VALIDATION_ERROR");
    assertThat(padded.firstField()).startsWith("clientResultId must be 1 to 128 characters");
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
  void unknownWordsAreNamed() {
    String session =
        start(me, FAMILY, custom().put("selectedWordIds", new JsonArray().add(words.get(0))))
            .getString("id");
    for (String odd :
        List.of(
            words.get(1), "no-uuid", "", "'; DROP TABLE words; --", "x".repeat(500), "קומקום")) {
      Answer answer = result(session, known(odd, true));
      refused(answer, 400, "UNKNOWN_WORD");
      assertThat(
              answer
                  .json()
                  .getJsonObject("error")
                  .getJsonObject("details")
                  .getJsonArray("invalidIds"))
          .containsExactly(odd);
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
