package http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JsonBodyTest {
  private final JsonArray rows =
      new JsonArray()
          .add(new JsonObject().put("word", "נמל \"⚓\" </script>").put("n", 1.5).putNull("none"))
          .add("text");

  @Test
  void repeatedRowsReadAsIfEachHadBeenWritten() {
    JsonObject json =
        new JsonObject()
            .put("success", true)
            .put("data", rows)
            .put("wörds", rows)
            .putNull("next")
            .put("count", 2)
            .put("other", new JsonArray().add(1))
            .put("at", Instant.EPOCH)
            .put("pagination", new JsonObject().put("page", 1));
    assertThat(JsonBody.of(json)).isEqualTo(json.toBuffer());
  }

  @Test
  void whatRepeatsNothingIsWrittenAsEver() {
    JsonObject json = new JsonObject().put("data", rows).put("copy", rows.copy());
    assertThat(JsonBody.of(json)).isEqualTo(json.toBuffer());
    assertThat(JsonBody.of(new JsonObject())).isEqualTo(new JsonObject().toBuffer());
  }
}
