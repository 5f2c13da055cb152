package transcripts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import transcripts.LabelWords.Look;

/**
 * Tells {@code Dana: Good morning} from {@code the answer is: 4}. First it is shown every line
 * ({@link #learn}), then it decides which beginnings are speakers by how they look and how often
 * they come back, then it splits lines.
 */
final class Labels {
  static final int MAX_LABEL = 60;

  private static final int MAX_COLONS = 3;

  /** Beyond so many different beginnings they are not names, and need not be remembered. */
  private static final int MAX_DISTINCT = 20_000;

  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Look> looks = new HashMap<>();
  private final Set<String> known = new HashSet<>();
  private final Set<String> accepted = new HashSet<>();
  private int lines;
  private int nameLike;

  /**
   * @param text the words after the label
   */
  record Split(String label, String text) {}

  Labels(SpeakerHints hints) {
    hints.teacherName().ifPresent(name -> known.add(name.strip().toLowerCase(Locale.ROOT)));
    hints.studentName().ifPresent(name -> known.add(name.strip().toLowerCase(Locale.ROOT)));
  }

  void learn(String line) {
    lines++;
    boolean first = true;
    for (String candidate : candidates(line)) {
      if (counts.size() < MAX_DISTINCT || counts.containsKey(candidate)) {
        counts.merge(candidate, 1, Integer::sum);
      }
      if (first) {
        Look look = look(candidate);
        nameLike += look == Look.NAME || look == Look.ROLE ? 1 : 0;
      }
      first = false;
    }
  }

  /** Decides; after this {@link #split} answers. */
  void decide() {
    boolean labelled = nameLike * 10L >= lines * 3L;
    counts.forEach(
        (label, count) -> {
          if (isSpeaker(label, count, labelled)) {
            accepted.add(label);
          }
        });
    // "Room 3: Dana" is one name when nothing else ever follows "Room 3"
    for (String label : List.copyOf(counts.keySet())) {
      int colon = label.lastIndexOf(": ");
      if (colon > 0 && accepted.contains(label.substring(0, colon))) {
        int whole = counts.get(label);
        int part = counts.getOrDefault(label.substring(0, colon), 0);
        if (whole >= 3 && whole * 10L >= part * 9L) {
          accepted.add(label);
        }
      }
    }
  }

  private Look look(String label) {
    Look known = looks.get(label);
    if (known != null) {
      return known;
    }
    Look look = LabelWords.look(label);
    if (looks.size() < MAX_DISTINCT) {
      looks.put(label, look);
    }
    return look;
  }

  private boolean isSpeaker(String label, int count, boolean labelled) {
    if (known.contains(label.toLowerCase(Locale.ROOT))) {
      return true;
    }
    if (label.contains(": ")) {
      return false; // only as an extension, above
    }
    boolean often = count * 20L >= lines;
    return switch (look(label)) {
      case ROLE -> true;
      case NAME -> labelled || count >= 2;
      case DOUBTFUL -> labelled && count >= 3 && often;
      case HANDLE -> count >= 2 && often;
      case NONE -> false;
    };
  }

  /** The line's speaker and words, or null when it names none. */
  Split split(String line) {
    Split found = null;
    for (String candidate : candidates(line)) {
      if (accepted.contains(candidate)) {
        found = new Split(candidate, line.substring(candidate.length() + 1).strip());
      }
    }
    return found;
  }

  /** The beginnings of the line that a colon ends, shortest first. */
  private static List<String> candidates(String line) {
    List<String> found = new ArrayList<>(1);
    int limit = Math.min(line.length(), MAX_LABEL + 1);
    for (int i = 1; i < limit && found.size() < MAX_COLONS; i++) {
      if (line.charAt(i) == ':'
          && (i + 1 == line.length() || line.charAt(i + 1) == ' ')
          && line.charAt(i - 1) != ' ') {
        found.add(line.substring(0, i));
      }
    }
    return found;
  }
}
