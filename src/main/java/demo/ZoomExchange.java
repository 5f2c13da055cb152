package demo;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Requests and answers of the imitation, without the sockets they come and go by. */
public final class ZoomExchange {
  private ZoomExchange() {}

  /**
   * @param uri path and query exactly as sent
   */
  public record Asked(String method, String uri, MultiMap headers, Buffer body) {
    String path() {
      return uri.split("\\?", 2)[0];
    }

    /** Decoded members of the query string. */
    Map<String, String> query() {
      String[] parts = uri.split("\\?", 2);
      return parts.length < 2 ? Map.of() : members(parts[1]);
    }

    /** Decoded members of a form. */
    Map<String, String> form() {
      return members(body.toString());
    }

    /** What stands behind {@code Bearer}; empty when nothing does. */
    String bearer() {
      String header = headers.get("Authorization");
      return header != null && header.startsWith("Bearer ") ? header.substring(7) : "";
    }
  }

  private static Map<String, String> members(String text) {
    Map<String, String> members = new HashMap<>();
    for (String member : text.split("&")) {
      String[] parts = member.split("=", 2);
      members.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
    }
    return members;
  }

  static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** What is answered. */
  public record Said(int status, Map<String, String> headers, Buffer body) {
    static Said json(int status, JsonObject json) {
      return new Said(status, Map.of("Content-Type", "application/json"), json.toBuffer());
    }

    /** An error as the API words it. */
    static Said error(int status, int code, String message) {
      return json(status, new JsonObject().put("code", code).put("message", message));
    }

    static Said redirect(String location) {
      return new Said(302, Map.of("Location", location), Buffer.buffer());
    }

    static Said page(String text) {
      return new Said(
          200,
          Map.of("Content-Type", "text/html;charset=utf-8"),
          Buffer.buffer("<!DOCTYPE html><html><body>" + text + "</body></html>"));
    }
  }
}
