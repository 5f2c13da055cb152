package http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The envelope of every list. */
final class Listing {
  private Listing() {}

  /**
   * @param historicKey an older name of the list, delivered beside {@code data}; null when there is
   *     none
   */
  static JsonObject of(JsonArray rows, String historicKey, Input input, long total) {
    JsonObject body = new JsonObject().put("success", true).put("count", rows.size());
    if (historicKey != null) {
      body.put(historicKey, rows);
    }
    return body.put("data", rows)
        .put(
            "pagination",
            new JsonObject()
                .put("page", input.page())
                .put("limit", input.limit())
                .put("total", total));
  }
}
