package courses.sources;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import transcripts.CaptionCues;
import transcripts.UnusableTranscriptException;

/** Reads what caption services deliver: WebVTT, SubRip and YouTube's {@code json3}. */
final class CaptionText {
  private CaptionText() {}

  /**
   * The captions, cleaned.
   *
   * @throws CaptionFailure when the text is empty or no captions can be found in it
   */
  static List<Caption> read(String text) {
    if (text.isBlank()) {
      // a 200 with nothing in it is how YouTube refuses tracks that need a token of its player
      throw new CaptionFailure(
          CaptionFailure.Code.SERVICE_UNAVAILABLE,
          "YouTube sent an empty caption file, as it does when it wants a token of its own player:"
              + " try again later, or upload the transcript");
    }
    List<Caption> captions = text.stripLeading().startsWith("{") ? json3(text) : cues(text);
    if (captions.isEmpty()) {
      throw new CaptionFailure(
          CaptionFailure.Code.SUBTITLE_PARSING_ERROR, "the caption file holds no captions");
    }
    return cleaned(captions);
  }

  /** Repeats taken out, overlaps cut, one line each. */
  static List<Caption> cleaned(List<Caption> captions) {
    List<Caption> ordered = new ArrayList<>(captions);
    ordered.sort(Comparator.comparingLong(Caption::startMs));
    List<Caption> told = RollingCaptions.unrolled(ordered);
    List<Caption> clean = new ArrayList<>(told.size());
    for (int i = 0; i < told.size(); i++) {
      Caption caption = told.get(i);
      String line = CleanText.line(caption.text());
      if (!line.isEmpty()) {
        long limit = i + 1 < told.size() ? told.get(i + 1).startMs() : Long.MAX_VALUE;
        long end = Math.max(caption.startMs(), Math.min(caption.endMs(), limit));
        clean.add(new Caption(caption.startMs(), end, line));
      }
    }
    return clean;
  }

  private static List<Caption> cues(String text) {
    try {
      return CaptionCues.read(text).stream()
          .map(cue -> new Caption(cue.startMillis(), cue.endMillis(), cue.text()))
          .toList();
    } catch (UnusableTranscriptException unusable) {
      throw new CaptionFailure(
          CaptionFailure.Code.SUBTITLE_PARSING_ERROR, "the caption file's times can't be right");
    }
  }

  private static List<Caption> json3(String text) {
    JsonArray events;
    try {
      events = new JsonObject(text).getJsonArray("events", new JsonArray());
    } catch (DecodeException | ClassCastException broken) {
      throw new CaptionFailure(
          CaptionFailure.Code.SUBTITLE_PARSING_ERROR, "the caption file is broken");
    }
    List<Caption> captions = new ArrayList<>();
    for (Object entry : events) {
      if (!(entry instanceof JsonObject event)
          || !(event.getValue("segs") instanceof JsonArray pieces)) {
        continue; // windows and their places on the screen
      }
      StringBuilder words = new StringBuilder();
      for (Object piece : pieces) {
        if (piece instanceof JsonObject part && part.getValue("utf8") instanceof String said) {
          words.append(said);
        }
      }
      if (!words.toString().isBlank()) {
        long start = number(event.getValue("tStartMs"));
        captions.add(
            new Caption(start, start + number(event.getValue("dDurationMs")), words.toString()));
      }
    }
    return captions;
  }

  /** Numbers come as texts too, or not at all. */
  private static long number(Object value) {
    if (value instanceof Number number) {
      return Math.max(0, number.longValue());
    }
    return value instanceof String text && text.matches("[0-9]{1,15}") ? Long.parseLong(text) : 0;
  }
}
