package exercises.understanding;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ways teachers announce a correction. Quotation marks help when they are there and are never
 * needed.
 */
final class CorrectionPhrases {
  /**
   * What the teacher put right.
   *
   * @param wrong the words named as wrong, or empty
   * @param right the words to say instead
   * @param start where in the turn it was said
   */
  record Correction(String wrong, String right, int start) {}

  private static final int LONGEST_TURN = 800;
  private static final String BIT = "\"?([^.!?;:\"]{1,120}?)\"?";
  private static final String END = "(?=\\s*[.!?;:\"]|\\s*$|\\s+-\\s)";
  private static final String SAY =
      "(?:we |you |but |just |please |instead |it's |it is |so |rather )*(?:say|use|write|it's|it"
          + " is)?\\s*[,:]?\\s*";

  private static final List<Pattern> WRONG_RIGHT =
      List.of(
          of(
              "(?:don't|do not|never|can't|cannot|not) say\\s*[,:]?\\s*"
                  + BIT
                  + "\\s*[,.;!]+\\s*"
                  + SAY
                  + BIT
                  + END),
          of(
              "instead of\\s+"
                  + BIT
                  + "\\s*,?\\s+(?:we |you )?(?:can |should |must )?(?:say|use|write)\\s*[,:]?\\s*"
                  + BIT
                  + END),
          of("(?<![\\w'])" + BIT + "\\s+should be\\s+" + BIT + END),
          of("(?:^|[.!?;:,]\\s*)not\\s+" + BIT + "\\s*[,.;!\"]+\\s*" + SAY + BIT + END));
  private static final List<Pattern> RIGHT_WRONG =
      List.of(
          of(
              "(?:^|[.!?;:,]\\s*|\\b(?:we|you) say\\s+|\\bsay\\s+|\\bit's\\s+)"
                  + BIT
                  + "\\s*,\\s*not\\s+"
                  + BIT
                  + END),
          of("\\b(?:use|say)\\s+" + BIT + "\\s+(?:instead of|not)\\s+" + BIT + END));
  private static final List<Pattern> RIGHT =
      List.of(
          of(
              "\\b(?:correction|the correct (?:sentence|form|answer|way|word|one)(?: here)?"
                  + " is|(?:it|that|this) should be|should be|better(?: to"
                  + " say)?|correct|correctly|careful|watch out|be careful|remember|(?:you|we)"
                  + " should say|(?:you|we) (?:need|have) to say|we say|you say|we'd say|you can"
                  + " say|you mean|you meant|do you mean|say|repeat after me|try|we need|you"
                  + " need|actually|almost|nearly|close|one small thing|small correction|in"
                  + " english(?: we say)?|it's)\\s*[,.:;!-]*\\s*(?:that\\s+)?"
                  + BIT
                  + END));

  private CorrectionPhrases() {}

  private static final Pattern FORBIDDEN =
      of("(?:don't|do not|never|can't|cannot) say\\s*[,:]?\\s*" + BIT + END);

  private static Pattern of(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  /**
   * Every correction the turn may contain, the explicit kinds first; the caller checks each against
   * the student.
   */
  static List<Correction> in(String whole) {
    // Nobody corrects a sentence after minutes of talking; the limit keeps a run-on turn cheap.
    String turn = whole.length() > LONGEST_TURN ? whole.substring(0, LONGEST_TURN) : whole;
    List<Correction> found = new ArrayList<>();
    for (Pattern pattern : WRONG_RIGHT) {
      collect(pattern, turn, 1, 2, found);
    }
    for (Pattern pattern : RIGHT_WRONG) {
      collect(pattern, turn, 2, 1, found);
    }
    for (Pattern pattern : RIGHT) {
      collect(pattern, turn, 0, 1, found);
    }
    return found;
  }

  /** What the teacher said not to say. */
  static List<String> forbidden(String turn) {
    List<String> found = new ArrayList<>();
    Matcher matcher = FORBIDDEN.matcher(turn);
    while (matcher.find()) {
      found.add(matcher.group(1).strip());
    }
    return found;
  }

  private static void collect(
      Pattern pattern, String turn, int wrong, int right, List<Correction> into) {
    Matcher matcher = pattern.matcher(turn);
    int from = 0;
    while (matcher.find(from)) {
      into.add(
          new Correction(
              wrong == 0 ? "" : matcher.group(wrong).strip(),
              matcher.group(right).strip(),
              matcher.start()));
      // Corrections may overlap: "Not goed. Say went." holds two.
      from = Math.max(matcher.start() + 1, Math.min(matcher.end(), matcher.start(1)));
    }
  }
}
