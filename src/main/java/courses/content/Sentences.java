package courses.content;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Small things about wording that writers and the gate share. */
final class Sentences {
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Set<String> SMALL =
      Set.of(
          "the", "a", "an", "of", "in", "on", "at", "to", "is", "are", "was", "and", "or", "which",
          "what", "that", "this", "it", "for", "by", "with", "from", "as", "be");

  private Sentences() {}

  /** Lower-case words and numbers. */
  static List<String> words(String text) {
    return Arrays.stream(NO_WORD.split(text.toLowerCase(Locale.ROOT)))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  static int count(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+").length;
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
    Set<String> words = new HashSet<>(words(one));
    return words(other).stream().anyMatch(word -> words.contains(word) && !SMALL.contains(word));
  }

  /** Words in common by words in either (Jaccard), small words left out; 0 to 1. */
  static double similarity(String one, String other) {
    Set<String> a = new HashSet<>(words(one));
    Set<String> b = new HashSet<>(words(other));
    a.removeAll(SMALL);
    b.removeAll(SMALL);
    Set<String> all = new HashSet<>(a);
    all.addAll(b);
    a.retainAll(b);
    return all.isEmpty()
        ? one.strip().equalsIgnoreCase(other.strip()) ? 1 : 0
        : (double) a.size() / all.size();
  }

  /** Keeps Markdown's signs in a source's text from meaning anything. */
  static String escaped(String text) {
    return text.replaceAll("([\\\\`*_\\[\\]<>#~|])", "\\\\$1")
        .replaceFirst("^([-+]|\\d+[.)])(\\s)", "\\\\$1$2");
  }
}
