package exercises.rulebased;

import exercises.language.Morphology;
import exercises.understanding.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gaps at prepositions of place, for a lesson about them. Whether the cat is under the bed or
 * behind it no sentence tells, so the others offered are what grammar rules out and learners say
 * all the same: "next the bed", "in front the bed", "under of the bed", "between the bed".
 */
final class PlaceGaps {
  private static final Map<String, String> WHERE =
      Map.of(
          "under", "lower than",
          "behind", "at the back of",
          "above", "higher than",
          "opposite", "facing",
          "between", "with one on each side:",
          "in", "inside",
          "on", "touching the top or the side of");

  /** With these "in" or "on" is fixed. */
  private static final Set<String> BE = Set.of("is", "are", "was", "were", "am", "'s");

  private final Morphology morphology;

  PlaceGaps(Morphology morphology) {
    this.morphology = morphology;
  }

  /** A gap at the small word, or null. */
  Gap at(Sentence s, int i) {
    String word = s.lower(i);
    String before = s.lower(i - 1);
    boolean named = s.tag(i + 1).matches("DET|PRON|NOUN|ADJ|NUM");
    if (word.equals("to") && before.equals("next") && named) {
      return gap(
          s,
          i,
          List.of("of", "from", "at"),
          "\"Next\" goes with \"to\".",
          List.of(i - 1),
          "Which small word goes with \"next\"?");
    }
    if (word.equals("of") && before.equals("front") && s.lower(i - 2).equals("in") && named) {
      return gap(
          s,
          i,
          List.of("to", "from", "at"),
          "We say \"in front of\".",
          List.of(i - 1, i - 2),
          "Which small word comes after \"in front\"?");
    }
    if (word.equals("between") && pair(s, i)) {
      return gap(
          s,
          i,
          List.of("between of", "next", "in front"),
          "It has one on each side, so it is \"between\".",
          List.of(s.tokens().size() - 2),
          "It has one on this side and one on that side.");
    }
    boolean fits =
        WHERE.containsKey(word)
            && !word.equals("between")
            && s.lower(i + 1).matches("the|a|an|my|your|his|her|our|their")
            && thing(s, i + 2)
            && stands(s, i);
    if (!fits) {
      return null;
    }
    String noun = s.lower(i + 2);
    boolean one = morphology.hasTag(noun, "NN") && !morphology.hasTag(noun, "NNS") && !pair(s, i);
    List<String> wrong = new ArrayList<>();
    if (!word.matches("in|on")) {
      wrong.add(word + " of");
    }
    if (one) {
      wrong.add("between");
    }
    wrong.addAll(List.of("next", "in front", "of"));
    return gap(
        s,
        i,
        wrong,
        "It is "
            + WHERE.get(word)
            + " "
            + s.lower(i + 1)
            + " "
            + noun
            + ", so it is \""
            + word
            + "\". \"Next\" would need \"to\", \"in front\" would need \"of\""
            + (one ? ", and \"between\" two things." : "."),
        List.of(i + 2),
        "Where? It is " + WHERE.get(word) + " the " + noun + ".");
  }

  private static Gap gap(
      Sentence s, int i, List<String> wrong, String why, List<Integer> evidence, String hint) {
    return Gap.of(s, i, wrong, "preposition", evidence, why, hint);
  }

  private static boolean pair(Sentence s, int i) {
    for (int k = i + 2; k < s.tokens().size(); k++) {
      if (s.lower(k).equals("and")) {
        return true;
      }
    }
    return false;
  }

  private boolean thing(Sentence s, int k) {
    return s.tag(k).equals("NOUN")
        && morphology.hasTagStarting(s.lower(k), "NN")
        && !s.tag(k + 1).equals("NOUN");
  }

  /** "is under", "are the books on": it stays there, and nothing goes to it. */
  private static boolean stands(Sentence s, int i) {
    int k = s.lower(i - 1).equals("not") ? i - 2 : i - 1;
    boolean says =
        BE.contains(s.lower(k)) || s.lower(k).matches("(?:it|he|she|they|you|i)'(?:s|re|m)");
    // "Is the cat under": only the subject stands between.
    boolean asks = s.isQuestion() && BE.contains(s.lower(0)) && i <= 3;
    return says && k >= 0 || asks;
  }
}
