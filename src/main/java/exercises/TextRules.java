package exercises;

import exercises.language.Expressions;
import exercises.language.Token;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What no text of an exercise may hold, whatever lesson it is from; needs no language data. Each
 * check gives the broken rule's name or null.
 */
public final class TextRules {
  private static final Pattern MARKUP =
      Pattern.compile(
          "<[^>]*>|</|\\{\\{|\\}\\}|```|[{}\\\\|]|&(?:[a-z]{2,6}|#\\d+);|\\*\\*|https?:|www\\.|\\[object|\\b(?:null|NaN|undefined|Undefined|Exception|stack"
              + " trace)\\b|\\bHTTP \\d{3}\\b|(?i:\\bas an ai\\b|language model|previous"
              + " instructions|^here (?:is|are) (?:the|a|your)\\b.*:)");
  private static final Set<String> PROFANE =
      Set.of(
          "fuck",
          "fucks",
          "fucked",
          "fucker",
          "fucking",
          "motherfucker",
          "shit",
          "shits",
          "shitty",
          "bullshit",
          "bitch",
          "bitches",
          "bastard",
          "bastards",
          "asshole",
          "arsehole",
          "cunt",
          "dick",
          "dickhead",
          "pussy",
          "slut",
          "whore",
          "wanker",
          "twat",
          "piss",
          "pissed",
          "porn",
          "nigger",
          "faggot",
          "retard");
  private static final Set<String> HESITATION =
      Set.of(
          "um", "uhm", "umm", "uh", "uhh", "er", "erm", "hm", "hmm", "hmmm", "mm", "mmm", "mhm",
          "ah", "ahh", "eh", "huh", "oh", "ooh", "ugh", "aha", "haha", "ha", "shh", "tsk", "mm-hmm",
          "uh-huh");

  private TextRules() {}

  /**
   * Markup, messages of programs, profanity.
   *
   * @return the broken rule's name, one of {@link GateRules}, or null
   */
  public static String broken(String text) {
    if (MARKUP.matcher(text).find()) {
      return "markup";
    }
    return Token.words(text).stream().anyMatch(PROFANE::contains) ? "profanity" : null;
  }

  /** A sentence with a hesitation in it was not written to be learned from. */
  public static boolean hesitates(String sentence) {
    return Token.words(sentence).stream().anyMatch(HESITATION::contains);
  }

  /** Hesitations, bare numbers and what has no vowel or only one letter again and again. */
  public static boolean isNoise(String answer) {
    String lower = answer.strip().toLowerCase(Locale.ROOT);
    List<String> words = Token.words(lower);
    if (lower.equals("—")) {
      return false;
    }
    return words.isEmpty()
        || words.stream()
            .allMatch(w -> HESITATION.contains(w) || !Expressions.matches(w, ".*\\p{L}.*"))
        || Expressions.matches(lower, "(\\p{L})\\1{2,}")
        || Expressions.matches(lower, "[\\p{IsLatin}&&[^aeiouyAEIOUY]]{3,}");
  }
}
