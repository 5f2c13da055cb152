package exercises.understanding;

import io.vertx.core.json.JsonObject;
import transcripts.Utterance;

/**
 * Where an item comes from.
 *
 * @param utterance index of the turn
 * @param second seconds from the recording's start, or null when the transcript has no times
 * @param startMillis the same to the millisecond, or null
 * @param speaker {@code teacher}, {@code student} or {@code unknown}: the part played, never a name
 * @param text the turn as it stands in the transcript, shortened to 300 characters
 */
public record Provenance(
    int utterance, Integer second, String text, Long startMillis, String speaker) {
  /** Most characters kept of what was said. */
  public static final int LONGEST = 300;

  /** A place known by its turn only. */
  public Provenance(int utterance, Integer second, String text) {
    this(utterance, second, text, second == null ? null : second * 1000L, "unknown");
  }

  /** Of what one turn said. */
  public static Provenance of(Utterance turn) {
    Integer second = turn.startMillis() < 0 ? null : (int) (turn.startMillis() / 1000);
    return new Provenance(
        turn.index(),
        second,
        bounded(turn.text()),
        second == null ? null : turn.startMillis(),
        turn.role().word());
  }

  /** Cuts a text at a word boundary so that no item ever grows with its transcript. */
  public static String bounded(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = text.lastIndexOf(' ', LONGEST);
    return text.substring(0, end < LONGEST / 2 ? LONGEST : end);
  }

  /** Adds the members that say where an item comes from. */
  public JsonObject addTo(JsonObject item) {
    // Some kinds have a string of that name in the contract; the flat members are on every item.
    if (!item.containsKey("source")) {
      item.put(
          "source",
          new JsonObject()
              .put("utterance", utterance)
              .put("startMs", startMillis)
              .put("speaker", speaker));
    }
    return item.put("source_utterance", utterance)
        .put("source_start_ms", startMillis)
        .put("source_speaker", speaker)
        .put("source_second", second)
        .put("source_text", text);
  }
}
