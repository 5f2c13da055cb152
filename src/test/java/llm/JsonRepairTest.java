package llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRepairTest {
  private static final JsonObject SCHEMA = Prompt.load("test-words", 1).schema();
  private static final JsonObject WANTED =
      new JsonObject(
          """
          {"words":[{"word":"it's","second":3,"level":"A1"},{"word":"bike","second":4,"level":"A2"}]}
          """);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"words\":[{\"word\":\"it's\",\"second\":3,\"level\":\"A1\"},{\"word\":\"bike\",\"second\":4,\"level\":\"A2\"}]}",
        "```json\n"
            + "{\"words\":[{\"word\":\"it's\",\"second\":3,\"level\":\"A1\"},{\"word\":\"bike\",\"second\":4,\"level\":\"A2\"}]}\n"
            + "```",
        "Sure {here}:"
            + " {\"words\":[{\"word\":\"it's\",\"second\":3,\"level\":\"A1\"},{\"word\":\"bike\",\"second\":4,\"level\":\"A2\"},],}"
            + " Bye [1].",
        "{'words':[{'word':'it's','second':3,'level':'A1'},{'word':'bike','second':4,'level':'A2'}]}",
        "[{\"word\":\"it's\",\"second\":3,\"level\":\"A1\"},{\"word\":\"bike\",\"second\":4,\"level\":\"A2\"}]",
        "{\"result\":{\"words\":[{\"word\":\"it's\",\"second\":\"3\",\"level\":\"A1\"},{\"word\":\"bike\",\"second\":\"4\",\"level\":\"A2\"}]}}",
        "{words: [{word: \"it's\", second: 3, level: \"A1\"} {word: \"bike\", second: 4, level:"
            + " \"A2\"}]} // done",
        "{\"words\":[{\"word\":\"it's\",\"second\":3,\"level\":\"A1\"},{\"word\":\"bike\",\"second\":4,\"level\":\"A2\"},{\"word\":\"sco",
        "{\"words\":[{\"word\":\"it's\",\"second\":3,\"level\":\"A1\"},{\"word\":\"bike\",\"second\":4,\"level\":\"A2\"}",
      })
  void whatHasOneMeaningIsMended(String text) {
    assertThat(JsonRepair.read(text, SCHEMA)).contains(WANTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "No.", "{", "[", "I can't help with {that}.", "{\"words\"", "null", "12"})
  void whatIsNoObjectIsNone(String text) {
    Optional<JsonObject> read = JsonRepair.read(text, SCHEMA);
    assertThat(read.map(o -> new SchemaCheck(SCHEMA).violations(o).isEmpty()).orElse(false))
        .isFalse();
  }

  @Test
  void notANumberIsNothing() {
    assertThat(
            JsonRepair.read(
                "{\"words\": [{\"word\": \"a\", \"second\": NaN, \"level\": \"A1\"}]}", SCHEMA))
        .contains(
            new JsonObject()
                .put(
                    "words",
                    new JsonArray()
                        .add(
                            new JsonObject()
                                .put("word", "a")
                                .putNull("second")
                                .put("level", "A1"))));
  }

  /** Cut anywhere, what is kept are the first items, whole and unchanged. */
  @Test
  void ofACutOffListOnlyWholeItemsAreKept() {
    String text = WANTED.encode();
    for (int cut = 1; cut < text.length(); cut++) {
      JsonArray kept =
          JsonRepair.read(text.substring(0, cut), SCHEMA)
              .map(o -> o.getJsonArray("words", new JsonArray()))
              .orElse(new JsonArray());
      for (int i = 0; i < kept.size(); i++) {
        assertThat(kept.getJsonObject(i)).isEqualTo(WANTED.getJsonArray("words").getJsonObject(i));
      }
    }
  }

  @Test
  void noTextMakesItThrowOrRunOn() {
    Random random = new Random(7);
    String alphabet = "{}[]\"':,\\ntrue0.5e-NaN u12ab/ \n";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("{\"words\":");
      for (int n = random.nextInt(60); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(JsonRepair.read(text.toString(), SCHEMA)).isNotNull();
    }
    assertThat(JsonRepair.read("[".repeat(100_000), SCHEMA)).isEmpty();
  }
}
