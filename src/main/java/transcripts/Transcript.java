package transcripts;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * A lesson's words in order, cleaned, with who said them as far as the source tells.
 *
 * @param utterances in time order, indexes consecutive from 0; never empty when it comes from
 *     {@link TranscriptReader}
 * @param format the shape of the original
 * @param durationMillis end of the last cue from the recording's start, {@link
 *     Utterance#UNKNOWN_TIME} without times
 * @param cueCount cues, lines or turns the original was made of, before joining
 * @param warnings what was odd but could be read, in sentences; at most a handful
 */
public record Transcript(
    List<Utterance> utterances,
    Format format,
    long durationMillis,
    int cueCount,
    List<String> warnings) {

  public Transcript {
    utterances = List.copyOf(utterances);
    warnings = List.copyOf(warnings);
  }

  /** One turn per line, {@code Speaker: text}; the text alone where the speaker is not known. */
  public String text() {
    StringBuilder text = new StringBuilder(utterances.size() * 64);
    for (Utterance utterance : utterances) {
      if (text.length() > 0) {
        text.append('\n');
      }
      if (!utterance.speaker().isEmpty()) {
        text.append(utterance.speaker()).append(": ");
      }
      text.append(utterance.text());
    }
    return text.toString();
  }

  /** The stored form: an array of {@link Utterance#toJson()}. */
  public JsonArray toJson() {
    JsonArray array = new JsonArray();
    utterances.forEach(utterance -> array.add(utterance.toJson()));
    return array;
  }

  /**
   * Reads {@link #toJson()} back. Only the utterances are stored, so the format is {@link
   * Format#STORED}, the duration is the end of the last utterance, and the cue count is the number
   * of utterances.
   */
  public static Transcript fromJson(JsonArray array) {
    List<Utterance> utterances = new ArrayList<>(array.size());
    long duration = Utterance.UNKNOWN_TIME;
    for (int i = 0; i < array.size(); i++) {
      JsonObject object = array.getJsonObject(i);
      Utterance utterance = Utterance.fromJson(object);
      utterances.add(utterance);
      duration = Math.max(duration, utterance.endMillis());
    }
    return new Transcript(utterances, Format.STORED, duration, utterances.size(), List.of());
  }
}
