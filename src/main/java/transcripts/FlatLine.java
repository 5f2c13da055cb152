package transcripts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import transcripts.LabelWords.Look;

/**
 * Cuts a line that holds a whole conversation, {@code Dana Levi: Hello. Omar: Hi.}, into turns. A
 * label is one to four words that look like a name, stand after the end of a sentence, and are
 * followed by a colon.
 */
final class FlatLine {
  private static final int MAX_WORDS = 4;

  private final String line;
  private final List<int[]> cuts = new ArrayList<>();

  private FlatLine(String line) {
    this.line = line;
  }

  /**
   * The turns, each beginning with its label; the line itself alone when it holds fewer than two
   * labels.
   */
  static List<String> turns(String line) {
    FlatLine flat = new FlatLine(line);
    flat.find();
    if (flat.cuts.size() < 2 || flat.cuts.get(0)[0] != 0) {
      return List.of(line);
    }
    List<String> turns = new ArrayList<>(flat.cuts.size());
    for (int i = 0; i < flat.cuts.size(); i++) {
      int end = i + 1 < flat.cuts.size() ? flat.cuts.get(i + 1)[0] : line.length();
      turns.add(line.substring(flat.cuts.get(i)[0], end).strip());
    }
    return turns;
  }

  private void find() {
    List<int[]> found = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    int floor = 0; // a label never reaches back over the colon before it
    for (int colon = line.indexOf(": "); colon >= 0; colon = line.indexOf(": ", colon + 2)) {
      int start = labelStart(colon, floor);
      floor = colon + 2;
      if (start >= 0) {
        found.add(new int[] {start, colon});
        if (counts.size() < 20_000) {
          counts.merge(line.substring(start, colon), 1, Integer::sum);
        }
      }
    }
    Map<String, Boolean> speakers = new HashMap<>();
    counts.forEach((label, count) -> speakers.put(label, isSpeaker(label, count)));
    for (int[] cut : found) {
      String label = line.substring(cut[0], cut[1]);
      Boolean speaker = speakers.get(label);
      if (speaker != null ? speaker : isSpeaker(label, 1)) {
        cuts.add(cut);
      }
    }
  }

  private static boolean isSpeaker(String label, int count) {
    Look look = LabelWords.look(label);
    return look == Look.ROLE || look == Look.NAME || (look == Look.DOUBTFUL && count >= 3);
  }

  /** Where the label that ends at {@code colon} begins, or -1. */
  private int labelStart(int colon, int floor) {
    int start = colon;
    int words = 0;
    int at = colon;
    while (at > floor && words < MAX_WORDS && colon - at < Labels.MAX_LABEL) {
      int wordEnd = at;
      while (at > floor && line.charAt(at - 1) != ' ' && colon - at < Labels.MAX_LABEL) {
        at--;
      }
      if (at == wordEnd) {
        return -1;
      }
      start = at;
      words++;
      if (at == floor && floor == 0) {
        return start;
      }
      int before = at - 1;
      if (before <= floor) {
        return -1; // nothing was said since the last label
      }
      if (Words.endsSentence(line.substring(Math.max(floor, before - 4), before))
          && !isTitle(line.substring(Math.max(floor, before - 4), before))) {
        return start;
      }
      at = before;
    }
    return -1;
  }

  private static boolean isTitle(String end) {
    return end.endsWith("Mr.")
        || end.endsWith("Mrs.")
        || end.endsWith("Ms.")
        || end.endsWith("Dr.");
  }
}
