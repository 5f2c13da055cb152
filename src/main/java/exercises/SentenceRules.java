package exercises;

import exercises.language.GrammarCheck;
import exercises.language.Morphology;
import exercises.language.Tagger;
import exercises.language.Token;
import exercises.understanding.ClassroomTalk;
import exercises.understanding.ModelSentences;
import exercises.understanding.Provenance;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules every shown sentence obeys. Each check gives the broken rule's name or null. */
public final class SentenceRules {
  private static final Pattern CLOCK =
      Pattern.compile(
          "\\b\\d{1,2}:\\d{2}:\\d{2}\\b|-->|\\b\\d{2}:\\d{2}\\.\\d{3}\\b|\\[\\d{1,2}:\\d{2}\\]");
  private static final Pattern LABEL =
      Pattern.compile(
          "^(?:teacher|student|speaker|tutor|pupil|[\\p{Lu}][\\p{L}]+)(?: \\w+)?:\\s",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern FILLER =
      Pattern.compile("(?i)^(?:okay|ok|um|uh|hmm|yeah|right|so|well)\\b");
  private static final Pattern DOUBLED = Pattern.compile("[.!?,;:]\\s*[.!?,;:]|\\.{2,}|…");
  private static final Pattern SHORT_VERB =
      Pattern.compile(
          ".*n't|(?:i|you|he|she|it|we|they|there|that|this|here|what|who|where|let|how)'\\p{L}+");

  /** "It's late, right." and "You like it, don't you.": questions by their tags. */
  private static final Pattern TAGGED =
      Pattern.compile("(?i), (?:right|\\w+n't (?:i|you|he|she|it|we|they))\\W*$");

  private static final Pattern INVERTED =
      Pattern.compile(
          "(?i)^(?:(?:and |but |so )?(?:what|where|when|why|who|whose|how|which)(?: \\w+){0,2} )?"
              + "(?:do|does|did|is|are|am|was|were|can|could|will|would|should|have|has|had)"
              + " (?:i|you|he|she|it|we|they|your|the|this|there)\\b");
  private final Findings findings;
  private final LessonEvidence evidence;
  private final GrammarCheck grammar;
  private final Morphology morphology;
  private final Tagger tagger;

  SentenceRules(LessonEvidence evidence, Morphology morphology, Tagger tagger, Findings findings) {
    this.findings = findings;
    this.evidence = evidence;
    this.morphology = morphology;
    this.tagger = tagger;
    this.grammar = new GrammarCheck(morphology);
  }

  /**
   * @param sentence complete, gaps filled in
   */
  String broken(String sentence, Provenance source, int fewest, int most) {
    if (sentence == null || sentence.isBlank()) {
      return "sentence_missing";
    }
    if (sentence.length() > Provenance.LONGEST) {
      return "too_long";
    }
    String broken = findings.weigh(TextRules.broken(sentence));
    if (broken != null) {
      return broken;
    }
    if (CLOCK.matcher(sentence).find() || LABEL.matcher(sentence).find()) {
      return "clock_stamp_or_label";
    }
    if (!wellFormed(sentence)) {
      return "sentence_form";
    }
    if (TextRules.hesitates(sentence)) {
      return "hesitation";
    }
    int words = Token.words(sentence).size();
    if (words < fewest || words > most) {
      return "sentence_length";
    }
    boolean foreign =
        Token.words(sentence).stream()
            .anyMatch(w -> !w.contains("'") && evidence.glosses.isForeign(w));
    if (findings.ends(foreign, "foreign_word")) {
      return "foreign_word";
    }
    if (evidence.names.occursIn(sentence)) {
      return "participant_name";
    }
    if ((ModelSentences.asks(sentence)
            || INVERTED.matcher(sentence).find()
            || TAGGED.matcher(sentence).find())
        && !sentence.endsWith("?")) {
      return "question_mark";
    }
    boolean talk = ClassroomTalk.matches(sentence) && !evidence.isCorrected(sentence);
    if (findings.ends(talk, "classroom_talk")) {
      return "classroom_talk";
    }
    List<Token> tokens = Token.split(sentence);
    if (findings.ends(misspelled(tokens), "misspelled")) {
      return "misspelled";
    }
    boolean elsewhere =
        evidence.isKnown() && evidence.neverSaid(sentence) != null
            || !evidence.isGrounded(sentence, source);
    if (findings.ends(elsewhere, "not_grounded")) {
      return "not_grounded";
    }
    boolean verbless =
        tokens.stream().noneMatch(t -> SHORT_VERB.matcher(t.lower()).matches())
            && tagger.tag(tokens).stream().noneMatch(tag -> tag.matches("VERB|AUX"));
    if (findings.ends(verbless, "incomplete")) {
      return "incomplete";
    }
    boolean wrong =
        evidence.isWrongModel(sentence, source) || grammar.fault(tokens, List.of()) != null;
    return findings.ends(wrong, "wrong_model") ? "wrong_model" : null;
  }

  /** A word in small letters that no dictionary has; capitals may be a place. */
  private boolean misspelled(List<Token> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean judged =
          token.isWord() && !token.lower().contains("'") && !token.text().contains("-");
      if (judged && (i == 0 || !token.isCapitalised()) && !morphology.isEnglish(token.lower())) {
        return true;
      }
    }
    return false;
  }

  static boolean wellFormed(String sentence) {
    int first = sentence.codePointAt(0);
    boolean opens = Character.isUpperCase(first) || Character.isDigit(first);
    boolean ends = sentence.matches("(?s).*[^.!?][.!?]");
    return opens && ends && !DOUBLED.matcher(sentence).find() && !FILLER.matcher(sentence).find();
  }

  /**
   * A hint that says the answer is none. Words of up to three letters may stand in it by chance.
   */
  public static boolean givesAway(String hint, String answer) {
    String lower = hint.toLowerCase(Locale.ROOT);
    String wanted = answer.toLowerCase(Locale.ROOT);
    if (lower.contains("\"" + wanted + "\"")) {
      return true;
    }
    return wanted.length() > 3
        && Pattern.compile(
                "(?<!\\p{L})" + Pattern.quote(wanted) + "(?:s|es|ed|d|ing|er|ers|'s)?(?!\\p{L})")
            .matcher(lower)
            .find();
  }
}
