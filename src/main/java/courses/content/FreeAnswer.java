package courses.content;

import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a learner wrote in their own words, without sentences that talk to whoever grades it. So an
 * answer with such a sentence gets the grade it would get without: the first of two lines of
 * defence, see {@link FreeAnswerGrader} for the second.
 */
public final class FreeAnswer {
  private static final Pattern INVISIBLE =
      Pattern.compile(
          "[\\u00AD\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u206F\\uFEFF\\uFFF9-\\uFFFB]|[\\x{E0000}-\\x{E007F}]");

  // Narrow on purpose: a sentence that is taken out wrongly costs the learner what it says. What
  // gets through has still to be borne
  // out by quotes that belong to the subject.
  private static final List<Pattern> ORDERS =
      List.of(
          of(
              "(?:^|[,;:.!]\\s*|\\bplease\\s+|\\byou\\s+(?:must|should|will|can|may)\\s+)(?:ignore|disregard|forget|override|bypass)\\b.{0,60}\\b(?:instructions?|prompts?|rules?|rubric|criteria|guidelines?|above|previous)\\b"),
          of(
              "\\b(?:ignore|disregard|forget|override|bypass)\\s+(?:all|any|your|my|these|(?:the"
                  + " )?(?:previous|prior|above))\\b.{0,30}\\b(?:instructions?|prompts?|rules?|rubric|criteria|guidelines?)\\b"),
          of(
              "\\b(?:give|award|assign|grant|deserves?)\\b.{0,40}\\b(?:full|maximum|max|top|highest|perfect|all"
                  + " the)\\b.{0,15}\\b(?:marks|points|scores?|credits?|grades?)\\b"),
          of(
              "\\b(?:give|award|assign|grant)\\s+(?:me|this|it|the"
                  + " (?:answer|learner|student))\\b.{0,20}\\b(?:marks|points|credits?|100)\\b"),
          of(
              "\\b(?:mark|grade|score|rate|count|accept|treat|consider|judge|evaluate)\\s+(?:this|it|me|my"
                  + " (?:answer|response|work|text|submission)|the"
                  + " (?:answer|response|submission|learner|student|text|work))\\b.{0,40}\\b(?:correct|right|true|passed|perfect|full|fully|excellent)\\b"),
          of(
              "\\b(?:dear|attention|hey|hello|note to|message to|as)\\s*,?\\s*(?:the |an?"
                  + " )?(?:grader|examiner|evaluator|ai|a\\.i\\.|llm|chatbot|language"
                  + " model|assistant)\\b"),
          of(
              "\\byou\\s+(?:are|must|should|will|have to)\\b.{0,30}\\b(?:grader|examiner|language"
                  + " model|llm|chatbot|json)\\b"),
          of(
              "\\byou\\s+(?:must|should|will|have to)\\s+(?:grade|score|award|give"
                  + " (?:me|this|it))\\b"),
          of("\\bthis (?:answer|response|submission) (?:is|deserves|should|must|gets?)\\b"),
          of(
              "\\b(?:system prompt|developer mode|jail\\s?break|prompt injection|new"
                  + " instructions?)\\b"),
          of("\\b(?:respond|reply|output|return|print|write)\\b.{0,30}\\bjson\\b"),
          of(
              "[\"'`](?:score|share|said|grade|ideas|contradicts|evidence)[\"'`]\\s*[:=]|\\b(?:score|grade)\\s*[:=]\\s*[\\d\"']"),
          of(
              "^\\s*(?:system|assistant|developer)\\s*:|<\\|[^|]*\\||</?\\s*data\\s*>|\\[/?inst\\]|<<\\s*/?sys"),
          // the same in the languages of learners
          of(
              "\\b(?:ignorier|ignorez|ignora|ignore[zs]?|ignorad)\\w*\\b.{0,60}\\b(?:anweisung|instruc|instru|istruzion|consigne)\\w*"),
          of(
              "\\b(?:gib|geben|donne[zr]?|da(?:me)?|pon|assegna|dai|dê)\\b.{0,40}\\b(?:volle|maximal|höchst|tous|toutes|maximum|máxim|todos|massim|todas)\\w*\\b.{0,20}\\b(?:punkt|note|point|punto|puntuaci|nota|pont)\\w*"),
          of("התעל[םמ]|ציון מלא|تجاهل|الدرجة الكاملة|игнорируй|полный балл|忽略|满分|無視して|満点|무시하"));

  private FreeAnswer() {}

  private static Pattern of(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /**
   * The answer to be graded; empty when nothing of it is one.
   *
   * @param language BCP 47 tag of the course
   */
  public static String of(String written, String language) {
    String text =
        Normalizer.normalize(INVISIBLE.matcher(cut(written)).replaceAll(""), Normalizer.Form.NFKC);
    List<String> kept = new ArrayList<>();
    for (String line : text.split("\\R")) {
      BreakIterator ends = BreakIterator.getSentenceInstance(Locale.forLanguageTag(language));
      ends.setText(line);
      int begin = ends.first();
      for (int end = ends.next(); end != BreakIterator.DONE; begin = end, end = ends.next()) {
        String sentence = line.substring(begin, end).strip();
        if (!sentence.isEmpty() && !addressesTheGrader(sentence)) {
          kept.add(sentence);
        }
      }
    }
    return String.join(" ", kept);
  }

  static boolean addressesTheGrader(String sentence) {
    return ORDERS.stream().anyMatch(order -> order.matcher(sentence).find());
  }

  private static String cut(String text) {
    return text.length() > Grading.LONGEST_ANSWER
        ? text.substring(0, Grading.LONGEST_ANSWER)
        : text;
  }
}
