package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** U1 to U8: all games through one interface, as first-generation clients call it. */
class UniversalSessionsTest extends SessionTest {
  private String me;
  private String list;
  private List<String> words;

  @BeforeEach
  void kitchen() {
    me = learner();
    list = list(me, "Kitchen");
    words = words(me, list, "kettle", "ladle");
  }

  private JsonObject startBody(String game) {
    return new JsonObject()
        .put("user_id", me)
        .put("game_type", game)
        .put("class_id", "class-77")
        .put("item_ids", new JsonArray(words));
  }

  private JsonObject begin(JsonObject body) {
    return expect(201, server.post("/v1/sessions/start", body)).json();
  }

  private Answer answer(String session, String item, boolean correct) {
    return server.post(
        "/v1/sessions/" + session + "/result?user_id=" + me,
        new JsonObject()
            .put("item_id", item)
            .put("is_correct", correct)
            .put("attempts", 1)
            .put("time_spent_ms", 10));
  }

  private Answer complete(String session, JsonObject body) {
    return server.post("/v1/sessions/" + session + "/complete?user_id=" + me, body);
  }

  @Test
  void aSessionStartsWithTheBodysIdentity() {
    Answer answer =
        expect(
            201,
            server.post(
                "/api/v1/sessions/start", startBody("flashcard").put("reference_id", list)));
    JsonObject started = answer.json();
    assertThat(answer.header("Location")).isEqualTo("/v1/sessions/" + started.getString("id"));
    assertThat(started.getBoolean("success")).isTrue();
    assertThat(started.getString("message")).isEqualTo("Session started");
    assertThat(started.getString("user_id")).isEqualTo(me);
    assertThat(started.getString("game_type")).isEqualTo("flashcards");
    assertThat(started.getString("mode")).isEqualTo("lesson");
    assertThat(started.getInteger("total_items")).isEqualTo(2);
    assertThat(started.getInteger("progress_total")).isEqualTo(2);
    assertThat(started.getString("class_id")).isEqualTo("class-77");
    assertThat(started.getString("reference_id")).isEqualTo(list);
    assertThat(started.getString("word_list_id")).isEqualTo(list);
    assertThat(ids(started.getJsonArray("words"))).isEqualTo(words);
    JsonObject read =
        expect(200, server.get("/v1/sessions/" + started.getString("id") + "?user_id=" + me))
            .json();
    assertThat(read.getString("started_at")).isEqualTo(started.getString("started_at"));
    assertThat(read.getJsonArray("item_ids")).isEqualTo(new JsonArray(words));
    // the same session under its game's own family, and not under another's
    expect(200, server.get("/v1/flashcards/sessions/" + started.getString("id"), as(me)));
    refused(
        server.get("/v1/spelling/sessions/" + started.getString("id"), as(me)),
        404,
        "SESSION_NOT_FOUND");
    refused(
        server.get("/v1/sessions/" + started.getString("id"), as(learner())),
        404,
        "SESSION_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chess", "", "FLASH"})
  void unknownGamesAreRefused(String game) {
    refused(server.post("/v1/sessions/start", startBody(game)), 400, "VALIDATION_ERROR");
  }

  @Test
  void startsThatCannotBeAreRefused() {
    refused(
        server.post("/v1/sessions/start", new JsonObject().put("user_id", me)),
        400,
        "VALIDATION_ERROR");
    refused(
        server.post("/v1/sessions/start", new JsonObject().put("game_type", "spelling")),
        401,
        "UNAUTHORIZED");
    refused(
        server.post("/v1/sessions/start", startBody("flashcards"), as(learner())),
        403,
        "FORBIDDEN");
    refused(
        server.post("/v1/sessions/start", startBody("flashcards").put("mode", "m".repeat(51))),
        400,
        "VALIDATION_ERROR");
    refused(
        server.post(
            "/v1/sessions/start", startBody("flashcards").put("reference_id", "r".repeat(65))),
        400,
        "VALIDATION_ERROR");
    refused(
        server.post("/v1/sessions/start", startBody("flashcards").put("item_ids", "all")),
        400,
        "VALIDATION_ERROR");
    String foreign = word(learner(), null);
    Answer unknown =
        server.post(
            "/v1/sessions/start",
            startBody("spelling").put("item_ids", new JsonArray().add(words.get(0)).add(foreign)));
    refused(unknown, 400, "UNKNOWN_WORD");
    assertThat(unknown.invalidIds()).isEqualTo(List.of(foreign));
  }

  private String word(String stranger, String none) {
    return word(stranger, list(stranger, "Theirs"), "alien");
  }

  /**
   * A result's word is locked by its id among the session's, without a look at its owner: so no way
   * of starting, playing or finding a session may bring a stranger's word into one.
   */
  @Test
  void noWayLeadsToAStrangersWord() {
    String stranger = learner();
    String theirs = list(stranger, "Theirs");
    String alien = word(stranger, theirs, "alien");
    for (String game : List.of("flashcards", "spelling")) {
      for (JsonObject start :
          List.of(
              new JsonObject().put("selectedWordIds", new JsonArray().add(alien)),
              new JsonObject()
                  .put("wordListId", list)
                  .put("selectedWordIds", new JsonArray().add(alien)),
              new JsonObject().put("wordListId", theirs))) {
        assertThat(
                server
                    .post("/v1/" + game + "/sessions", start.put("mode", "custom"), as(me))
                    .status())
            .as(game + " " + start)
            .isBetween(400, 404);
      }
      refused(
          server.post(
              "/v1/sessions/start", startBody(game).put("item_ids", new JsonArray().add(alien))),
          400,
          "UNKNOWN_WORD");
      JsonObject open = startBody(game);
      open.remove("item_ids");
      open.remove("reference_id");
      String session = begin(open).getString("id");
      for (int attempt = 0; attempt < 2; attempt++) {
        refused(answer(session, alien, false), 400, "UNKNOWN_WORD");
      }
      expect(200, answer(session, words.get(0), false));
      refused(answer(session, alien, true), 400, "UNKNOWN_WORD");
      assertThat(
              number(
                  "SELECT JSON_CONTAINS(item_order, JSON_QUOTE('"
                      + alien
                      + "')) FROM game_sessions"
                      + " WHERE id = ?",
                  session))
          .isZero();
    }
    assertThat(
            number(
                "SELECT COUNT(*) FROM game_sessions WHERE user_id = '"
                    + me
                    + "' AND JSON_CONTAINS(item_order, JSON_QUOTE(?))",
                alien))
        .isZero();
    assertThat(number("SELECT practice_count FROM words WHERE id = ?", alien)).isZero();
    assertThat(number("SELECT COUNT(*) FROM game_results WHERE item_id = ?", alien)).isZero();
    assertThat(number("SELECT COUNT(*) FROM user_mistakes WHERE item_id = ?", alien)).isZero();
  }

  @Test
  void resultsCountWordsAndMistakes() {
    String session = begin(startBody("flashcards")).getString("id");
    JsonObject wrong = expect(200, answer(session, words.get(0), false)).json();
    assertThat(wrong.getBoolean("recorded")).isTrue();
    assertThat(wrong.getBoolean("success")).isTrue();
    assertThat(wrong.getBoolean("ok")).isTrue();
    assertThat(wrong.getBoolean("duplicate")).isFalse();
    assertThat(wrong.getString("id")).matches("[0-9]+");
    assertThat(wrong.getJsonObject("progress")).isEqualTo(progress(1, 2, 0, 1));
    assertThat(number("SELECT practice_count FROM words WHERE id = ?", words.get(0))).isEqualTo(1);
    assertThat(number("SELECT COUNT(*) FROM user_mistakes WHERE user_id = ?", me)).isEqualTo(1);
    expect(200, answer(session, words.get(0), true));
    assertThat(number("SELECT COUNT(*) FROM user_mistakes WHERE user_id = ?", me)).isZero();
    JsonObject keyed =
        new JsonObject()
            .put("item_id", words.get(1))
            .put("is_correct", true)
            .put("client_result_id", "c1");
    expect(200, server.post("/v1/sessions/" + session + "/result", keyed, as(me)));
    assertThat(
            expect(200, server.post("/v1/sessions/" + session + "/result", keyed, as(me)))
                .json()
                .getBoolean("duplicate"))
        .isTrue();
    refused(answer(session, "nope", true), 400, "UNKNOWN_WORD");
    refused(
        server.post(
            "/v1/sessions/" + session + "/result",
            new JsonObject().put("item_id", words.get(0)),
            as(me)),
        400,
        "VALIDATION_ERROR");
    refused(
        server.post(
            "/v1/sessions/" + session + "/result",
            new JsonObject().put("is_correct", true),
            as(me)),
        400,
        "VALIDATION_ERROR");
    refused(
        server.post("/v1/sessions/" + session + "/result", keyed, as(learner())),
        404,
        "SESSION_NOT_FOUND");
    refused(server.post("/v1/sessions/nope/result", keyed, as(me)), 404, "SESSION_NOT_FOUND");
  }

  @Test
  void anAnswerInTheMetadataIsJudgedHere() {
    String session = begin(startBody("spelling_bee")).getString("id");
    JsonObject body = new JsonObject().put("item_id", words.get(0)).put("is_correct", true);
    assertThat(
            expect(200, server.post("/v1/sessions/" + session + "/result", body, as(me)))
                .json()
                .getBoolean("is_correct"))
        .isTrue();
    JsonObject told =
        body.copy()
            .put("metadata", new JsonObject().put("user_answer", "cattle").put("device", "tablet"));
    JsonObject judged =
        expect(200, server.post("/v1/sessions/" + session + "/result", told, as(me))).json();
    assertThat(judged.getBoolean("isCorrect")).isFalse();
    assertThat(judged.getJsonObject("progress")).isEqualTo(progress(2, 2, 1, 1));
    var row =
        row(
            "SELECT user_answer, metadata FROM game_results WHERE session_id = ? ORDER BY id DESC"
                + " LIMIT 1",
            session);
    assertThat(row.getString(0)).isEqualTo("cattle");
    assertThat(new JsonObject(row.getValue(1).toString()))
        .isEqualTo(
            new JsonObject()
                .put("user_answer", "cattle")
                .put("device", "tablet")
                .put("clientIsCorrect", true));
  }

  @Test
  void aSessionWithoutItemsTakesWhatIsAnswered() {
    String session =
        begin(new JsonObject().put("user_id", me).put("game_type", "flashcards")).getString("id");
    assertThat(expect(200, answer(session, words.get(0), true)).json().getJsonObject("progress"))
        .isEqualTo(progress(1, 1, 1, 0));
    assertThat(expect(200, answer(session, words.get(1), false)).json().getJsonObject("progress"))
        .isEqualTo(progress(2, 2, 1, 1));
    refused(answer(session, "nope", true), 400, "UNKNOWN_WORD");
    JsonObject read = server.get("/v1/sessions/" + session, as(me)).json();
    assertThat(read.getJsonArray("item_ids").getList()).isEqualTo(words);
    assertThat(ids(read.getJsonArray("words"))).isEqualTo(words);
  }

  @Test
  void completionTrustsResultsBeforeTheClient() {
    String session = begin(startBody("flashcards")).getString("id");
    answer(session, words.get(0), true);
    JsonObject done =
        expect(
                200,
                complete(
                    session,
                    new JsonObject()
                        .put("final_score", 12.5)
                        .put("correct_count", 9)
                        .put("incorrect_count", 9)))
            .json();
    JsonObject outcome = done.getJsonObject("session");
    assertThat(done.getBoolean("success")).isTrue();
    assertThat(done.getString("message")).isEqualTo("Session completed");
    assertThat(outcome.getDouble("score")).isEqualTo(100.0);
    assertThat(outcome.getInteger("correct")).isEqualTo(1);
    assertThat(outcome.getInteger("incorrect")).isZero();
    assertThat(outcome.getString("status")).isEqualTo("completed");
    assertThat(outcome.getString("completed_at")).isNotNull();
    assertThat(expect(200, complete(session, null)).json()).isEqualTo(done);
    assertThat(expect(200, complete(session, new JsonObject().put("final_score", 1))).json())
        .isEqualTo(done);
    refused(answer(session, words.get(0), true), 409, "SESSION_COMPLETED");
    refused(complete("nope", null), 404, "SESSION_NOT_FOUND");
    refused(complete(session, new JsonObject().put("final_score", 101)), 400, "VALIDATION_ERROR");
    refused(complete(session, new JsonObject().put("correct_count", -1)), 400, "VALIDATION_ERROR");
  }

  @Test
  void offlinePlayIsTakenOver() {
    String session = begin(startBody("flashcards")).getString("id");
    JsonObject outcome =
        expect(
                200,
                complete(
                    session,
                    new JsonObject()
                        .put("final_score", 66.7)
                        .put("correct_count", 2)
                        .put("incorrect_count", 1)))
            .json()
            .getJsonObject("session");
    assertThat(outcome.getDouble("score")).isEqualTo(66.7);
    assertThat(outcome.getInteger("correct")).isEqualTo(2);
    assertThat(outcome.getInteger("incorrect")).isEqualTo(1);
    JsonObject contradicted =
        expect(
                200,
                complete(
                    begin(startBody("flashcards")).getString("id"),
                    new JsonObject()
                        .put("final_score", 99)
                        .put("correct_count", 1)
                        .put("incorrect_count", 1)))
            .json()
            .getJsonObject("session");
    assertThat(contradicted.getDouble("score")).isEqualTo(50.0);
  }

  @Test
  void offlinePlayCountsInEveryStatistic() {
    expect(
        200,
        complete(
            begin(startBody("flashcards")).getString("id"),
            new JsonObject().put("correct_count", 2).put("incorrect_count", 1)));
    JsonObject game = server.get("/v1/flashcards/stats/me", as(me)).json();
    assertThat(game.getInteger("totalCorrect")).isEqualTo(2);
    assertThat(game.getInteger("totalIncorrect")).isEqualTo(1);
    assertThat(game.getInteger("accuracy")).isEqualTo(67);
    assertThat(game.getInteger("completedSessions")).isEqualTo(1);
    assertThat(game.getJsonObject("totals").getInteger("total_correct")).isEqualTo(2);
    JsonObject all = server.get("/v1/stats/me", as(me)).json();
    JsonObject line = all.getJsonArray("game_stats").getJsonObject(0);
    assertThat(line.getInteger("total_correct")).isEqualTo(2);
    assertThat(line.getInteger("total_incorrect")).isEqualTo(1);
    JsonObject totals = server.get("/v1/progress/" + me).json().getJsonObject("totals");
    assertThat(totals.getInteger("correct")).isEqualTo(2);
    assertThat(totals.getDouble("average_score")).isEqualTo(66.67);
    // nothing was answered, so no word was practised
    assertThat(
            server
                .get("/v1/word-lists/" + list + "/words/" + words.get(0), as(me))
                .json()
                .getInteger("practiceCount"))
        .isZero();
  }

  @Test
  void progressTellsTotalsOfAllPages() {
    for (int i = 0; i < 3; i++) {
      String session = begin(startBody(i == 2 ? "spelling" : "flashcards")).getString("id");
      answer(session, words.get(0), true);
      answer(session, words.get(1), i == 0);
      expect(200, complete(session, null));
    }
    begin(startBody("flashcards"));
    JsonObject page = expect(200, server.get("/v1/progress/" + me + "?limit=2")).json();
    assertThat(page.getJsonArray("sessions")).hasSize(2).isEqualTo(page.getJsonArray("data"));
    assertThat(page.getInteger("count")).isEqualTo(2);
    assertThat(page.getJsonObject("totals"))
        .isEqualTo(
            new JsonObject()
                .put("sessions", 3)
                .put("correct", 4)
                .put("incorrect", 2)
                .put("average_score", 66.67));
    assertThat(page.getJsonObject("pagination").getInteger("total")).isEqualTo(3);
    JsonObject newest = page.getJsonArray("sessions").getJsonObject(0);
    assertThat(newest.getString("game_type")).isEqualTo("spelling_bee");
    assertThat(newest.getString("class_id")).isEqualTo("class-77");
    assertThat(newest.getDouble("final_score")).isEqualTo(50.0);
    assertThat(newest.getInteger("correct_count")).isEqualTo(1);
    assertThat(newest.fieldNames())
        .contains("started_at", "completed_at", "mode", "incorrect_count");
    JsonObject flashcards = server.get("/v1/progress/" + me + "?game_type=flashcard&page=9").json();
    assertThat(flashcards.getJsonArray("sessions")).isEmpty();
    assertThat(flashcards.getJsonObject("totals").getInteger("sessions")).isEqualTo(2);
    refused(server.get("/v1/progress/" + me + "?game_type=chess"), 400, "VALIDATION_ERROR");
    refused(server.get("/v1/progress/" + me, as(learner())), 403, "FORBIDDEN");
    assertThat(
            server
                .get("/v1/progress/" + learner())
                .json()
                .getJsonObject("totals")
                .getDouble("average_score"))
        .isZero();
  }

  @Test
  void mistakesOfAllGamesComeWorstFirst() {
    String cards = begin(startBody("flashcards")).getString("id");
    String bee = begin(startBody("spelling")).getString("id");
    answer(cards, words.get(0), false);
    answer(bee, words.get(0), false);
    answer(bee, words.get(0), false);
    answer(cards, words.get(1), false);
    JsonObject page = expect(200, server.get("/v1/mistakes/" + me)).json();
    assertThat(page.getJsonObject("pagination").getInteger("total")).isEqualTo(3);
    assertThat(page.getJsonArray("mistakes")).isEqualTo(page.getJsonArray("data"));
    JsonObject worst = page.getJsonArray("mistakes").getJsonObject(0);
    assertThat(worst.getString("game_type")).isEqualTo("spelling_bee");
    assertThat(worst.getInteger("mistake_count")).isEqualTo(2);
    assertThat(worst.getString("user_id")).isEqualTo(me);
    assertThat(worst.getString("item_id")).isEqualTo(words.get(0));
    assertThat(worst.getString("correct_answer")).isEqualTo("kettle");
    assertThat(worst.fieldNames())
        .contains(
            "item_type",
            "user_answer",
            "mistake_type",
            "last_attempted_at",
            "mistakeCount",
            "itemId");
    assertThat(page.getJsonArray("mistakes").getJsonObject(1).getString("item_id"))
        .isEqualTo(words.get(1));
    assertThat(
            server
                .get("/v1/mistakes/" + me + "?game_type=flashcards&limit=1")
                .json()
                .getJsonObject("pagination")
                .getInteger("total"))
        .isEqualTo(2);
    refused(server.get("/v1/mistakes/" + me, as(learner())), 403, "FORBIDDEN");
    JsonObject stats = expect(200, server.get("/v1/stats/me", as(me))).json();
    assertThat(stats.getInteger("total_mistakes")).isEqualTo(3);
  }

  @Test
  void statisticsOfAllGames() {
    String session = begin(startBody("flashcards")).getString("id");
    answer(session, words.get(0), true);
    expect(200, complete(session, null));
    begin(startBody("spelling"));
    JsonObject stats = expect(200, server.get("/v1/stats/me?user_id=" + me)).json();
    assertThat(stats.getString("user_id")).isEqualTo(me);
    assertThat(stats.getJsonArray("game_stats"))
        .isEqualTo(stats.getJsonArray("gameStats"))
        .hasSize(2);
    JsonObject line = stats.getJsonArray("game_stats").getJsonObject(0);
    assertThat(line.getString("game_type")).isEqualTo("flashcards");
    assertThat(line.getInteger("total_sessions")).isEqualTo(1);
    assertThat(line.getInteger("completed_sessions")).isEqualTo(1);
    assertThat(line.getDouble("avg_score")).isEqualTo(100.0);
    assertThat(line.getInteger("total_correct")).isEqualTo(1);
    assertThat(line.getInteger("total_incorrect")).isZero();
    assertThat(line.getString("last_played")).isNotNull();
    assertThat(stats.getString("generated_at")).isNotNull();
    JsonObject lists = expect(200, server.get("/v1/user/stats", as(me))).json();
    assertThat(lists.getJsonObject("totals"))
        .isEqualTo(
            new JsonObject()
                .put("lists", 1)
                .put("favoriteLists", 0)
                .put("words", 2)
                .put("favoriteWords", 0));
    assertThat(
            server
                .get("/v1/user/stats", as(learner()))
                .json()
                .getJsonObject("totals")
                .getInteger("words"))
        .isZero();
    refused(server.get("/v1/stats/me"), 401, "UNAUTHORIZED");
    refused(server.get("/v1/user/stats"), 401, "UNAUTHORIZED");
  }
}
