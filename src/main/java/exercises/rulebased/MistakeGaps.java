package exercises.rulebased;

import exercises.language.GrammarCheck;
import exercises.language.Morphology;
import exercises.language.Token;
import exercises.understanding.EditClassifier;
import exercises.understanding.Mistake;
import exercises.understanding.MistakeType;
import exercises.understanding.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Turns a mistake's corrected sentence into a gap at the place where the student slipped. */
public final class MistakeGaps {
  private final Morphology morphology;
  private final VerbGaps verbs;
  private final WordGaps words;

  public MistakeGaps(Morphology morphology, VerbGaps verbs, WordGaps words) {
    this.morphology = morphology;
    this.verbs = verbs;
    this.words = words;
  }

  /** Null where the options could not be made safe. {@code s} is the corrected sentence. */
  public Gap at(Sentence s, Mistake mistake) {
    List<String> right = Token.words(mistake.rightPart());
    if (right.isEmpty() || s.wordCount() < 5) {
      return null;
    }
    for (int i = 0; i < s.tokens().size(); i++) {
      if (!right.contains(s.lower(i))
          && !(s.lower(i).endsWith("n't")
              && mistake.rightPart().startsWith(s.lower(i).replace("n't", "")))) {
        continue;
      }
      if (!isTheSlip(s, i, mistake)) {
        continue;
      }
      Gap gap = verbs.at(s, i);
      gap = gap == null ? words.at(s, i) : gap;
      gap = gap == null ? words.comparative(s, i) : gap;
      gap = gap == null ? words.collocation(s, i) : gap;
      gap = gap == null ? attested(s, i, mistake) : gap;
      if (gap != null) {
        return withOwnError(gap, mistake);
      }
    }
    return null;
  }

  /**
   * Of a small word that the sentence has twice ("in the sea in summer") the one that was wrong:
   * with the student's word in its place it reads as the student said it.
   */
  private static boolean isTheSlip(Sentence s, int i, Mistake mistake) {
    long times = s.tokens().stream().filter(t -> t.lower().equals(s.lower(i))).count();
    String wrong = mistake.wrongPart();
    if (times < 2 || wrong.isEmpty() || wrong.contains(" ") || mistake.rightPart().contains(" ")) {
      return true;
    }
    return Token.words(s.replace(i, wrong)).equals(Token.words(mistake.incorrect()));
  }

  /**
   * What the student said goes first among the options: it is the one to get past. A verb form goes
   * there only when grammar rules it out too: "we come back" was wrong in its lesson, but reads
   * well on its own.
   */
  private Gap withOwnError(Gap gap, Mistake mistake) {
    String wrong = mistake.wrongPart();
    boolean usable =
        !wrong.isEmpty()
            && !wrong.contains(" ")
            && morphology.isEnglish(wrong)
            && Token.words(mistake.rightPart()).size() == 1
            && (!gap.sentence().tag(gap.token()).matches("VERB|AUX")
                || gap.distractors().contains(wrong));
    Set<String> options = new LinkedHashSet<>();
    if (usable) {
      options.add(wrong);
    }
    options.addAll(gap.distractors());
    String concept =
        mistake.type() == MistakeType.GENERAL
                || mistake.type() == MistakeType.WORD_FORM
                || mistake.type() == MistakeType.PLURAL
                    && gap.sentence().tag(gap.token()).matches("VERB|AUX")
            ? gap.concept()
            : mistake.type().word();
    return Gap.of(
        gap.sentence(),
        gap.token(),
        new ArrayList<>(options),
        concept,
        gap.evidence(),
        explanation(gap, mistake),
        gap.hint());
  }

  /** Why the right form is right, and what the student said instead. */
  private static String explanation(Gap gap, Mistake mistake) {
    String wrong = mistake.wrongPart();
    return gap.explanation().equals("see rule")
        ? mistake.rule()
        : wrong.isEmpty()
            ? gap.explanation() + " You left the word out."
            : gap.explanation() + " You said \"" + wrong + "\".";
  }

  /**
   * Corrections whose wrong form is known but no general rule covers: plurals, articles,
   * prepositions.
   */
  private Gap attested(Sentence s, int i, Mistake mistake) {
    String word = s.lower(i);
    String wrong = mistake.wrongPart();
    return switch (mistake.type()) {
      case PREPOSITION -> preposition(s, i, word, wrong);
      case ARTICLE -> definite(s, i, word, wrong);
      default -> null;
    };
  }

  private Gap preposition(Sentence s, int i, String word, String wrong) {
    boolean time =
        s.tag(i + 1).equals("NUM")
            || s.lower(i + 1).matches(".*day|.*night|.*time|week|month|year");
    boolean plain =
        EditClassifier.PREPOSITIONS.contains(word) && EditClassifier.PREPOSITIONS.contains(wrong);
    boolean several = Token.words(wrong).size() > 1 || s.lower(i + 1).equals("of");
    return !plain || time || several || word.equals("of")
        ? null
        : Gap.of(
            s,
            i,
            List.of(wrong, "of", "since"),
            "preposition",
            List.of(i - 1, i + 1),
            "see rule",
            "Which small word comes after \"" + s.lower(i - 1) + "\" here?");
  }

  private Gap definite(Sentence s, int i, String word, String wrong) {
    int noun = s.tag(i + 1).equals("ADJ") ? i + 2 : i + 1;
    if (!word.equals("the") || !wrong.isEmpty() || !s.tag(noun).equals("NOUN")) {
      return null;
    }
    boolean plural = morphology.hasTag(s.lower(noun), "NNS");
    String next = s.lower(i + 1);
    String unsound =
        GrammarCheck.startsWithVowelSound(next)
            ? "a"
            : GrammarCheck.startsWithConsonantSound(next) ? "an" : null;
    List<String> options =
        plural
            ? List.of("—", "a", "an")
            : unsound == null ? List.of() : List.of("—", unsound, "these");
    return Gap.of(
        s,
        i,
        options,
        "article",
        List.of(i + 1, noun),
        "see rule",
        "Which " + s.lower(noun) + "? Is it clear which one is meant?");
  }
}
