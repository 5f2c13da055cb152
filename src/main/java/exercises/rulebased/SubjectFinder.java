package exercises.rulebased;

import exercises.language.Morphology;
import exercises.understanding.Sentence;
import java.util.Set;

/** The subject of a verb, where it can be told without doubt. */
final class SubjectFinder {
  /**
   * @param at its head's token
   * @param third true for what takes "is" and "likes"
   */
  record Subject(int at, String text, boolean third) {}

  private static final Set<String> ADVERBS =
      Set.of(
          "always",
          "usually",
          "often",
          "sometimes",
          "never",
          "also",
          "really",
          "just",
          "already",
          "still");
  private final Morphology morphology;

  SubjectFinder(Morphology morphology) {
    this.morphology = morphology;
  }

  /** The subject right before the verb (adverbs may stand between), or null. */
  Subject leftOf(Sentence s, int verb) {
    int i = verb - 1;
    while (i >= 0 && ADVERBS.contains(s.lower(i))) {
      i--;
    }
    if (i < 0) {
      return null;
    }
    String word = s.lower(i);
    boolean start =
        i == 0 || s.lower(i - 1).matches("[,;]|because|but|when|so|then|that|if|and|while");
    if (word.matches("i|you|he|she|it|we|they")) {
      boolean coordinated = i > 1 && s.lower(i - 1).equals("and") && !s.tag(i - 2).equals("PUNCT");
      boolean clause =
          start
              || s.tag(i - 1).matches("ADV|SCONJ|NOUN|VERB|PROPN|ADJ")
                  && !s.tag(i - 1).equals("VERB");
      return coordinated || !clause
          ? null
          : new Subject(i, word.equals("i") ? "I" : word, word.matches("he|she|it"));
    }
    return noun(s, i);
  }

  private Subject noun(Sentence s, int head) {
    if (!s.tag(head).equals("NOUN")) {
      return null;
    }
    int from = head - 1;
    while (from >= 0 && s.tag(from).equals("ADJ")) {
      from--;
    }
    String determiner = s.lower(from);
    boolean determined =
        determiner.matches("the|my|your|his|her|our|their|this|that|these|those|a|an|every");
    boolean clean =
        from == 0
            || from > 0 && s.lower(from - 1).matches("[,;]|because|but|when|so|then|if|while");
    if (!determined || !clean) {
      return null;
    }
    boolean plural = morphology.hasTag(s.lower(head), "NNS");
    boolean singular = morphology.hasTagStarting(s.lower(head), "NN") && !plural;
    boolean collective = s.lower(head).matches("family|team|police|class|group|people|staff");
    String phrase = s.text().substring(s.tokens().get(from).start(), s.tokens().get(head).end());
    String text =
        from == 0 ? Character.toLowerCase(phrase.charAt(0)) + phrase.substring(1) : phrase;
    return plural == singular || collective ? null : new Subject(head, text, singular);
  }

  /** The subject right after an auxiliary in a question, or null. */
  Subject rightOf(Sentence s, int verb) {
    if (!s.isQuestion()) {
      return null;
    }
    String word = s.lower(verb + 1);
    if (word.matches("i|you|he|she|it|we|they")) {
      return new Subject(verb + 1, word.equals("i") ? "I" : word, word.matches("he|she|it"));
    }
    boolean determined = word.matches("the|my|your|his|her|our|their|this|that|these|those");
    int head = verb + 2;
    if (!determined || !s.tag(head).equals("NOUN") || s.tag(head + 1).matches("NOUN|CCONJ|ADP")) {
      return null;
    }
    boolean plural = morphology.hasTag(s.lower(head), "NNS");
    return new Subject(head, word + " " + s.lower(head), !plural);
  }
}
