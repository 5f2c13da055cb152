package exercises;

import exercises.understanding.Mistake;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Whether a mistake a generator reports is one of the key: the same words of the student, about the
 * same time, and a correction that puts right what the key puts right.
 */
final class MistakeMatch {
  /** A student's broken turns may begin some cues earlier than the words that are wrong. */
  private static final int SECONDS = 25;

  private MistakeMatch() {}

  static boolean matches(QualityLesson.KeyMistake key, Mistake reported) {
    Integer second = reported.provenance().second();
    if (key.second() >= 0 && second != null && Math.abs(second - key.second()) > SECONDS) {
      return false;
    }
    List<String> said = words(key.incorrect());
    List<String> theirs = words(reported.incorrect());
    if (common(said, theirs) < Math.min(said.size(), theirs.size()) * 0.6) {
      return false;
    }
    List<String> corrected = words(reported.correct());
    return key.correct().stream()
        .map(MistakeMatch::words)
        .anyMatch(c -> same(said, c, theirs, corrected));
  }

  /** What the key adds is there; what it takes away is gone; moved words stand in its order. */
  private static boolean same(
      List<String> said, List<String> wanted, List<String> theirs, List<String> corrected) {
    List<String> added = without(wanted, said);
    List<String> removed = without(said, wanted);
    if (added.isEmpty() && removed.isEmpty()) {
      return String.join(" ", corrected).contains(String.join(" ", wanted));
    }
    boolean has = without(added, corrected).isEmpty();
    // A correction may be part of a longer sentence that rightly has the word elsewhere.
    boolean gone = !added.isEmpty() || without(removed, without(theirs, corrected)).isEmpty();
    return has && gone;
  }

  private static int common(List<String> some, List<String> others) {
    return some.size() - without(some, others).size();
  }

  /** Multiset difference. */
  private static List<String> without(List<String> some, List<String> others) {
    List<String> rest = new ArrayList<>(some);
    others.forEach(rest::remove);
    return rest;
  }

  /** Lower-case words with contractions written out, so that "it's" and "it is" are the same. */
  static List<String> words(String text) {
    String plain =
        text.toLowerCase(Locale.ROOT)
            .replace('’', '\'')
            .replace("won't", "will not")
            .replace("can't", "can not")
            .replace("n't", " not")
            .replaceAll("\\b(i|he|she|it|we|you|they|that|there)'(?:m|re)\\b", "$1 be")
            .replaceAll("\\b(he|she|it|that|there)'s\\b", "$1 be")
            .replaceAll("\\b(?:am|is|are)\\b", "be")
            .replace("'ll", " will")
            .replace("'ve", " have")
            .replace("'d", " would")
            .replaceAll("[^\\p{L}\\p{N}' ]", " ")
            .strip();
    return plain.isEmpty() ? List.of() : Arrays.asList(plain.split("\\s+"));
  }
}
