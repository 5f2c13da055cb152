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

  private EntityTags() {}

  /** The tag of a body. */
  static String of(Buffer body) {
    return "W/\""
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Arrays.copyOf(sha256(body.getBytes()), BYTES))
        + "\"";
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
    String tag = of(JsonBody.of(Rendering.finished(call.legacy(), false, 200, current.copy())));
    if (!named(wanted, tag)) {
      throw new ApiException(
          ErrorCode.PRECONDITION_FAILED,
          "it has changed since: fetch it again and repeat the change with the new ETag",
          new JsonObject().put("etag", tag));
    }
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
