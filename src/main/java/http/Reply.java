package http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * A successful answer.
 *
 * @param json the body, or null when {@code bytes} or {@code stream} is
 * @param headers beside the ones every answer has
 */
record Reply(
    int status, JsonObject json, Buffer bytes, Map<String, String> headers, Stream stream) {
  /** A body that is written piece by piece, each when the one before has gone out. */
  @FunctionalInterface
  interface Stream {
    /** Writes all of it but does not end the response. */
    Future<Void> write(HttpServerResponse response);
  }

  Reply(int status, JsonObject json, Buffer bytes, Map<String, String> headers) {
    this(status, json, bytes, headers, null);
  }

  /**
   * @param headers with the content type
   */
  static Reply stream(Map<String, String> headers, Stream stream) {
    return new Reply(200, null, null, headers, stream);
  }

  static Reply of(int status, JsonObject json) {
    return new Reply(status, json, null, Map.of());
  }

  static Reply ok(JsonObject json) {
    return of(200, json);
  }

  /**
   * @param location path of what was made, under {@code /v1}
   */
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
    return json != null || (bytes != null && bytes.length() == 0);
  }
}
