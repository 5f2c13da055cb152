package exercises;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules every shown sentence obeys. Each check gives the broken rule's name or null. */
final class SentenceRules {
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
  private final LessonEvidence evidence;
  private final GrammarCheck grammar;

  SentenceRules(LessonEvidence evidence, Morphology morphology) {
    this.evidence = evidence;
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
    if (CLOCK.matcher(sentence).find() || LABEL.matcher(sentence).find()) {
      return "clock_stamp_or_label";
    }
    if (!wellFormed(sentence)) {
      return "sentence_form";
    }
    int words = Token.words(sentence).size();
    if (words < fewest || words > most) {
      return "sentence_length";
    }
    if (Token.words(sentence).stream().anyMatch(evidence.glosses::isForeign)) {
      return "foreign_word";
    }
    if (evidence.names.occursIn(sentence)) {
      return "participant_name";
    }
    if (ModelSentences.asks(sentence) && !sentence.endsWith("?")) {
      return "question_mark";
    }
    if (ClassroomTalk.matches(sentence) && !evidence.isCorrected(sentence)) {
      return "classroom_talk";
    }
    if (!evidence.isGrounded(sentence, source)) {
      return "not_grounded";
    }
    return evidence.isWrongModel(sentence, source)
            || grammar.fault(Token.split(sentence), List.of()) != null
        ? "wrong_model"
        : null;
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
  static boolean givesAway(String hint, String answer) {
    String lower = hint.toLowerCase(Locale.ROOT);
    String wanted = answer.toLowerCase(Locale.ROOT);
    if (lower.contains("\"" + wanted + "\"")) {
      return true;
    }
    return wanted.length() > 3
        && Pattern.compile("(?<!\\p{L})" + Pattern.quote(wanted) + "(?!\\p{L})")
            .matcher(lower)
            .find();
  }
}
