package http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * A successful answer.
 *
 * @param json the body, or null when {@code bytes} is
 * @param headers beside the ones every answer has
 */
record Reply(int status, JsonObject json, Buffer bytes, Map<String, String> headers) {
  static Reply of(int status, JsonObject json) {
    return new Reply(status, json, null, Map.of());
  }

  static Reply ok(JsonObject json) {
    return of(200, json);
  }

  /** @param location path of what was made, under {@code /v1} */
  static Reply created(String location, JsonObject json) {
    return new Reply(201, json, null, Map.of("Location", location));
  }

  /** Done, with nothing to say; first-generation clients get 200 and a body. */
  static Reply noContent() {
    return new Reply(204, null, Buffer.buffer(), Map.of());
  }

  static Reply bytes(String contentType, Buffer bytes, Map<String, String> headers) {
    var all = new java.util.HashMap<>(headers);
    all.put("Content-Type", contentType);
    return new Reply(200, null, bytes, all);
  }

  /** Whether it can be kept for a repetition of its request. */
  boolean storable() {
    return json != null || bytes.length() == 0;
  }
}
