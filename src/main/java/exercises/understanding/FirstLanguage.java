package exercises.understanding;

import exercises.language.Morphology;
import exercises.language.Token;
import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Set;

/**
 * Tells English from the learner's language, in its own script or written in Latin letters, and
 * from what a recogniser made of neither.
 */
public final class FirstLanguage {
  enum Kind {
    TARGET,
    FIRST,
    UNREADABLE
  }

  /**
   * Words of Hebrew, Arabic, Spanish and Russian lessons that recognisers write in Latin letters
   * and that an English spell check may let pass.
   */
  private static final Set<String> COMMON =
      Set.of(
          "ani",
          "ata",
          "hu",
          "anachnu",
          "ken",
          "lo",
          "ma",
          "ze",
          "zot",
          "yesh",
          "ein",
          "shel",
          "sheli",
          "shelo",
          "shela",
          "shelanu",
          "ech",
          "eich",
          "eifo",
          "lama",
          "matai",
          "kama",
          "omrim",
          "yofi",
          "tov",
          "gam",
          "aval",
          "az",
          "rega",
          "nachon",
          "beseder",
          "todah",
          "bevakasha",
          "kol",
          "bait",
          "sefer",
          "ima",
          "aba",
          "ana",
          "anta",
          "enti",
          "huwa",
          "hiya",
          "shu",
          "mish",
          "wala",
          "yalla",
          "habibi",
          "inta",
          "ya",
          "la",
          "na'am",
          "aiwa",
          "kif",
          "hada",
          "leish",
          "que",
          "es",
          "el",
          "los",
          "las",
          "una",
          "como",
          "para",
          "pero",
          "porque",
          "muy",
          "bien",
          "si",
          "yo",
          "tu",
          "ella",
          "esto",
          "eso",
          "cómo",
          "qué",
          "casa",
          "gracias",
          "perro",
          "se",
          "eto",
          "chto",
          "kak",
          "nyet",
          "da",
          "ty");

  private final Morphology morphology;
  private final LessonText lesson;

  /** Learns from a lesson what its learner's first language sounds like in it. */
  public FirstLanguage(Morphology morphology, LessonText lesson) {
    this.morphology = morphology;
    this.lesson = lesson;
  }

  /** What most of a sentence's words are. */
  Kind of(String sentence) {
    List<Token> tokens = Token.split(sentence);
    int words = 0;
    int script = 0;
    int common = 0;
    int unknown = 0;
    for (Token token : tokens) {
      if (!token.isWord()) {
        continue;
      }
      words++;
      String lower = token.lower();
      UnicodeScript of = UnicodeScript.of(token.text().codePointAt(0));
      if (of != UnicodeScript.LATIN) {
        script++;
      } else if (COMMON.contains(lower) || lesson.glosses().isForeign(lower)) {
        common++;
      } else if (!morphology.isEnglish(lower.replaceFirst("'s$", ""))
          && !lower.contains("'")
          && !lesson.names().isParticipant(lower)) {
        unknown++;
      }
    }
    if (words == 0
        || script * 2 >= words
        || (common + script) * 2 > words
        || common + script > 0 && (common + script + unknown) * 2 > words) {
      return words == 0 ? Kind.UNREADABLE : Kind.FIRST;
    }
    return unknown * 3 > words && words > 2 ? Kind.UNREADABLE : Kind.TARGET;
  }
}
