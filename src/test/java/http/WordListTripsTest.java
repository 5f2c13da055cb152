package http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import settings.Settings;

/**
 * How often each operation on word lists goes to the database: a read once, a change as often as
 * its transaction needs.
 */
class WordListTripsTest extends ApiTest {
  private final String me = "stu-" + UUID.randomUUID();

  WordListTripsTest() {
    super(Settings.AuthMode.COMPAT);
  }

  /**
   * Statements that the server was sent, this one included; preparing, which happens once a
   * connection, is not among them.
   */
  private long statements() {
    return Long.parseLong(
        databases
            .mysql
            .query("SHOW GLOBAL STATUS LIKE 'Questions'")
            .execute()
            .await()
            .iterator()
            .next()
            .getString(1));
  }

  private ApiServer.Answer trips(int expected, Supplier<ApiServer.Answer> call) {
    long before = statements();
    ApiServer.Answer answer = call.get();
    long after = statements();
    assertThat(answer.status()).as(answer.response().body()).isLessThan(300);
    assertThat(after - before - 1).isEqualTo(expected);
    return answer;
  }

  private ApiServer.Answer call(String method, String path, JsonObject body, String... more) {
    String[] headers = new String[more.length + 2];
    headers[0] = "X-User-Id";
    headers[1] = me;
    System.arraycopy(more, 0, headers, 2, more.length);
    return server.call(method, path, body == null ? null : body.encode(), headers);
  }

  @Test
  void readsGoOnce() {
    String list =
        "/v1/word-lists/"
            + call("POST", "/v1/word-lists", new JsonObject().put("name", "n"))
                .json()
                .getString("id");
    String word =
        list
            + "/words/"
            + call(
                    "POST",
                    list + "/words",
                    new JsonObject().put("word", "w").put("translation", "t"))
                .json()
                .getString("id");
    for (String path :
        new String[] {
          "/v1/word-lists?search=n", list, list + "?include=words", list + "/words", word
        }) {
      trips(1, () -> call("GET", path, null));
    }
  }

  @Test
  void changesGoAsOftenAsTheirTransactionNeeds() {
    JsonObject named = new JsonObject().put("name", "n");
    JsonObject body = new JsonObject().put("word", "w").put("translation", "t");
    // begin, insert, commit
    String list =
        "/v1/word-lists/"
            + trips(3, () -> call("POST", "/v1/word-lists", named)).json().getString("id");
    // begin, lock, update, commit
    trips(4, () -> call("PATCH", list, named));
    trips(4, () -> call("POST", list + "/favorite", null));
    // begin, lock the list, insert, count, commit
    String word =
        list
            + "/words/"
            + trips(5, () -> call("POST", list + "/words", body)).json().getString("id");
    // begin, lock the list, lock the word, update, commit; removing counts too
    trips(5, () -> call("PATCH", word, body));
    trips(5, () -> call("POST", word + "/favorite", null));
    trips(6, () -> call("DELETE", word, null));
    trips(4, () -> call("DELETE", list, null));
  }

  @Test
  void anIdempotencyKeyAddsItsReservationAndItsAnswer() {
    JsonObject named = new JsonObject().put("name", "n");
    String key = UUID.randomUUID().toString();
    trips(5, () -> call("POST", "/v1/word-lists", named, "Idempotency-Key", key));
    trips(2, () -> call("POST", "/v1/word-lists", named, "Idempotency-Key", key));
  }
}
