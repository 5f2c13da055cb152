package transcripts;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * One turn of one speaker: consecutive cues joined and cleaned.
 *
 * @param index position in the lesson, from 0
 * @param speaker the label the recorder gave, empty when there was none
 * @param startMillis milliseconds from the recording's start, or {@link #UNKNOWN_TIME} for plain
 *     text
 * @param endMillis likewise, never before {@code startMillis}
 * @param text cleaned text without label, times or markup; never blank
 */
public record Utterance(
    int index, String speaker, Role role, long startMillis, long endMillis, String text) {
  /** The time of an utterance whose source carries no times. */
  public static final long UNKNOWN_TIME = -1;

  /** The stored form; {@link #fromJson} reads it back. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("index", index)
        .put("speaker", speaker)
        .put("role", role.word())
        .put("start_ms", startMillis)
        .put("end_ms", endMillis)
        .put("text", text);
  }

  public static Utterance fromJson(JsonObject json) {
    return new Utterance(
        json.getInteger("index"),
        json.getString("speaker", ""),
        Role.valueOf(json.getString("role", "unknown").toUpperCase(Locale.ROOT)),
        json.getLong("start_ms", UNKNOWN_TIME),
        json.getLong("end_ms", UNKNOWN_TIME),
        json.getString("text"));
  }
}
