package exercises.understanding;

import exercises.language.Expressions;
import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.language.Token;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Explains a correction and hints at it, in terms of its own words. */
public final class RuleText {
  private static final Map<MistakeType, String> HINTS =
      Map.ofEntries(
          Map.entry(MistakeType.VERB_TENSE, "Look at the verb: when does this happen?"),
          Map.entry(MistakeType.ARTICLE, "Look at the noun: does it need a, an, the or nothing?"),
          Map.entry(MistakeType.PLURAL, "One or more than one?"),
          Map.entry(MistakeType.PREPOSITION, "Think of the small word that belongs here."),
          Map.entry(
              MistakeType.SUBJECT_VERB_AGREEMENT, "Who does it? The verb must match the subject."),
          Map.entry(MistakeType.WORD_FORM, "The right word, but which form of it?"),
          Map.entry(MistakeType.GERUND_INFINITIVE, "After this verb: to + verb, or -ing?"),
          Map.entry(MistakeType.WORD_ORDER, "Check the order of the words."),
          Map.entry(MistakeType.SPELLING, "Check the letters."),
          Map.entry(MistakeType.PRONUNCIATION, "Say it slowly."),
          Map.entry(MistakeType.GENERAL, "Your teacher said this in a different way."));

  private static final Set<String> NEGATIVES = Set.of("nothing", "nobody", "never", "nowhere");
  private static final String HELPERS =
      "do|does|did|have|has|had|is|are|am|was|were|will|would|can|could";
  private static final String BARE = "did|do|does|can|could|will|would|should|must|may|might|to";
  private static final String COUNTS =
      "two|three|four|five|six|seven|eight|nine|ten|many|some|these|those|few|several|\\d+";

  private RuleText() {}

  /** Helps to find a mistake of this type without naming the correction. */
  public static String hint(MistakeType type) {
    return HINTS.get(type);
  }

  static String rule(MistakeType type, Edit edit, List<String> student, Morphology morphology) {
    String wrong = show(edit.wrong());
    String right = show(edit.right());
    String before = edit.from() > 0 ? Parts.full(student.get(edit.from() - 1)) : "";
    String next = edit.to() < student.size() ? student.get(edit.to()) : "";
    if (type == MistakeType.SUBJECT_VERB_AGREEMENT
        && Expressions.matches(
            before, "only|just|really|still|ever|always|never|often|usually|also")
        && edit.from() > 1) {
      // The verb goes with its subject, not with the adverb between.
      before = Parts.full(student.get(edit.from() - 2));
    }
    if (next.equals("n't")
        && Expressions.matches(wrong, HELPERS)
        && Expressions.matches(right, HELPERS)) {
      // "She do n't": shown as the words they are.
      wrong = show(List.of(wrong, "n't"));
      right = right.equals("am") ? "am not" : show(List.of(right, "n't"));
    }
    if (NEGATIVES.contains(wrong)) {
      return "The sentence is negative already, so it is \"" + right + "\", not \"" + wrong + "\".";
    }
    if (edit.wrong().isEmpty()) {
      String phrase =
          show(
              student.subList(
                  edit.to(),
                  Math.min(
                      student.size(), edit.to() + phraseLength(student, edit.to(), morphology))));
      return missing(type, right, before, next, phrase);
    }
    if (edit.right().isEmpty()
        && Expressions.matches(wrong, "have|has")
        && morphology.hasTag(next, "VBD")) {
      return "It is over and done, so the verb stands alone: leave out \""
          + wrong
          + "\" before \""
          + next
          + "\".";
    }
    if (edit.right().isEmpty()) {
      return "Leave out \"" + wrong + "\"" + around(before, next) + ".";
    }
    return switch (type) {
      case VERB_TENSE -> tense(wrong, right, edit, student, morphology);
      case SUBJECT_VERB_AGREEMENT ->
          before.isEmpty()
              ? "The verb must match its subject: \"" + right + "\", not \"" + wrong + "\"."
              : "With \""
                  + upperI(before)
                  + "\" the verb is \""
                  + right
                  + "\", not \""
                  + wrong
                  + "\".";
      case ARTICLE -> "Before \"" + next + "\" say \"" + right + "\", not \"" + wrong + "\".";
      case PLURAL ->
          Expressions.matches(before, COUNTS) && morphology.hasTag(right, "NNS")
              ? "After \""
                  + before
                  + "\" it is more than one: \""
                  + right
                  + "\", not \""
                  + wrong
                  + "\"."
              : "The form that fits here is \"" + right + "\", not \"" + wrong + "\".";
      case PREPOSITION ->
          next.isEmpty()
              ? "Here say \"" + right + "\", not \"" + wrong + "\"."
              : "Say \""
                  + right
                  + " "
                  + phrase(student, edit.to())
                  + "\", not \""
                  + wrong
                  + " "
                  + phrase(student, edit.to())
                  + "\".";
      case GERUND_INFINITIVE ->
          before.isEmpty()
              ? "Here the verb takes the form \"" + right + "\", not \"" + wrong + "\"."
              : "After \"" + upperI(before) + "\" use \"" + right + "\", not \"" + wrong + "\".";
      case WORD_ORDER -> "The order is \"" + right + "\", not \"" + wrong + "\".";
      default -> "Here say \"" + right + "\", not \"" + wrong + "\".";
    };
  }

  /** A word that stands too late. */
  static String moved(Edit in, List<String> student) {
    return "The word \""
        + show(in.right())
        + "\" stands earlier: before \""
        + upperI(student.get(in.from()))
        + "\".";
  }

  private static String phrase(List<String> student, int from) {
    boolean determined =
        Expressions.matches(student.get(from), "a|an|the|my|your|his|her|our|their");
    return show(student.subList(from, Math.min(student.size(), from + (determined ? 2 : 1))));
  }

  /** Adverbs and adjectives up to the noun: "very nice picture", not "very". */
  private static int phraseLength(List<String> student, int from, Morphology morphology) {
    int at = from;
    while (at + 1 < student.size()
        && at < from + 3
        && (Expressions.matches(student.get(at), "very|really|so|too")
            || morphology.hasTag(student.get(at), "JJ")
                && morphology.hasTagStarting(student.get(at + 1), "NN")
                && !Expressions.matches(
                    student.get(at + 1),
                    "at|in|on|is|was|can|will|must|has|have|and|but|or|so|because"))) {
      at++;
    }
    return at - from + 1;
  }

  private static String missing(
      MistakeType type, String right, String before, String next, String phrase) {
    String where = next.isEmpty() ? "at the end" : "before \"" + upperI(next) + "\"";
    return switch (type) {
      case ARTICLE -> "\"" + right + "\" is missing before \"" + phrase + "\".";
      case PREPOSITION ->
          "\""
              + upperI(before)
              + "\" and \""
              + next
              + "\" are joined by \""
              + right
              + "\" in this sentence.";
      default -> "The word \"" + right + "\" is missing " + where + ".";
    };
  }

  private static String tense(
      String wrong, String right, Edit edit, List<String> student, Morphology morphology) {
    String last = edit.right().get(edit.right().size() - 1);
    String lemma = morphology.lemma(last, PartOfSpeech.VERB);
    boolean negated =
        edit.from() > 1 && Expressions.matches(student.get(edit.from() - 1), "n't|not");
    boolean asked =
        edit.from() > 1
            && Expressions.matches(student.get(edit.from() - 1), "i|you|he|she|it|we|they");
    String helper = edit.from() == 0 ? "" : student.get(edit.from() - (negated || asked ? 2 : 1));
    if (Expressions.matches(helper, BARE) && lemma.equals(last)) {
      return "After \""
          + (negated ? show(List.of(helper, "n't")) : helper)
          + "\" the verb stays in its base form: \""
          + right
          + "\", not \""
          + wrong
          + "\".";
    }
    boolean one = edit.right().size() == 1 && edit.wrong().size() == 1;
    boolean same =
        morphology.shareLemma(edit.wrong().get(edit.wrong().size() - 1), last)
            || !morphology.isEnglish(wrong);
    if (Expressions.matches(
            helper, "have|has|had|'ve|be|am|is|are|was|were|'s|'m|'re|been|get|gets|got")
        && one
        && morphology.hasTag(last, "VBN")
        && !lemma.equals(last)) {
      return "After \""
          + Parts.full(helper)
          + "\" comes the third form of \""
          + lemma
          + "\": \""
          + right
          + "\", not \""
          + wrong
          + "\".";
    }
    if (Expressions.matches(edit.wrong().get(0), "have|has|'ve")
        && edit.right().size() == 1
        && morphology.hasTag(last, "VBD")) {
      return "It is over and done, so the past simple is right: \""
          + right
          + "\", not \""
          + wrong
          + "\".";
    }
    if (one && !morphology.isEnglish(wrong) && morphology.hasTag(last, "VBD")) {
      return "\""
          + lemma
          + "\" is irregular: its past form is \""
          + last
          + "\", not \""
          + wrong
          + "\".";
    }
    if (one && same && !lemma.equals(last) && morphology.hasTag(last, "VBD")) {
      return "\""
          + last
          + "\" is the past form of \""
          + lemma
          + "\"; \""
          + wrong
          + "\" does not fit here.";
    }
    return "The verb form here is \"" + right + "\", not \"" + wrong + "\".";
  }

  private static String around(String before, String next) {
    if (!next.isEmpty()) {
      return " before \"" + upperI(next) + "\"";
    }
    return before.isEmpty() ? "" : " after \"" + upperI(before) + "\"";
  }

  private static String upperI(String word) {
    boolean name =
        Expressions.matches(
            word,
            "(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|april|june|july|august|september|october|november|december|english|hebrew");
    return word.equals("i") ? "I" : name ? Token.capitalised(word) : word;
  }

  /** Parts as a reader expects them: "does" and "n't" are one word. */
  static String show(List<String> parts) {
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      if (part.equals("n't")
          && Expressions.matches(text.toString(), "(?s)(?:.* )?(?:can|will|shall)")) {
        // "ca", "wo" and "sha" are written before "n't".
        int cut = text.toString().endsWith("can") ? 1 : 2;
        boolean will = text.toString().endsWith("will");
        text.setLength(text.length() - (will ? 3 : cut));
        text.append(will ? "on't" : "n't");
        continue;
      }
      boolean joined = part.equals("n't") || part.startsWith("'");
      if (!text.isEmpty() && !joined) {
        text.append(' ');
      }
      text.append(text.isEmpty() && joined ? Parts.full(part) : upperI(part));
    }
    return text.toString();
  }
}
