package transcripts;

import java.util.ArrayList;
import java.util.List;

/** Text without times: a turn a line, or everything in one line. */
final class PlainText {
  private PlainText() {}

  static Parsed parse(String text, int from) {
    List<Cue> cues = new ArrayList<>();
    Lines lines = new Lines(text, from);
    int written = 0;
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (!line.isEmpty()) {
        written++;
        for (String turn : FlatLine.turns(line)) {
          cues.add(Cue.untimed(turn));
        }
      }
    }
    // Which of the three it is depends on the labels, which are found later; a line with many turns
    // is clear now.
    Format format =
        cues.size() >= 2L * written && written > 0 ? Format.FLAT_LINE : Format.LABELLED_LINES;
    return new Parsed(format, cues, cues.size(), Utterance.UNKNOWN_TIME, List.of());
  }
}
