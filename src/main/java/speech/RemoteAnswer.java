package speech;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * What a speech service answered.
 *
 * @param body at most as many bytes as {@link RemoteEngine} takes
 */
record RemoteAnswer(int status, MultiMap headers, Buffer body) {
  /** The media type without its parameters; empty when none is said. */
  String mediaType() {
    String type = headers.get("Content-Type");
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** Whether a body that is cut short could have arrived without anybody noticing. */
  boolean endsWithConnection() {
    return !headers.contains("Content-Length") && !headers.contains("Transfer-Encoding");
  }

  /**
   * The word for what went wrong, from the shapes in use: {@code detail.status} (ElevenLabs),
   * {@code error.code}, {@code error.type} (OpenAI and those who copy it). Only if it is a plain
   * word: free text may repeat what was sent. Empty when there is none.
   */
  String errorWord() {
    try {
      JsonObject json = new JsonObject(body);
      String word = word(json.getValue("detail"), "status");
      word = word.isEmpty() ? word(json.getValue("error"), "code") : word;
      return word.isEmpty() ? word(json.getValue("error"), "type") : word;
    } catch (DecodeException | ClassCastException notAnObject) {
      return "";
    }
  }

  private static String word(Object object, String member) {
    return object instanceof JsonObject json
            && json.getValue(member) instanceof String word
            && word.matches("[A-Za-z0-9_+.-]{1,64}")
        ? word
        : "";
  }
}
