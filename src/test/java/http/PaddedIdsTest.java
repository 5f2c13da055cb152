package http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ids with a blank behind them, which the databases' comparison takes for the ids themselves. */
class PaddedIdsTest extends SessionTest {
  private final String me = learner();
  private String list;
  private String word;
  private String session;

  @BeforeAll
  void seed() {
    list = list(me, "Padded");
    word = word(me, list, "kettle");
    session = start(me, "flashcards", new JsonObject().put("wordListId", list)).getString("id");
  }

  @Test
  void nameNothingInPaths() {
    Map<String, String> missing =
        Map.of(
            "/v1/word-lists/" + list + "%20",
            "WORD_LIST_NOT_FOUND",
            "/v1/word-lists/" + list + "%20/words",
            "WORD_LIST_NOT_FOUND",
            "/v1/word-lists/" + list + "/words/" + word + "%20",
            "UNKNOWN_WORD",
            "/v1/word-lists/" + list + "%20/export",
            "WORD_LIST_NOT_FOUND",
            "/v1/flashcards/sessions/" + session + "%20",
            "SESSION_NOT_FOUND",
            "/v1/sessions/" + session + "%20",
            "SESSION_NOT_FOUND",
            "/v1/spelling/pronunciations/" + word + "%20",
            "UNKNOWN_WORD",
            "/v1/grammar/questions/gram-articles-1%20/hint",
            "UNKNOWN_QUESTION",
            "/v1/sentence/items/sb-routine-1%20/tts",
            "UNKNOWN_ITEM");
    missing.forEach((path, code) -> refused(server.get(path, as(me)), 404, code));
    refused(
        server.call("DELETE", "/v1/word-lists/" + list + "%20", null, as(me)),
        404,
        "WORD_LIST_NOT_FOUND");
    expect(200, server.get("/v1/word-lists/" + list, as(me)));
    refused(result(me, "flashcards", session + "%20", known(word, true)), 404, "SESSION_NOT_FOUND");
    assertThat(number("SELECT COUNT(*) FROM game_results WHERE session_id = ?", session)).isZero();
  }

  @Test
  void nameNothingInBodies() {
    refused(starting("wordListId", list + " "), 404, "WORD_LIST_NOT_FOUND");
    String lesson = publish("approved", me, "Padded", 1);
    card(lesson, "zoo", "Zoo", "lion", "easy");
    JsonObject ofLesson = new JsonObject().put("mode", "lesson").put("lessonId", lesson + " ");
    refused(server.post("/v1/flashcards/sessions", ofLesson, as(me)), 404, "LESSON_NOT_FOUND");
    refused(
        server.post(
            "/v1/flashcards/sessions",
            new JsonObject()
                .put("wordListId", list)
                .put("selectedWordIds", new JsonArray().add(word + " ")),
            as(me)),
        400,
        "UNKNOWN_WORD");
    String open =
        expect(
                201,
                server.post(
                    "/v1/sessions/start", new JsonObject().put("game_type", "flashcards"), as(me)))
            .json()
            .getString("id");
    JsonObject answer = new JsonObject().put("item_id", word + " ").put("is_correct", true);
    refused(server.post("/v1/sessions/" + open + "/result", answer, as(me)), 400, "UNKNOWN_WORD");
  }

  private ApiServer.Answer starting(String member, String id) {
    return server.post("/v1/flashcards/sessions", new JsonObject().put(member, id), as(me));
  }
}
