package courses.sources;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What language a text is in: by its script, and where languages share one by their commonest small
 * words. Good enough for a page of prose, which is what it is asked about.
 */
public final class LanguageGuess {
  private static final int SAMPLE = 20_000;
  private static final int FEWEST_LETTERS = 20;
  private static final double FEWEST_SMALL_WORDS = 0.06;
  private static final int FEWEST_WORDS = 12;
  private static final int FEWEST_SMALL = 4;
  private static final double PLAINLY = 0.8;

  private static final Set<String> OTHER_SCRIPTS =
      Set.of(
          "he", "zh", "ko", "el", "th", "hi", "mr", "bn", "ta", "te", "kn", "ml", "gu", "pa", "ka",
          "hy", "ar", "fa", "ur", "ru", "uk", "bg", "ja");

  private static final Map<String, Set<String>> SMALL_WORDS =
      Map.ofEntries(
          words(
              "en",
              "the of and to in is that it for was on are with as be this by you have not a an or"
                  + " at from which where they"),
          words("es", "de la que el en y los se del las un por con una para es al lo como su más"),
          words(
              "fr", "de la le et les des en un du une que est pour qui dans par sur au il pas ne"),
          words(
              "de", "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine"),
          words("pt", "de a que o e do da em um para com não uma os no se na por mais dos como"),
          words("it", "di che e la il un a per in una mi sono ho non ma lo ha le si con del della"),
          words("nl", "de het een en van ik te dat die in je niet zijn is was op aan met voor ook"),
          words("sv", "och i att det som en på är av för med till den har de inte om ett han jag"),
          words("pl", "i w nie na się z do to że jest o jak a po co tak za od ale przez dla są"),
          words(
              "tr", "bir ve bu için de da ne o çok ile daha olarak gibi var ama kadar olan sonra"),
          words("ro", "de și în a la cu nu o pe este din care un să mai pentru se au sunt ca"),
          words("id", "yang dan di ini itu dengan untuk tidak dari dalam akan pada adalah ke saya"),
          words("vi", "và của là có không được trong cho các một với những người này đã khi để"),
          words("cs", "a se v na je že to s z do i o jako za by ale pro jsou jsem která který"),
          words("hu", "a az és hogy nem is egy van ez de meg csak mint már ha volt azt még"));

  private LanguageGuess() {}

  private static Map.Entry<String, Set<String>> words(String language, String words) {
    return Map.entry(language, Set.of(words.split(" ")));
  }

  /** Language of the segments together. */
  static String of(List<Segment> segments) {
    StringBuilder sample = new StringBuilder();
    int step = Math.max(1, segments.size() / 40);
    for (int i = 0; i < segments.size() && sample.length() < SAMPLE; i += step) {
      sample.append(segments.get(i).text()).append(' ');
    }
    return of(sample.toString());
  }

  /** A BCP 47 tag, or {@link Extracted#UNDETERMINED}. */
  public static String of(String text) {
    Map<Character.UnicodeScript, Integer> scripts = new HashMap<>();
    int letters = 0;
    for (int i = 0; i < Math.min(SAMPLE, text.length()); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isLetter(c)) {
        letters++;
        scripts.merge(Character.UnicodeScript.of(c), 1, Integer::sum);
      }
    }
    int kana =
        scripts.getOrDefault(Character.UnicodeScript.HIRAGANA, 0)
            + scripts.getOrDefault(Character.UnicodeScript.KATAKANA, 0);
    if (letters == 0) {
      return Extracted.UNDETERMINED;
    }
    if (kana * 20 > letters) {
      return "ja";
    }
    Character.UnicodeScript main =
        scripts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    return switch (main) {
      case HEBREW -> "he";
      case HAN -> "zh";
      case HANGUL -> "ko";
      case GREEK -> "el";
      case THAI -> "th";
      case DEVANAGARI -> "hi";
      case BENGALI -> "bn";
      case TAMIL -> "ta";
      case TELUGU -> "te";
      case KANNADA -> "kn";
      case MALAYALAM -> "ml";
      case GUJARATI -> "gu";
      case GURMUKHI -> "pa";
      case GEORGIAN -> "ka";
      case ARMENIAN -> "hy";
      case ARABIC -> text.matches("(?s).*[پچگژ].*") ? "fa" : "ar";
      case CYRILLIC -> text.matches("(?s).*[іїєґ].*") ? "uk" : "ru";
      case LATIN -> letters < FEWEST_LETTERS ? Extracted.UNDETERMINED : latin(text);
      default -> Extracted.UNDETERMINED;
    };
  }

  /**
   * Whether a text is plainly in another language than the one named: by its script, or since its
   * small words are another language's and hardly any of its own. Never of a few words.
   *
   * @param language base of a BCP 47 tag; nothing is foreign to one that is not known here
   */
  public static boolean isForeign(String text, String language) {
    long letters = text.codePoints().filter(Character::isLetter).count();
    boolean latin = SMALL_WORDS.containsKey(language);
    if (!latin && !OTHER_SCRIPTS.contains(language) || letters < FEWEST_LETTERS) {
      return false;
    }
    long latinLetters =
        text.codePoints()
            .filter(Character::isLetter)
            .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN)
            .count();
    if (!latin) {
      return latinLetters > PLAINLY * letters;
    }
    if (latinLetters * 2 < letters) {
      return true;
    }
    String[] words = text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+");
    long own = count(words, language);
    long others =
        SMALL_WORDS.keySet().stream().mapToLong(other -> count(words, other)).max().orElse(0);
    return words.length >= FEWEST_WORDS
        && others >= FEWEST_SMALL
        && own * 3 <= others
        && others > words.length * FEWEST_SMALL_WORDS;
  }

  private static long count(String[] words, String language) {
    Set<String> small = SMALL_WORDS.get(language);
    long count = 0;
    for (String word : words) {
      count += small.contains(word) ? 1 : 0;
    }
    return count;
  }

  private static String latin(String text) {
    String[] words =
        text.substring(0, Math.min(SAMPLE, text.length()))
            .toLowerCase(Locale.ROOT)
            .split("[^\\p{L}]+");
    String best = Extracted.UNDETERMINED;
    int most = (int) (words.length * FEWEST_SMALL_WORDS);
    for (Map.Entry<String, Set<String>> language : SMALL_WORDS.entrySet()) {
      int count = 0;
      for (String word : words) {
        count += language.getValue().contains(word) ? 1 : 0;
      }
      if (count > most) {
        most = count;
        best = language.getKey();
      }
    }
    return best;
  }
}
