package exercises.rulebased;

import exercises.language.GrammarCheck;
import exercises.language.Morphology;
import exercises.language.Token;
import exercises.understanding.Mistake;
import exercises.understanding.MistakeType;
import exercises.understanding.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Turns a mistake's corrected sentence into a gap at the place where the student slipped. */
public final class MistakeGaps {
  private final Morphology morphology;
  private final VerbGaps verbs;
  private final WordGaps words;
  private final SlipGaps slips;
  private final OrderGaps orders;

  public MistakeGaps(Morphology morphology, VerbGaps verbs, WordGaps words) {
    this.morphology = morphology;
    this.verbs = verbs;
    this.words = words;
    this.slips = new SlipGaps(morphology, verbs, words);
    this.orders = new OrderGaps(morphology);
  }

  /** Null where the options could not be made safe. {@code s} is the corrected sentence. */
  public Gap at(Sentence s, Mistake mistake) {
    Gap slip = s.wordCount() >= 4 ? slips.at(s, mistake) : null;
    if (slip != null) {
      return slip;
    }
    List<String> right = Token.words(mistake.rightPart());
    Gap moved = s.wordCount() >= 4 ? orders.slip(s, mistake) : null;
    if (moved != null || right.isEmpty() || s.wordCount() < 4) {
      return moved;
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
      gap = gap == null ? slips.inPart(s, i, mistake.wrongPart()) : gap;
      if (gap != null && !asksAnother(gap, mistake)) {
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

  /** "They take a break" put right "do": which form of "take" it is was not the trouble. */
  private boolean asksAnother(Gap gap, Mistake mistake) {
    return mistake.type() == MistakeType.GENERAL
        && gap.sentence().tag(gap.token()).equals("VERB")
        && Token.words(mistake.wrongPart()).stream()
            .noneMatch(w -> morphology.shareLemma(w, gap.answer().toLowerCase(Locale.ROOT)));
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
    boolean negative =
        gap.answer().endsWith("n't")
            && mistake.incorrect().toLowerCase(Locale.ROOT).contains(mistake.wrongPart() + "n't");
    String wrong = mistake.wrongPart() + (negative ? "n't" : "");
    boolean told = gap.explanation().contains(" You said ");
    return gap.explanation().equals("see rule")
        ? mistake.rule()
        : told
            ? gap.explanation()
            : wrong.isEmpty()
                ? gap.explanation() + " You left the word out."
                : gap.explanation() + " You said \"" + wrong + "\".";
  }

  /** Corrections whose wrong form is known but no general rule covers. */
  private Gap attested(Sentence s, int i, Mistake mistake) {
    String word = s.lower(i);
    String wrong = mistake.wrongPart();
    return mistake.type() == MistakeType.ARTICLE ? definite(s, i, word, wrong) : null;
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
