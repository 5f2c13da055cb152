package exercises.rulebased;

import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.language.Token;
import exercises.understanding.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Verbs taken out of their sentence, with other forms of the same verb as distractors. A form is
 * offered only when none of its readings fits: the subject, the auxiliary or the time word rules it
 * out.
 */
public final class VerbGaps {
  private static final Set<String> TAKES_BASE =
      Set.of(
          "do",
          "does",
          "did",
          "can",
          "could",
          "will",
          "would",
          "should",
          "must",
          "might",
          "don't",
          "doesn't",
          "didn't",
          "can't",
          "couldn't",
          "won't",
          "wouldn't",
          "shouldn't",
          "mustn't");
  private static final Set<String> HAVE =
      Set.of("have", "has", "had", "haven't", "hasn't", "hadn't");
  private static final Set<String> BE =
      Set.of("am", "is", "are", "was", "were", "isn't", "aren't", "wasn't", "weren't");
  private static final Set<String> ADVERBS =
      Set.of(
          "always",
          "usually",
          "often",
          "sometimes",
          "never",
          "also",
          "ever",
          "really",
          "just",
          "already",
          "not");
  private static final Set<String> AFTER_SUBJECT_OF_OTHER =
      Set.of(
          "let", "lets", "make", "makes", "made", "help", "helps", "helped", "see", "saw", "hear",
          "heard", "watch", "watched", "if", "wish", "suggest", "than", "that", "who", "which",
          "to", "for", "with", "and", "or");
  private final Morphology morphology;
  private final SubjectFinder subjects;

  public VerbGaps(Morphology morphology) {
    this.morphology = morphology;
    this.subjects = new SubjectFinder(morphology);
  }

  /** A gap at a verb of the sentence, or null where no three forms are surely wrong. */
  public Gap at(Sentence s, int i) {
    String word = s.lower(i);
    if (!Set.of("VERB", "AUX").contains(s.tag(i)) || word.contains("'") && !word.endsWith("n't")) {
      return null;
    }
    if (BE.contains(word)) {
      return beGap(s, i, word);
    }
    if (Set.of("do", "does", "don't", "doesn't", "did").contains(word) && followedByBase(s, i)) {
      return doGap(s, i, word);
    }
    return s.tag(i).equals("VERB") ? fullVerbGap(s, i, word) : null;
  }

  private Gap fullVerbGap(Sentence s, int i, String word) {
    String lemma = morphology.lemma(word, PartOfSpeech.VERB);
    // "used to" has one form, and no present.
    boolean habit = word.matches("used?") && s.lower(i + 1).equals("to");
    if (habit || Set.of("be", "let", "born", "bear", "get", "lie", "lay").contains(lemma)) {
      return null;
    }
    int left = i - 1;
    while (left >= 0 && ADVERBS.contains(s.lower(left))) {
      left--;
    }
    String helper = s.lower(left);
    boolean inverted =
        left > 0 && isSubjectPronoun(helper) && Set.of("AUX").contains(s.tag(left - 1));
    String governor = inverted ? s.lower(left - 1) : helper;
    int governorAt = inverted ? left - 1 : left;
    if (TAKES_BASE.contains(governor) && morphology.hasTag(word, "VB")) {
      return form(
          s,
          i,
          lemma,
          Set.of("VB"),
          "verb_tense",
          List.of(governorAt),
          "After \""
              + governor
              + "\" the verb stays in its base form, so here it is \""
              + word
              + "\".",
          "Look at the word \"" + governor + "\" before the gap: which form follows it?");
    }
    if (HAVE.contains(governor) && morphology.hasTag(word, "VBN")) {
      return form(
          s,
          i,
          lemma,
          Set.of("VBN", "NN", "JJ"),
          "verb_tense",
          List.of(governorAt),
          "After \""
              + governor
              + "\" we use the past participle of \""
              + lemma
              + "\": \""
              + word
              + "\".",
          "Look at \"" + governor + "\": it needs the third form of \"" + lemma + "\".");
    }
    if (BE.contains(governor) && morphology.hasTag(word, "VBG")) {
      return form(
          s,
          i,
          lemma,
          Set.of("VBG", "VBN", "JJ", "NN"),
          "verb_tense",
          List.of(governorAt),
          "\""
              + Token.capitalised(governor)
              + "\" and the -ing form together say that it is going on: \""
              + governor
              + " "
              + word
              + "\".",
          "Something is going on here: which form of \""
              + lemma
              + "\" follows \""
              + governor
              + "\"?");
    }
    return finite(s, i, word, lemma);
  }

  private Gap finite(Sentence s, int i, String word, String lemma) {
    SubjectFinder.Subject subject = subjects.leftOf(s, i);
    if (subject == null
        || subject.at() > 0 && AFTER_SUBJECT_OF_OTHER.contains(s.lower(subject.at() - 1))
        || subject.at() > 0 && TAKES_BASE.contains(s.lower(subject.at() - 1))) {
      return null;
    }
    int mark = pastMark(s);
    if (morphology.hasTag(word, "VBD") && word.equals(lemma) && mark < 0) {
      // "I put": nothing tells past from present.
      return null;
    }
    boolean past = morphology.hasTag(word, "VBD");
    boolean present = morphology.hasTag(word, subject.third() ? "VBZ" : "VBP");
    if (past && mark >= 0) {
      return form(
          s,
          i,
          lemma,
          Set.of("VBD"),
          "verb_tense",
          List.of(mark, subject.at()),
          "\""
              + markText(s, mark)
              + "\" tells us that it is over, so \""
              + lemma
              + "\" is in the past: \""
              + word
              + "\".",
          "When did it happen? Look at \"" + markText(s, mark) + "\".");
    }
    Set<String> fits = subject.third() ? Set.of("VBZ", "VBD") : Set.of("VBP", "VBD");
    if (past) {
      return form(
          s,
          i,
          lemma,
          fits,
          "verb_tense",
          List.of(subject.at()),
          "This is told in the past, and the past form of \"" + lemma + "\" is \"" + word + "\".",
          "It already happened: how do we say \"" + lemma + "\" in the past?");
    }
    if (!present || mark >= 0) {
      return null;
    }
    String why =
        subject.third()
            ? "With \""
                + subject.text()
                + "\""
                + (subject.text().matches("he|she|it") ? "" : " (he, she or it)")
                + (word.endsWith(lemma + "s") || word.endsWith("es") || word.endsWith("ies")
                    ? " the verb takes -s: \""
                    : " we say \"")
                + word
                + "\"."
            : "With \"" + subject.text() + "\" the verb takes no ending: \"" + word + "\".";
    return form(
        s,
        i,
        lemma,
        fits,
        "subject_verb_agreement",
        List.of(subject.at()),
        why,
        "Who is it about? Look at \"" + subject.text() + "\".");
  }

  private Gap form(
      Sentence s,
      int i,
      String lemma,
      Set<String> fits,
      String concept,
      List<Integer> evidence,
      String why,
      String hint) {
    List<String> wrong = new ArrayList<>();
    for (String tag : List.of("VB", "VBZ", "VBD", "VBG", "VBN")) {
      String form = tag.equals("VB") ? lemma : morphology.formLike(lemma, tag, s.lower(i));
      boolean fit =
          form == null
              || morphology.usualReadings(form).stream()
                  .anyMatch(r -> fits.contains(r.tag().split(":")[0]));
      if (!fit && !wrong.contains(form)) {
        wrong.add(form);
      }
    }
    if (wrong.size() == 2 && !s.lower(i).equals(lemma) && !Set.of("to").contains(s.lower(i - 1))) {
      wrong.add("to " + lemma);
    }
    return hint.toLowerCase(Locale.ROOT).contains("\"" + s.lower(i) + "\"")
        ? null
        : Gap.of(s, i, wrong, concept, evidence, why, hint);
  }

  private Gap beGap(Sentence s, int i, String word) {
    boolean inverted =
        i == 0
            || s.tag(i - 1).equals("ADV") && i == 1
            || s.lower(i - 1).matches("what|where|when|who|why|how");
    SubjectFinder.Subject subject = inverted ? subjects.rightOf(s, i) : subjects.leftOf(s, i);
    if (subject == null
        || word.contains("'")
        || subject.at() > 0 && s.lower(subject.at() - 1).matches("if|wish|and|or")) {
      return null;
    }
    String right = right(subject, word.startsWith("w"));
    if (!word.equals(right)) {
      return null;
    }
    List<String> wrong =
        new ArrayList<>(word.startsWith("w") ? List.of("was", "were") : List.of("am", "is", "are"));
    wrong.remove(word);
    for (String other : List.of("am", "are", "is")) {
      if (word.startsWith("w") && !other.equals(right(subject, false))) {
        wrong.add(other);
      }
    }
    wrong.add("be");
    String time = word.startsWith("w") ? "in the past" : "in the present";
    return Gap.of(
        s,
        i,
        wrong,
        "subject_verb_agreement",
        List.of(subject.at()),
        "With \"" + subject.text() + "\" the verb \"be\" is \"" + word + "\" " + time + ".",
        "Which form of \"be\" goes with \"" + subject.text() + "\"?");
  }

  private static String right(SubjectFinder.Subject subject, boolean past) {
    if (past) {
      return subject.third() || subject.text().equalsIgnoreCase("i") ? "was" : "were";
    }
    return subject.text().equalsIgnoreCase("i") ? "am" : subject.third() ? "is" : "are";
  }

  private Gap doGap(Sentence s, int i, String word) {
    boolean negative = word.endsWith("n't");
    SubjectFinder.Subject subject = negative ? subjects.leftOf(s, i) : subjects.rightOf(s, i);
    if (subject == null
        || subject.at() > 0 && AFTER_SUBJECT_OF_OTHER.contains(s.lower(subject.at() - 1))) {
      return null;
    }
    List<String> wrong;
    if (negative) {
      wrong =
          subject.third()
              ? List.of("don't", "aren't", "haven't")
              : List.of("doesn't", "isn't", "hasn't");
    } else {
      wrong = subject.third() ? List.of("do", "are", "have") : List.of("does", "is", "has");
    }
    boolean agrees = word.equals("did") || word.startsWith("does") == subject.third();
    return agrees
        ? Gap.of(
            s,
            i,
            wrong,
            word.equals("did") ? "verb_tense" : "subject_verb_agreement",
            List.of(subject.at(), i + 1),
            word.equals("did")
                ? "The question is about the past and the verb after \""
                    + subject.text()
                    + "\" is in its base form, so it starts with \""
                    + s.tokens().get(i).text()
                    + "\"."
                : "With \"" + subject.text() + "\" we use \"" + word + "\" before the verb.",
            "Which helping verb goes with \"" + subject.text() + "\"?")
        : null;
  }

  private boolean followedByBase(Sentence s, int i) {
    for (int k = i + 1; k < Math.min(s.tokens().size(), i + 6); k++) {
      if (s.tag(k).equals("VERB")) {
        return morphology.hasTag(s.lower(k), "VB");
      }
    }
    return false;
  }

  /** Where the sentence says that it is over, or -1. */
  static int pastMark(Sentence s) {
    for (int i = 0; i < s.tokens().size(); i++) {
      boolean last =
          s.lower(i).equals("last")
              && s.lower(i + 1).matches("night|week|month|year|summer|winter|weekend|\\w+day");
      if (s.lower(i).matches("yesterday|ago") || last) {
        return i;
      }
    }
    return -1;
  }

  private static String markText(Sentence s, int mark) {
    return s.lower(mark).equals("last") ? "last " + s.lower(mark + 1) : s.lower(mark);
  }

  private static boolean isSubjectPronoun(String word) {
    return word.matches("i|you|he|she|it|we|they");
  }
}
