package exercises;

import io.vertx.core.json.JsonObject;
import transcripts.Utterance;

/**
 * Where an item comes from.
 *
 * @param utterance index of the turn
 * @param second seconds from the recording's start, or null when the transcript has no times
 * @param text the turn as it stands in the transcript, shortened to 300 characters
 */
public record Provenance(int utterance, Integer second, String text) {
  static final int LONGEST = 300;

  static Provenance of(Utterance turn) {
    Integer second = turn.startMillis() < 0 ? null : (int) (turn.startMillis() / 1000);
    return new Provenance(turn.index(), second, bounded(turn.text()));
  }

  /** Cuts a text at a word boundary so that no item ever grows with its transcript. */
  static String bounded(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = text.lastIndexOf(' ', LONGEST);
    return text.substring(0, end < LONGEST / 2 ? LONGEST : end);
  }

  JsonObject addTo(JsonObject item) {
    return item.put("source_utterance", utterance)
        .put("source_second", second)
        .put("source_text", text);
  }
}
