package courses.content;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Small things about wording that writers and the gate share. */
final class Sentences {
  private static final Set<String> SMALL =
      Set.of(
          "the", "a", "an", "of", "in", "on", "at", "to", "is", "are", "was", "and", "or", "which",
          "what", "that", "this", "it", "for", "by", "with", "from", "as", "be");

  private static final Remembered<Set<String>> TELLING = new Remembered<>(Sentences::telling);

  private Sentences() {}

  /** Lower-case words and numbers. */
  static List<String> words(String text) {
    // By hand: the rules and the gate compare texts by the ten thousand.
    String lower = text.toLowerCase(Locale.ROOT);
    List<String> words = new ArrayList<>();
    int from = -1;
    for (int at = 0; at < lower.length(); ) {
      int c = lower.codePointAt(at);
      if (ofWord(c)) {
        from = from < 0 ? at : from;
      } else if (from >= 0) {
        words.add(lower.substring(from, at));
        from = -1;
      }
      at += Character.charCount(c);
    }
    if (from >= 0) {
      words.add(lower.substring(from));
    }
    return words;
  }

  /** A letter or a number in any script. */
  private static boolean ofWord(int c) {
    if (c < 128) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    }
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }

  static int count(String text) {
    int words = 0;
    boolean between = true;
    for (int at = 0; at < text.length(); at++) {
      boolean space = Character.isWhitespace(text.charAt(at));
      words += between && !space ? 1 : 0;
      between = space;
    }
    return words;
  }

  static String list(List<String> parts) {
    if (parts.size() < 2) {
      return String.join("", parts);
    }
    return String.join(", ", parts.subList(0, parts.size() - 1))
        + " and "
        + parts.get(parts.size() - 1);
  }

  static boolean shareWord(String one, String other) {
    List<String> words = words(one); // few: a list is searched sooner than a set is made
    for (String word : words(other)) {
      if (words.contains(word) && !SMALL.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** Words in common by words in either (Jaccard), small words left out; 0 to 1. */
  static double similarity(String one, String other) {
    Set<String> a = TELLING.of(one);
    Set<String> b = TELLING.of(other);
    if (a.isEmpty() && b.isEmpty()) {
      return one.strip().equalsIgnoreCase(other.strip()) ? 1 : 0;
    }
    int common = 0;
    for (String word : a) {
      common += b.contains(word) ? 1 : 0;
    }
    return (double) common / (a.size() + b.size() - common);
  }

  private static Set<String> telling(String text) {
    Set<String> words = new HashSet<>(words(text));
    words.removeAll(SMALL);
    return words;
  }

  /** Keeps Markdown's signs in a source's text from meaning anything. */
  static String escaped(String text) {
    return text.replaceAll("([\\\\`*_\\[\\]<>#~|])", "\\\\$1")
        .replaceFirst("^([-+]|\\d+[.)])(\\s)", "\\\\$1$2");
  }
}
