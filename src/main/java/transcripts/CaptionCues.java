package transcripts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Captions cue by cue, for those who need their times rather than turns: WebVTT and SubRip without
 * tags and character references.
 */
public final class CaptionCues {
  private CaptionCues() {}

  /**
   * One cue.
   *
   * @param text one or more lines, never blank
   */
  public record Caption(long startMillis, long endMillis, String text) {}

  /**
   * The cues in order of time; empty when the text is no caption file or says nothing.
   *
   * @throws UnusableTranscriptException when most of its times can't be right
   */
  public static List<Caption> read(String text) {
    Parsed parsed = CueFile.parse(text, text.startsWith("\uFEFF") ? 1 : 0);
    List<Caption> captions = new ArrayList<>();
    for (Cue cue : parsed == null ? List.<Cue>of() : parsed.cues()) {
      String words =
          Markup.pieces(cue.text()).stream()
              // services escape twice
              .map(piece -> Markup.decode(piece.text()).strip())
              .collect(Collectors.joining("\n"));
      if (!words.isBlank()) {
        captions.add(new Caption(cue.startMillis(), cue.endMillis(), words));
      }
    }
    return captions;
  }
}
