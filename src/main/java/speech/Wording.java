package speech;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Brings written text into a form that an English voice can read. */
final class Wording {
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\p{Cntrl}]+");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern NOT_ASCII = Pattern.compile("[^\\x20-\\x7e]+");
  private static final Pattern PHONEMES = Pattern.compile("\\[(?=\\[)");

  private static final Pattern OTHER_SCRIPTS =
      Pattern.compile("[\\p{L}&&[^\\p{IsLatin}\\p{IsCommon}\\p{IsInherited}]][\\p{L}\\p{M}]*");

  private static final Set<Character.UnicodeScript> READABLE =
      Set.of(
          Character.UnicodeScript.LATIN,
          Character.UnicodeScript.COMMON,
          Character.UnicodeScript.INHERITED);

  /** Share of a lecture's letters that a voice may leave out because it can't read them. */
  private static final double UNREAD = 0.1;

  private Wording() {}

  /** The language of a tag without region and script, in lower case. */
  static String base(String language) {
    return language.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
  }

  /**
   * A piece of a lecture without its words in scripts that an English voice can't read; whole when
   * too much would be missing, so that {@link #english} refuses it.
   */
  static String readable(String line) {
    String bare = OTHER_SCRIPTS.matcher(line).replaceAll("");
    long letters = line.codePoints().filter(Character::isLetter).count();
    long kept = bare.codePoints().filter(Character::isLetter).count();
    return kept < letters && letters - kept <= UNREAD * letters ? line(bare) : line;
  }

  /**
   * One line without needless blanks: texts that differ only in these sound the same and are kept
   * once.
   */
  static String line(String text) {
    return BLANKS.matcher(text).replaceAll(" ").strip();
  }

  /**
   * A line for an offline English voice.
   *
   * @throws EngineFailure for text that such a voice would leave out wholly or in part, which is
   *     worse than not speaking
   */
  static String english(String line) {
    if (line.codePoints().noneMatch(Character::isLetterOrDigit)) {
      throw EngineFailure.ofText("nothing in it can be spoken");
    }
    if (line.codePoints()
        .filter(Character::isLetter)
        .mapToObj(Character.UnicodeScript::of)
        .anyMatch(script -> !READABLE.contains(script))) {
      throw EngineFailure.ofText("it is not in Latin letters");
    }
    String plain =
        line.replace('\u2019', '\'')
            .replace('\u2018', '\'')
            .replace('\u201c', '"')
            .replace('\u201d', '"')
            .replace("\u2026", "...")
            .replaceAll("[\u2013\u2014]", ", ");
    // Two brackets would be read as phoneme names.
    return PHONEMES.matcher(plain).replaceAll("[ ");
  }

  /** As {@link #english}, in ASCII: accents go, other signs become blanks. */
  static String ascii(String line) {
    String plain =
        MARKS.matcher(Normalizer.normalize(english(line), Normalizer.Form.NFKD)).replaceAll("");
    return line(NOT_ASCII.matcher(plain).replaceAll(" "));
  }
}
