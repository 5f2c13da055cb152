package transcripts;

import static transcripts.UnusableTranscriptException.Code.NOT_A_TRANSCRIPT;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What speech recognisers answer: an object with an {@code utterances} array, or that array alone,
 * of objects with {@code text}, {@code speaker} and {@code start}/{@code end} in milliseconds. Our
 * own stored form ({@code start_ms}/{@code end_ms}) is read as well.
 */
final class UtterancesJson {
  private UtterancesJson() {}

  static Parsed parse(String text, int from) {
    Object json;
    try {
      json = Json.decodeValue(text.substring(from));
    } catch (DecodeException e) {
      throw notUtterances();
    }
    JsonArray array = null;
    if (json instanceof JsonArray list) {
      array = list;
    } else if (json instanceof JsonObject object
        && object.getValue("utterances") instanceof JsonArray list) {
      array = list;
    }
    if (array == null) {
      throw notUtterances();
    }
    List<Cue> cues = new ArrayList<>(array.size());
    long last = Utterance.UNKNOWN_TIME;
    for (int i = 0; i < array.size(); i++) {
      if (!(array.getValue(i) instanceof JsonObject turn)
          || !(turn.getValue("text") instanceof String words)) {
        throw notUtterances();
      }
      long start = millis(turn, "start", "start_ms");
      long end =
          start == Utterance.UNKNOWN_TIME ? start : Math.max(start, millis(turn, "end", "end_ms"));
      String speaker = turn.getValue("speaker") instanceof String label ? label : "";
      cues.add(new Cue(speaker, start, end, words));
      last = Math.max(last, end);
    }
    boolean timed = cues.stream().allMatch(cue -> cue.startMillis() != Utterance.UNKNOWN_TIME);
    if (timed) {
      cues.sort(Comparator.comparingLong(Cue::startMillis));
    } else {
      // Half-timed turns could not be put in order of time; without any times they keep the order
      // they came in.
      cues.replaceAll(
          cue ->
              new Cue(cue.speaker(), Utterance.UNKNOWN_TIME, Utterance.UNKNOWN_TIME, cue.text()));
    }
    return new Parsed(
        Format.UTTERANCES_JSON,
        cues,
        cues.size(),
        timed ? last : Utterance.UNKNOWN_TIME,
        List.of());
  }

  private static long millis(JsonObject turn, String name, String storedName) {
    Object value = turn.getValue(name) != null ? turn.getValue(name) : turn.getValue(storedName);
    return value instanceof Number number && number.longValue() >= 0
        ? number.longValue()
        : Utterance.UNKNOWN_TIME;
  }

  private static UnusableTranscriptException notUtterances() {
    return new UnusableTranscriptException(
        NOT_A_TRANSCRIPT,
        "This is JSON, but not a transcript: there is no list of utterances with their text in it. "
            + "Upload the transcript as a .vtt, .srt or .txt file.");
  }
}
