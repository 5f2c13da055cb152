package transcripts;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import transcripts.SpeechToText.Heard;

/**
 * Whisper's answers. Its times are seconds with fractions; and where nobody speaks it invents text,
 * which its own figures give away (section 4.3 of the contract on outside services).
 */
final class WhisperSegments {
  private static final double SILENT = 0.6;
  private static final double UNSURE = -1.0;
  private static final double REPETITIVE = 2.4;
  private static final int LOOP = 3;

  private WhisperSegments() {}

  /** What is worth storing of an answer: no tokens. */
  static JsonObject kept(JsonObject answer) {
    JsonArray segments = new JsonArray();
    for (Object each : answer.getJsonArray("segments", new JsonArray())) {
      if (each instanceof JsonObject segment && !invented(segment)) {
        segments.add(
            new JsonObject()
                .put("start", number(segment, "start"))
                .put("end", number(segment, "end"))
                .put("text", segment.getString("text", "")));
      }
    }
    JsonObject kept =
        new JsonObject()
            .put("language", answer.getString("language"))
            .put("duration", number(answer, "duration"));
    // Servers and models without segments give the text alone.
    if (!(answer.getValue("segments") instanceof JsonArray)) {
      segments.add(
          new JsonObject()
              .put("start", 0)
              .put("end", number(answer, "duration"))
              .put("text", answer.getString("text", "")));
    }
    return kept.put("segments", segments);
  }

  private static boolean invented(JsonObject segment) {
    boolean silence =
        number(segment, "no_speech_prob") > SILENT && number(segment, "avg_logprob") < UNSURE;
    return silence || number(segment, "compression_ratio") > REPETITIVE;
  }

  /** The stored segments, with times from the recording's beginning. */
  static List<Heard> heard(JsonObject kept, long offsetMillis) {
    List<Heard> heard = new ArrayList<>();
    for (Object each : kept.getJsonArray("segments")) {
      JsonObject segment = (JsonObject) each;
      String text = segment.getString("text").strip();
      if (!text.isEmpty()) {
        long start = offsetMillis + millis(segment, "start");
        heard.add(
            new Heard(
                "",
                start,
                Math.max(start, offsetMillis + millis(segment, "end")),
                text,
                List.of()));
      }
    }
    return heard;
  }

  /** The same sentence three times or more in a row is a loop and said once. */
  static List<Heard> withoutLoops(List<Heard> heard) {
    List<Heard> kept = new ArrayList<>();
    int at = 0;
    while (at < heard.size()) {
      int end = at + 1;
      while (end < heard.size() && heard.get(end).text().equalsIgnoreCase(heard.get(at).text())) {
        end++;
      }
      kept.addAll(heard.subList(at, end - at >= LOOP ? at + 1 : end));
      at = end;
    }
    return kept;
  }

  static long millis(JsonObject object, String member) {
    return Math.round(number(object, member) * 1_000);
  }

  private static double number(JsonObject object, String member) {
    return object.getValue(member) instanceof Number number ? number.doubleValue() : 0;
  }
}
