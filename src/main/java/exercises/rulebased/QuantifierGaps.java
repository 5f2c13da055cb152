package exercises.rulebased;

import exercises.language.Morphology;
import exercises.understanding.Sentence;
import java.util.List;

/** "How _____ flour do we need?": what can be counted takes "many", what can't takes "much". */
final class QuantifierGaps {
  private final Morphology morphology;

  QuantifierGaps(Morphology morphology) {
    this.morphology = morphology;
  }

  /** Null where the noun does not show which of the two is right. */
  Gap at(Sentence s, int i) {
    String word = s.lower(i);
    String noun = s.lower(i + 1);
    if (!word.matches("much|many") || !s.tag(i + 1).equals("NOUN") || s.tag(i + 2).equals("NOUN")) {
      return null;
    }
    boolean mass =
        morphology.hasTag(noun, "NN:U")
            && !morphology.hasTag(noun, "NN")
            && !morphology.hasTag(noun, "NNS");
    boolean several = morphology.hasTag(noun, "NNS");
    if (word.equals("much") ? !mass : !several) {
      return null;
    }
    return Gap.of(
        s,
        i,
        mass ? List.of("many", "few", "several") : List.of("much", "little", "a little"),
        "quantifier",
        List.of(i + 1),
        mass
            ? "\"" + noun + "\" can't be counted one by one, so it is \"much\"."
            : "\"" + noun + "\" can be counted: one, two, three. So it is \"many\".",
        "Can you count \"" + noun + "\": one, two, three?");
  }
}
