package exercises.rulebased;

import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.understanding.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The participle of a passive: "The olives are _____ in November". */
final class PassiveGaps {
  private static final Set<String> BE = Set.of("is", "are", "was", "were", "be", "been");

  /** Things do these by themselves: "the shop is closing" is as good as "is closed". */
  private static final Set<String> BY_ITSELF =
      Set.of(
          "open", "close", "change", "move", "break", "cook", "boil", "melt", "burn", "grow",
          "start", "finish", "stop", "turn", "sell", "read", "wash", "build", "spill", "bake");

  private final Morphology morphology;

  PassiveGaps(Morphology morphology) {
    this.morphology = morphology;
  }

  /** Null where there is no passive, or no three forms are surely wrong. */
  Gap at(Sentence s, int i) {
    String word = s.lower(i);
    String lemma = morphology.lemma(word, PartOfSpeech.VERB);
    if (!isParticiple(s, i) || lemma.equals(word) || BY_ITSELF.contains(lemma)) {
      return null;
    }
    List<String> wrong = new ArrayList<>(List.of(lemma));
    String third = morphology.form(lemma, "VBZ");
    String past = morphology.form(lemma, "VBD");
    if (past != null && !past.equals(word) && !morphology.forms(lemma, "VBN").contains(past)) {
      wrong.add(past);
    }
    wrong.add(third);
    wrong.add(morphology.form(lemma, "VBG"));
    return Gap.of(
        s,
        i,
        wrong,
        "passive",
        List.of(i - 1),
        "It is done to the thing, so after \""
            + s.lower(i - 1)
            + "\" comes the third form of \""
            + lemma
            + "\": \""
            + word
            + "\".",
        "Somebody does it, and the sentence is not about who: which form of \""
            + lemma
            + "\" follows \""
            + s.lower(i - 1)
            + "\"?");
  }

  /** Whether a form of "be" has a participle after it. */
  boolean isAfter(Sentence s, int be) {
    return isParticiple(s, be + 1);
  }

  private boolean isParticiple(Sentence s, int i) {
    String word = s.lower(i);
    boolean thing =
        s.tokens().subList(0, Math.max(0, Math.min(i, s.tokens().size()))).stream()
            .noneMatch(t -> t.lower().matches("i|you|he|she|we|they"));
    return BE.contains(s.lower(i - 1))
        && thing
        && s.tag(i).matches("VERB|ADJ")
        && morphology.hasTag(word, "VBN")
        && !morphology.hasTag(word, "VB");
  }
}
