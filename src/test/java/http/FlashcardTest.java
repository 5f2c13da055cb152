package http;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** A learner with a list of three words, which flashcards are played with. */
abstract class FlashcardTest extends SessionTest {
  static final String FAMILY = "flashcards";
  String me;
  String list;
  List<String> words;

  @BeforeEach
  void kitchen() {
    me = learner();
    list = list(me, "Kitchen");
    words = words(me, list, "kettle", "ladle", "sieve");
  }

  JsonObject custom() {
    return new JsonObject().put("wordListId", list);
  }

  Answer result(String session, JsonObject body) {
    return result(me, FAMILY, session, body);
  }

  Answer complete(String session, Object body) {
    return server.post("/v1/flashcards/sessions/" + session + "/complete", body, as(me));
  }
}
