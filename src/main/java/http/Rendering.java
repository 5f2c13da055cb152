package http;

import io.vertx.core.json.JsonObject;

/**
 * What first-generation clients get on top of the canonical rendering, whatever the object: section
 * 1.2 of the wire contract.
 */
final class Rendering {
  private Rendering() {}

  /**
   * Completes a body in place.
   *
   * @param changes whether the operation changes something, so that a message is due
   */
  static JsonObject finished(boolean legacy, boolean changes, int status, JsonObject body) {
    if (legacy && status < 300) {
      body.getMap().putIfAbsent("success", true);
      if (changes) {
        body.getMap().putIfAbsent("message", "Done");
      }
    }
    return body;
  }

  /** A reply as it goes out: 204 becomes a body for first-generation clients. */
  static Reply finished(Operation operation, boolean legacy, Reply reply) {
    if (legacy && reply.status() == 204) {
      JsonObject body =
          new JsonObject().put("success", true).put("ok", true).put("message", "Deleted");
      return new Reply(200, body, null, reply.headers());
    }
    if (reply.json() != null) {
      finished(
          legacy,
          operation.method() != io.vertx.core.http.HttpMethod.GET,
          reply.status(),
          reply.json());
    }
    return reply;
  }
}
