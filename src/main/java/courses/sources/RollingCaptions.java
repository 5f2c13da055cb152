package courses.sources;

import java.util.ArrayList;
import java.util.List;

/**
 * Automatic captions roll: each cue shows the line before once more above its own, or the same line
 * a word longer. What was said once is to stand there once.
 */
final class RollingCaptions {
  /** So many of the cues must begin with what the one before ended with. */
  private static final double ROLLING = 0.4;

  private static final int FEWEST = 4;
  private static final long CONTIGUOUS_MS = 3_000;

  private RollingCaptions() {}

  /**
   * The captions without repeats; captions that do not roll come back as they are, for in those a
   * repeat was said twice.
   */
  static List<Caption> unrolled(List<Caption> captions) {
    List<String[]> words = captions.stream().map(RollingCaptions::words).toList();
    int repeats = 0;
    for (int i = 1; i < captions.size(); i++) {
      int shared = shared(captions, words, i);
      // a single word at the seam happens in any speech
      repeats += shared > 1 || shared > 0 && shared == words.get(i).length ? 1 : 0;
    }
    if (captions.size() < FEWEST || repeats < ROLLING * captions.size()) {
      return captions;
    }
    List<Caption> told = new ArrayList<>();
    for (int i = 0; i < captions.size(); i++) {
      int shared = i == 0 ? 0 : shared(captions, words, i);
      String[] mine = words.get(i);
      Caption caption = captions.get(i);
      if (shared < mine.length) {
        told.add(
            new Caption(
                caption.startMs(),
                caption.endMs(),
                String.join(" ", List.of(mine).subList(shared, mine.length))));
      }
    }
    return told;
  }

  /** How many words at the end of the cue before are those at the beginning of this one. */
  private static int shared(List<Caption> captions, List<String[]> words, int at) {
    if (captions.get(at).startMs() - captions.get(at - 1).endMs() > CONTIGUOUS_MS) {
      return 0;
    }
    String[] before = words.get(at - 1);
    String[] mine = words.get(at);
    for (int length = Math.min(before.length, mine.length); length > 0; length--) {
      int i = 0;
      while (i < length && before[before.length - length + i].equals(mine[i])) {
        i++;
      }
      if (i == length) {
        return length;
      }
    }
    return 0;
  }

  private static String[] words(Caption caption) {
    return caption.text().strip().split("\\s+");
  }
}
