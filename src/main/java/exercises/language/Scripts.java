package exercises.language;

import java.lang.Character.UnicodeScript;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which script a language is written in: a Hebrew translation in Latin letters is none. */
public final class Scripts {
  private static final Map<String, Set<UnicodeScript>> OF =
      Map.ofEntries(
          Map.entry("he", Set.of(UnicodeScript.HEBREW)),
          Map.entry("iw", Set.of(UnicodeScript.HEBREW)),
          Map.entry("yi", Set.of(UnicodeScript.HEBREW)),
          Map.entry("ar", Set.of(UnicodeScript.ARABIC)),
          Map.entry("fa", Set.of(UnicodeScript.ARABIC)),
          Map.entry("ru", Set.of(UnicodeScript.CYRILLIC)),
          Map.entry("uk", Set.of(UnicodeScript.CYRILLIC)),
          Map.entry("bg", Set.of(UnicodeScript.CYRILLIC)),
          Map.entry("el", Set.of(UnicodeScript.GREEK)),
          Map.entry("hi", Set.of(UnicodeScript.DEVANAGARI)),
          Map.entry("zh", Set.of(UnicodeScript.HAN)),
          Map.entry(
              "ja", Set.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA)),
          Map.entry("ko", Set.of(UnicodeScript.HANGUL)),
          Map.entry("th", Set.of(UnicodeScript.THAI)));

  private Scripts() {}

  /**
   * True when the text has letters and all of them belong to the language's script (Latin when not
   * listed).
   */
  public static boolean isIn(String text, String language) {
    String base = language.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    Set<UnicodeScript> scripts = OF.getOrDefault(base, Set.of(UnicodeScript.LATIN));
    int[] letters = text.codePoints().filter(Character::isLetter).toArray();
    for (int letter : letters) {
      if (!scripts.contains(UnicodeScript.of(letter))) {
        return false;
      }
    }
    return letters.length > 0;
  }
}
