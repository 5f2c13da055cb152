package exercises.understanding;

import exercises.language.Expressions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of spoken text what is no language: stamps, labels, hesitation, stutter, leading
 * interjections.
 */
public final class Speech {
  private static final Pattern STAMP =
      Pattern.compile(
          "\\[?\\(?\\b\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d{1,3})?\\b\\)?\\]?(?:\\s*-->\\s*)?|\\[\\d{1,2}:\\d{2}\\]|-->");
  private static final Pattern MARKUP = Pattern.compile("<[^>]{0,80}>|[*_#~`]+");
  private static final Pattern LABEL =
      Pattern.compile(
          "^(?:teacher|student|tutor|pupil|speaker(?: ?\\w)?)\\s*:\\s*", Pattern.CASE_INSENSITIVE);
  private static final Pattern HESITATION =
      Pattern.compile(
          "(?i)(?:,\\s*)?\\b(?:u+m+|u+h+|er+m?|hm+|mm+|mhm+|ah+m?|uh-huh|mm-hmm|ehm?)\\b\\s*(?:[,.…]+)?");
  private static final Pattern STUTTER =
      Pattern.compile(
          "(?i)\\b(?!(?:that|had|bye|very|so|no|really)\\b)(\\p{L}+)(?:[\\s,]+\\1\\b)+");
  private static final Pattern LEAD =
      Pattern.compile(
          "(?i)^(?:(?:okay|ok|oh|yeah|yep|yes|no|right|alright|all"
              + " right|well|so|wow|great|good|very good|good job|nice|nice"
              + " one|perfect|excellent|exactly|correct|super|wonderful|amazing|beautiful|lovely|cool|fine|sure|of"
              + " course|hey|look|listen|now|then|next|first|finally|yummy|yum|anyway|actually|and|but|or|um|uh|hmm|ah|aha|again|yes"
              + " please|because|for example|also|great job|thank you|thanks|please|great"
              + " question|interesting)\\b\\s*[,.!:;–—-]+\\s*"
              + "|(?:okay|ok|oh|yeah|yep|um|uh|hmm|well|so|and|but|right|alright)\\s+)+");
  private static final Pattern LOOSE_LEAD =
      Pattern.compile(
          "(?i)^(?:yes|yeah|okay|ok|ah|oh|well|and|but|so|because|no(?=\\s+(?:i|he|she|it|we|they|my)\\b))\\b[\\s,.]+(?=\\S+\\s+\\S)");
  private static final Pattern TAIL =
      Pattern.compile(
          "(?i)\\s*,\\s*(?:right|okay|ok|yeah|yes|no|you know|please|huh|for example|isn't"
              + " it|so|and|but)\\s*([.?!]*)$");

  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern SPACE_BEFORE_MARK = Pattern.compile("\\s+([,.!?;:])");
  private static final Pattern LEADING_MARKS = Pattern.compile("^[,.;:\\s]+");
  private static final Pattern LEADING_QUOTES = Pattern.compile("^[\"'\\-–—\\s]+");

  private Speech() {}

  /** Cleans a whole turn; what the speaker said stays in the speaker's words. */
  public static String clean(String text) {
    String out = STAMP.matcher(text).replaceAll(" ");
    out = MARKUP.matcher(out).replaceAll(" ");
    out = LABEL.matcher(out.strip()).replaceFirst("");
    out = out.replace('’', '\'').replace('‘', '\'').replace('“', '"').replace('”', '"');
    out = HESITATION.matcher(out).replaceAll(" ");
    out = SPACE.matcher(out).replaceAll(" ");
    out = SPACE_BEFORE_MARK.matcher(out).replaceAll("$1");
    return LEADING_MARKS.matcher(out).replaceAll("").strip();
  }

  /** The sentence without interjections before it, question tags behind it and words said twice. */
  public static String bare(String sentence) {
    String out = LEADING_QUOTES.matcher(sentence.strip()).replaceAll("");
    out = LEAD.matcher(out).replaceFirst("");
    out = STUTTER.matcher(out).replaceAll("$1");
    Matcher tail = TAIL.matcher(out);
    if (tail.find()) {
      out = out.substring(0, tail.start()) + ".";
    }
    return out.strip();
  }

  /**
   * A student's sentence without the words that only lead in: recognisers often write no comma
   * after them.
   */
  public static String statement(String sentence) {
    String out = bare(sentence);
    String before;
    do {
      before = out;
      out = LOOSE_LEAD.matcher(out).replaceFirst("");
    } while (!out.equals(before));
    return bare(out);
  }

  /** Capital letter first, one terminator last. */
  public static String written(String sentence, boolean question) {
    String out = Expressions.replaceAll(sentence, "[\\s.!?,;:…\"]+$", "").strip();
    if (out.isEmpty()) {
      return "";
    }
    out =
        Expressions.replaceAll(
            Expressions.replaceAll(out, "\\bi\\b(?!\\.)", "I"), "\\bi'(?=\\p{L})", "I'");
    int first = out.codePointAt(0);
    return new StringBuilder()
        .appendCodePoint(Character.toUpperCase(first))
        .append(out.substring(Character.charCount(first)))
        .append(question ? '?' : '.')
        .toString();
  }
}
