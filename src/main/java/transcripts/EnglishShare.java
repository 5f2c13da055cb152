package transcripts;

import java.util.List;
import java.util.Set;

/**
 * How much of a lesson was English, guessed from small words that no neighbouring language shares.
 * Robust rather than exact: it only has to tell "mixed" from "practically none".
 */
final class EnglishShare {
  /** Lessons below this share are refused. */
  static final double MINIMUM = 0.04;

  /**
   * The share of spoken English that the words below make up; measured on lesson transcripts,
   * rounded down.
   */
  private static final double TYPICAL = 0.30;

  // Left out on purpose, because other languages (or transliterated Hebrew and Arabic) have them
  // too: a, an, as, at, am,
  // be, by, do, had, has, he, her, hat, i, in, is, it, me, mine, no, on, or, so, was, war, will,
  // we, all, come, man, son.
  private static final Set<String> SMALL_WORDS =
      Words.set(
          """
          the and you your yours to of that that's this these those it's i'm i've i'll i'd you're he's she
          she's they they're we're their them there there's what what's when where which who why how with
          for from about because but if then than not don't doesn't didn't can't isn't aren't wasn't won't
          let's are were been have does did can could would should must my our his yes yeah okay well good
          very great hello hi thank thanks please sorry right now here today yesterday tomorrow like know
          think want need see say said says look read repeat again after before went going gone make made
          take took some any every more much many other first next time day night morning school home
          house friend friends teacher word words sentence english mean means something really only also
          just too little big nice play played eat drink book water mother father brother sister family
          people bye
          """);

  private EnglishShare() {}

  /** The estimated share of English words, 0 to 1. */
  static double of(List<Utterance> utterances) {
    long words = 0;
    long hits = 0;
    for (Utterance utterance : utterances) {
      String text = utterance.text();
      int start = 0;
      for (int i = 0; i <= text.length(); i++) {
        if (i < text.length() && text.charAt(i) != ' ') {
          continue;
        }
        if (i > start) {
          String bare = Words.bare(text.substring(start, i)).replace('’', '\'');
          if (!bare.isEmpty()) {
            words += weight(bare);
            hits += SMALL_WORDS.contains(bare) ? 1 : 0;
          }
        }
        start = i + 1;
      }
    }
    return words == 0 ? 0 : Math.min(1, hits / (TYPICAL * words));
  }

  /** Scripts without spaces write a sentence as one token: about two characters are a word. */
  private static int weight(String token) {
    int ideographs = 0;
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      ideographs +=
          (c >= '\u0E00' && c < '\u0E80')
                  || (c >= '\u3040' && c <= '\u9FFF')
                  || (c >= '\uAC00' && c < '\uD7B0')
              ? 1
              : 0;
    }
    return Math.max(1, ideographs / 2);
  }
}
