package http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Conditional requests: section 1.10 of the wire contract. Tags are weak and say what the rendered
 * body says.
 */
final class EntityTags {
  private static final int BYTES = 16;
  private static final String PARTS = "."; // no letter of base64url

  private EntityTags() {}

  /** The tag of a body. */
  static String of(Buffer body) {
    return "W/\""
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Arrays.copyOf(sha256(body.getBytes()), BYTES))
        + "\"";
  }

  /**
   * The tag of an answer that has a body's contents and more: it changes with both, and goes for
   * the body where that is to be changed.
   */
  static String of(String body, Buffer more) {
    String rest = opaque(of(more));
    return body.substring(0, body.length() - 1) + PARTS + rest.substring(1);
  }

  /** Whether a header such as {@code If-None-Match} names the tag; {@code *} names every one. */
  static boolean named(String header, String tag) {
    if (header.strip().equals("*")) {
      return true;
    }
    for (String candidate : header.split(",")) {
      String one = candidate.strip();
      if (opaque(one).equals(opaque(tag))) {
        return true;
      }
    }
    return false;
  }

  /** Compared weakly: the tags given out here are weak, so nothing else could ever match. */
  private static String opaque(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }

  /**
   * Refuses a change when {@code If-Match} names another state than the one there is.
   *
   * @param current what GET would answer now
   */
  static void require(Call call, JsonObject current) {
    String wanted = call.header("If-Match").orElse(null);
    if (wanted == null) {
      return;
    }
    String tag = current(call, current);
    if (!named(wanted, tag) && !namedWithMore(wanted, tag)) {
      throw new ApiException(
          ErrorCode.PRECONDITION_FAILED,
          "it has changed since: fetch it again and repeat the change with the new ETag",
          new JsonObject().put("etag", tag));
    }
  }

  /** The tag that GET answers such a body with. */
  static String current(Call call, JsonObject body) {
    return of(JsonBody.of(Rendering.finished(call.legacy(), false, 200, body.copy())));
  }

  private static boolean namedWithMore(String header, String tag) {
    String start = opaque(tag).substring(0, opaque(tag).length() - 1) + PARTS;
    return Arrays.stream(header.split(","))
        .anyMatch(candidate -> opaque(candidate.strip()).startsWith(start));
  }

  static byte[] sha256(byte[] bytes) {
    return digest().digest(bytes);
  }

  /** A fresh SHA-256. */
  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
