package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C1 to C4 and C6 to C8. */
class SpellingSessionsTest extends SessionTest {
  private static final String FAMILY = "spelling";
  private String me;
  private String list;
  private List<String> words;

  @BeforeEach
  void kitchen() {
    me = learner();
    list = list(me, "Kitchen");
    words = words(me, list, "Kettle", "ice cream", "crème");
  }

  private JsonObject typed(String word, Object answer) {
    return new JsonObject().put("wordId", word).put("userAnswer", answer).put("timeSpentMs", 900);
  }

  private String session() {
    return start(me, FAMILY, new JsonObject().put("wordListId", list)).getString("id");
  }

  @Test
  void aSessionDrawsEightWordsAtRandom() {
    String big = list(me, "Big");
    List<String> many = words(me, big, "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "a10");
    Answer answer =
        expect(
            201,
            server.post(
                "/v1/spelling/sessions",
                new JsonObject().put("wordListId", big).put("prefetchAudio", true),
                as(me)));
    assertThat(answer.header("Location"))
        .isEqualTo("/v1/spelling/sessions/" + answer.json().getString("id"));
    assertThat(answer.json().getString("gameType")).isEqualTo("spelling_bee");
    assertThat(answer.json().getString("mode")).isEqualTo("custom");
    assertThat(answer.json().getJsonArray("words")).hasSize(8);
    assertThat(many).containsAll(ids(answer.json().getJsonArray("words")));
    assertThat(
            start(
                    me,
                    FAMILY,
                    new JsonObject()
                        .put("wordListId", big)
                        .put("selectedWordIds", new JsonArray(many)))
                .getJsonArray("words"))
        .hasSize(10);
    JsonObject ordered =
        start(
            me,
            FAMILY,
            new JsonObject()
                .put("wordListId", big)
                .put("selectedWordIds", new JsonArray(many))
                .put("shuffle", false));
    assertThat(ids(ordered.getJsonArray("words"))).isEqualTo(many);
    assertThat(server.get("/v1/spelling/sessions/" + ordered.getString("id"), as(me)).json())
        .isEqualTo(ordered);
  }

  @Test
  void startsThatCannotBeAreRefused() {
    refused(
        server.post("/v1/spelling/sessions", new JsonObject(), as(me)), 400, "VALIDATION_ERROR");
    refused(
        server.post(
            "/v1/spelling/sessions",
            new JsonObject().put("mode", "lesson").put("lessonId", "x"),
            as(me)),
        400,
        "VALIDATION_ERROR");
    refused(
        server.post("/v1/spelling/sessions", new JsonObject().put("mode", "mistakes"), as(me)),
        400,
        "VALIDATION_ERROR");
    refused(
        server.post(
            "/v1/spelling/sessions", new JsonObject().put("wordListId", list), as(learner())),
        404,
        "WORD_LIST_NOT_FOUND");
    refused(
        server.post(
            "/v1/spelling/sessions",
            new JsonObject()
                .put("wordListId", list)
                .put("selectedWordIds", new JsonArray().add("x")),
            as(me)),
        400,
        "UNKNOWN_WORD");
    refused(
        server.post("/v1/spelling/sessions", new JsonObject().put("wordListId", list)),
        401,
        "UNAUTHORIZED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Kettle", "kettle", "  KETTLE\t", "kEttle\n"})
  void theServerAcceptsWhatIsSpeltRight(String answer) {
    JsonObject recorded =
        expect(
                200,
                result(me, FAMILY, session(), typed(words.get(0), answer).put("isCorrect", false)))
            .json();
    assertThat(recorded.getBoolean("isCorrect")).isTrue();
    assertThat(recorded.getString("correctAnswer")).isEqualTo("Kettle");
    assertThat(recorded.getJsonObject("progress")).isEqualTo(progress(1, 3, 1, 0));
    assertThat(recorded.getJsonObject("word").getInteger("correctCount")).isEqualTo(1);
    Row row = row("SELECT user_answer, metadata FROM game_results WHERE user_id = ?", me);
    assertThat(row.getString(0)).isEqualTo(answer);
    assertThat(new JsonObject(row.getValue(1).toString()).getBoolean("clientIsCorrect")).isFalse();
  }

  @Test
  void whiteSpaceInsideAndComposedAccentsAreTheSame() {
    String session = session();
    assertThat(
            result(me, FAMILY, session, typed(words.get(1), "Ice \u00a0 Cream"))
                .json()
                .getBoolean("isCorrect"))
        .isTrue();
    assertThat(
            result(me, FAMILY, session, typed(words.get(1), "icecream"))
                .json()
                .getBoolean("isCorrect"))
        .isFalse();
    assertThat(
            result(me, FAMILY, session, typed(words.get(2), "CRE\u0300ME"))
                .json()
                .getBoolean("isCorrect"))
        .isTrue();
    assertThat(
            result(me, FAMILY, session, typed(words.get(2), "creme"))
                .json()
                .getBoolean("isCorrect"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"userAnswer\":\"ketle\",\"isCorrect\":true}",
        "{\"userAnswer\":\"\"}",
        "{\"userAnswer\":null,\"isCorrect\":true}",
        "{\"isCorrect\":true}",
        "{}",
        "{\"userAnswer\":\"[skipped]\"}",
        "{\"skipped\":true}",
        "{\"userAnswer\":\"Kettle\",\"skipped\":true}",
        "{\"userAnswer\":\" \"}"
      })
  void everythingElseIsWrongAndAMistake(String body) {
    String session = session();
    JsonObject recorded =
        expect(200, result(me, FAMILY, session, new JsonObject(body).put("word_id", words.get(0))))
            .json();
    assertThat(recorded.getBoolean("isCorrect")).isFalse();
    assertThat(recorded.getJsonObject("progress")).isEqualTo(progress(1, 3, 0, 1));
    assertThat(recorded.getJsonObject("word").getInteger("practiceCount")).isEqualTo(1);
    assertThat(number("SELECT skipped FROM game_results WHERE session_id = ?", session))
        .isEqualTo(body.contains("skipped") ? 1 : 0);
    JsonObject mistake =
        expect(200, server.get("/v1/spelling/mistakes", as(me)))
            .json()
            .getJsonArray("mistakes")
            .getJsonObject(0);
    assertThat(mistake.getString("correctAnswer")).isEqualTo("Kettle");
    assertThat(mistake.getString("userAnswer"))
        .isEqualTo(new JsonObject(body).getString("userAnswer"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"userAnswer\":5}",
        "{\"skipped\":\"often\"}",
        "{\"attempts\":1.5}",
        "{\"timeSpentMs\":\"long\"}"
      })
  void wrongResultsAreRefused(String body) {
    refused(
        result(me, FAMILY, session(), new JsonObject(body).put("wordId", words.get(0))),
        400,
        "VALIDATION_ERROR");
    refused(
        result(me, FAMILY, session(), typed(words.get(0), "x".repeat(1001))),
        400,
        "VALIDATION_ERROR");
    refused(result(me, FAMILY, session(), typed("nope", "x")), 400, "UNKNOWN_WORD");
  }

  @Test
  void duplicatesAnswerWhatWasJudgedFirst() {
    String session = session();
    expect(
        200,
        result(me, FAMILY, session, typed(words.get(0), "ketle").put("clientResultId", "one")));
    JsonObject again =
        expect(
                200,
                result(
                    me,
                    FAMILY,
                    session,
                    typed(words.get(0), "kettle").put("clientResultId", "one")))
            .json();
    assertThat(again.getBoolean("duplicate")).isTrue();
    assertThat(again.getBoolean("isCorrect")).isFalse();
    assertThat(again.getString("correctAnswer")).isEqualTo("Kettle");
    assertThat(again.getJsonObject("progress")).isEqualTo(progress(1, 3, 0, 1));
  }

  @Test
  void mistakesShowTheLastWrongAnswerAndCanBePlayed() {
    String session = session();
    result(me, FAMILY, session, typed(words.get(0), "ketle"));
    result(me, FAMILY, session, typed(words.get(1), "ice crem"));
    result(me, FAMILY, session, typed(words.get(0), "kettel"));
    JsonObject page = expect(200, server.get("/v1/spelling/mistakes", as(me))).json();
    assertThat(page.getJsonObject("pagination"))
        .isEqualTo(new JsonObject().put("page", 1).put("limit", 20).put("total", 2));
    JsonObject first = page.getJsonArray("data").getJsonObject(0);
    assertThat(first.fieldNames())
        .containsExactlyInAnyOrder(
            "itemId",
            "userAnswer",
            "correctAnswer",
            "selectedAnswers",
            "errorType",
            "mistakeCount",
            "lastAnsweredAt",
            "word",
            "translation");
    assertThat(first.getString("userAnswer")).isEqualTo("kettel");
    assertThat(first.getInteger("mistakeCount")).isEqualTo(2);
    JsonObject legacy =
        server
            .get("/api/v1/spelling/mistakes?user_id=" + me)
            .json()
            .getJsonArray("mistakes")
            .getJsonObject(0);
    assertThat(legacy.getString("item_id")).isEqualTo(words.get(0));
    assertThat(legacy.getString("item_type")).isEqualTo("spelling_bee");
    assertThat(legacy.getString("mistake_type")).isEqualTo("incorrect");
    assertThat(legacy.getString("user_answer")).isEqualTo("kettel");
    assertThat(legacy.getString("correct_answer")).isEqualTo("Kettle");
    assertThat(legacy.getString("id")).matches("[0-9]+");
    assertThat(legacy.containsKey("created_at")).isTrue();
    assertThat(
            ids(start(me, FAMILY, new JsonObject().put("mode", "mistakes")).getJsonArray("words")))
        .containsExactly(words.get(0), words.get(1));
    result(me, FAMILY, session, typed(words.get(1), "ice cream"));
    assertThat(server.get("/v1/spelling/mistakes", as(me)).json().getInteger("count")).isEqualTo(1);
    // flashcards have mistakes of their own
    assertThat(server.get("/v1/flashcards/mistakes", as(me)).json().getInteger("count")).isZero();
  }

  @Test
  void completionAndStatistics() {
    String session = session();
    result(me, FAMILY, session, typed(words.get(0), "kettle"));
    result(me, FAMILY, session, typed(words.get(1), "nonsense"));
    JsonObject completed =
        expect(200, server.post("/v1/spelling/sessions/" + session + "/complete", null, as(me)))
            .json();
    assertThat(completed.getJsonArray("masteredWordIds")).containsExactly(words.get(0));
    assertThat(completed.getJsonArray("needsPracticeWordIds")).containsExactly(words.get(1));
    refused(
        server.post("/v1/spelling/sessions/" + session + "/complete", null, as(me)),
        409,
        "SESSION_COMPLETED");
    JsonObject stats = expect(200, server.get("/v1/spelling/stats/me", as(me))).json();
    assertThat(stats.getInteger("totalSessions")).isEqualTo(1);
    assertThat(stats.getInteger("accuracy")).isEqualTo(50);
    assertThat(server.get("/v1/flashcards/stats/me", as(me)).json().getInteger("totalSessions"))
        .isZero();
  }

  @Test
  void wordsAreDrawnFromMyListsOnly() {
    word(learner2(), list(learner2(), "Foreign"), "alien");
    JsonObject drawn =
        expect(200, server.get("/v1/spelling/words?user_id=" + me + "&class_id=class-77&limit=2"))
            .json();
    assertThat(drawn.getBoolean("success")).isTrue();
    assertThat(drawn.getJsonArray("words")).hasSize(2).isEqualTo(drawn.getJsonArray("data"));
    assertThat(words).containsAll(ids(drawn.getJsonArray("words")));
    assertThat(drawn.getJsonObject("pagination").getInteger("total")).isEqualTo(3);
    assertThat(drawn.getJsonArray("words").getJsonObject(0).getString("list_name"))
        .isEqualTo("Kitchen");
    assertThat(drawn.getJsonArray("words").getJsonObject(0).getString("word_list_id"))
        .isEqualTo(list);
    assertThat(
            server
                .get("/api/v1/spelling/words?class_id=other", as(me))
                .json()
                .getJsonArray("words"))
        .isEmpty();
    assertThat(server.get("/v1/spelling/words?limit=1000", as(me)).json().getJsonArray("words"))
        .hasSize(3);
    assertThat(
            server.get("/v1/spelling/words?difficulty=hard", as(me)).json().getJsonArray("words"))
        .isEmpty();
    refused(server.get("/v1/spelling/words"), 401, "UNAUTHORIZED");
  }

  private String other;

  private String learner2() {
    other = other == null ? learner() : other;
    return other;
  }

  @Test
  void pagesOfSpellingWordsGoThroughAllOfThemOnce() {
    List<String> all = new ArrayList<>(words);
    all.addAll(words(me, list(me, "Garden"), "spade", "rake", "hose", "seed"));
    List<String> drawn = new ArrayList<>();
    for (int page = 1; page <= 3; page++) {
      JsonObject answer =
          expect(200, server.get("/v1/spelling/words?limit=3&page=" + page, as(me))).json();
      assertThat(answer.getJsonObject("pagination"))
          .isEqualTo(new JsonObject().put("page", page).put("limit", 3).put("total", 7));
      assertThat(answer.getInteger("count")).isEqualTo(page < 3 ? 3 : 1);
      drawn.addAll(ids(answer.getJsonArray("words")));
    }
    assertThat(drawn).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
    assertThat(server.get("/v1/spelling/words?limit=3&page=4", as(me)).json().getJsonArray("words"))
        .isEmpty();
    assertThat(
            ids(
                server
                    .get("/v1/spelling/words?page=1&limit=7", as(me))
                    .json()
                    .getJsonArray("words")))
        .isEqualTo(drawn);
    // without a page: not always the same
    assertThat(
            IntStream.range(0, 12)
                .mapToObj(
                    i -> ids(server.get("/v1/spelling/words", as(me)).json().getJsonArray("words")))
                .distinct()
                .count())
        .isGreaterThan(1);
  }
}
