package exercises.rulebased;

import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.language.Token;
import exercises.understanding.Mistake;
import exercises.understanding.MistakeType;
import exercises.understanding.Sentence;
import java.util.ArrayList;
import java.util.List;

/** Gaps of several words that ask for their order: "never drink" or "drink never". */
final class OrderGaps {
  private static final String FREQUENCY = "always|usually|often|sometimes|never|rarely|seldom";

  private final Morphology morphology;
  private final SubjectFinder subjects;

  OrderGaps(Morphology morphology) {
    this.morphology = morphology;
    this.subjects = new SubjectFinder(morphology);
  }

  /**
   * An adverb of frequency with its verb, or null. Only before an object: "we swim often in the
   * sea" is English too.
   */
  Gap frequency(Sentence s, int i) {
    String adverb = s.lower(i);
    String verb = s.lower(i + 1);
    String lemma = morphology.lemma(verb, PartOfSpeech.VERB);
    SubjectFinder.Subject subject =
        adverb.matches(FREQUENCY) && s.tag(i + 1).equals("VERB") ? subjects.leftOf(s, i) : null;
    boolean object = s.tag(i + 2).matches("NOUN|DET|PRON|NUM|PROPN");
    if (subject == null || !object || lemma.equals("be")) {
      return null;
    }
    boolean agrees = morphology.hasTag(verb, subject.third() ? "VBZ" : "VBP");
    String other = subject.third() ? lemma : morphology.form(lemma, "VBZ");
    if (!agrees || other == null || other.equals(verb)) {
      return null;
    }
    return Gap.span(
        s,
        i,
        i + 1,
        List.of(verb + " " + adverb, adverb + " " + other, other + " " + adverb),
        "word_order",
        List.of(subject.at(), i + 2),
        "A word for how often stands before the verb: \"" + adverb + " " + verb + "\".",
        "Where does the word for how often stand, and what ending does the verb take after \""
            + subject.text()
            + "\"?");
  }

  /** Where the student had the same words in another order: "Where _____ going?" */
  Gap slip(Sentence s, Mistake mistake) {
    List<String> right = Token.words(mistake.rightPart());
    List<String> wrong = Token.words(mistake.wrongPart());
    if (mistake.type() != MistakeType.WORD_ORDER || right.size() != 2 || wrong.size() != 2) {
      return null;
    }
    for (int i = 0; i + 1 < s.tokens().size(); i++) {
      boolean here = s.lower(i).equals(right.get(0)) && s.lower(i + 1).equals(right.get(1));
      if (!here) {
        continue;
      }
      String yours = " You said \"" + mistake.wrongPart() + "\".";
      Gap often = frequency(s, i);
      if (often != null) {
        return Gap.span(
            s,
            i,
            i + 1,
            often.distractors(),
            often.concept(),
            often.evidence(),
            often.explanation() + yours,
            often.hint());
      }
      return s.isQuestion() ? inverted(s, i, yours) : null;
    }
    return null;
  }

  private static Gap inverted(Sentence s, int i, String yours) {
    String helper = s.lower(i);
    String subject = s.tokens().get(i + 1).text();
    boolean asks =
        helper.matches("am|is|are|was|were|can|could|will|would|should|must|have|has|had")
            && s.lower(i + 1).matches("i|you|he|she|it|we|they|there");
    List<String> wrong = new ArrayList<>(List.of(subject + " " + helper, subject, helper));
    return !asks
        ? null
        : Gap.span(
            s,
            i,
            i + 1,
            wrong,
            "word_order",
            List.of(),
            "In a question \"" + helper + "\" stands before \"" + subject + "\"." + yours,
            "It is a question: in which order do the subject and the helping verb stand?");
  }
}
