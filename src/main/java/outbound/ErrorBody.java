package outbound;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What an error body says, whatever its shape: an object, an array with an object, a string, HTML,
 * nothing. Reading it never fails.
 *
 * @param code the service's code as text, also when it is a number; empty when there is none
 * @param type a second, more general word some services give; empty when there is none
 * @param message text for people, at most {@value #LONGEST} characters; may repeat what was sent,
 *     so it is for decisions and never for logs
 */
public record ErrorBody(String code, String type, String message) {
  private static final int LONGEST = 500;
  private static final int MOST_READ = 64 * 1024;
  private static final ErrorBody NOTHING = new ErrorBody("", "", "");

  static ErrorBody of(Buffer body) {
    if (body == null || body.length() == 0) {
      return NOTHING;
    }
    Buffer head = body.length() > MOST_READ ? body.slice(0, MOST_READ) : body;
    try {
      return of(Json.decodeValue(head), 0);
    } catch (DecodeException | ClassCastException | IllegalArgumentException noJson) {
      return new ErrorBody("", "", bounded(head.toString()));
    }
  }

  private static ErrorBody of(Object value, int depth) {
    if (depth > 4) {
      return NOTHING;
    }
    if (value instanceof JsonArray array) {
      return array.isEmpty() ? NOTHING : of(array.getValue(0), depth + 1);
    }
    if (value instanceof JsonObject object) {
      for (String wrapper : new String[] {"error", "detail"}) {
        Object inner = object.getValue(wrapper);
        if (inner instanceof JsonObject || (inner instanceof JsonArray && depth < 3)) {
          return of(inner, depth + 1);
        }
      }
      return flat(object);
    }
    return value == null ? NOTHING : new ErrorBody("", "", bounded(value.toString()));
  }

  private static ErrorBody flat(JsonObject object) {
    String error = text(object, "error");
    String code = text(object, "code");
    String type = first(text(object, "type"), text(object, "status"));
    String message =
        first(
            text(object, "message"),
            first(
                text(object, "error_description"),
                first(text(object, "reason"), first(text(object, "msg"), text(object, "detail")))));
    if (code.isEmpty() && !plain(error).isEmpty()) {
      code = error; // OAuth: {"error":"invalid_grant","reason":"..."}
    }
    return new ErrorBody(code, type, bounded(first(message, error)));
  }

  private static String text(JsonObject object, String member) {
    Object value = object.getValue(member);
    return value instanceof String || value instanceof Number ? value.toString() : "";
  }

  private static String first(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  private static String bounded(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  /**
   * The word for what went wrong: the code unless it is only a number like the status, else the
   * type. Only if it is a plain word: free text may repeat what was sent. Empty when there is none.
   */
  public String word() {
    String word = plain(code);
    String general = plain(type);
    return word.isEmpty() || (word.matches("[45][0-9][0-9]") && !general.isEmpty())
        ? general
        : word;
  }

  static String plain(String word) {
    return word.matches("[A-Za-z0-9_+.-]{1,64}") ? word : "";
  }
}
