package courses.content;

import java.util.regex.Pattern;

/** Words of talks and pages that are about the talk or the page, and not about its subject. */
final class Housekeeping {
  private static final Pattern OPENING =
      Pattern.compile(
          "(?i)^(?:(?:so(?!"
              + " (?:far|much|many|long|few|little|called|that)\\b)|now|okay|ok|and|but|anyway|um+|uh+|again|of"
              + " course|basically|actually|in fact|quick word)\\b[,\\s]+"
              // without a comma these begin what is meant: "You know this from ...", "Well water"
              + "|(?:well|right|alright|all right|by the way|you know|i mean|you see)\\s*,\\s*)+");
  private static final Pattern FILLER =
      Pattern.compile(
          "(?i)[,\\s]+(?:um+|uh+|erm?|kind of"
              + " like|(?<!\\b(?:a|the|this|that|what|some|any|one|same)\\s)sort"
              + " of)\\b(?:,|(?=[\\s.]))|\\s*,\\s*(?:you know|i mean|by the way)\\s*(?:,|(?=\\.))");

  /** What a talk says that it will be about. */
  private static final Pattern ANNOUNCING =
      Pattern.compile(
          "(?i)^(?:(?:so|now|okay|hi|hello|hey)\\b[^.]{0,30},?\\s+)?(?:today|tonight|in this"
              + " (?:video|talk|lecture|podcast|episode|lesson))\\b.{0,30}\\b(?:talk|speak|look|show|want|learn|see|find"
              + " out|explain|explore|discover|understand|cover)\\b.*");

  /** Housekeeping and advertising. */
  private static final Pattern NOT_MATERIAL =
      Pattern.compile(
          "(?i)^(?:welcome|hey|hello|hi)\\b[^.]{0,40}[.,!]|\\bdon['’]t forget to\\b|^(?:so,?"
              + " )?(?:today|tonight|in this"
              + " (?:video|talk|lecture|podcast))\\b.{0,16}\\b(?:talk|speak|look|show|want|learn|see)|^(?:so,?"
              + " |okay,? |now,? )?let me"
              + " (?:give|show|tell|explain|begin|start|share|know)\\b|^(?:and )?that['’]s"
              + " (?:it|all) (?:for|from)\\b|^(?:so,? |and |okay,? )?that['’]s"
              + " (?:it|all)[.!]|^(?:so,? |okay,? |now,? |next,? |then,? |finally,? )?let['’]s"
              + " (?:start|begin|look|sum|get|move|go|talk|see|jump|dive)\\b|https?:|www\\.|\\bsubscrib\\w+\\b|\\b(?:like|hit|smash)"
              + " (?:this|the) (?:video|like)|\\bclick (?:on|below|the|here)\\b|\\blinks?"
              + " (?:below|in the (?:description|comments))|^for (?:next"
              + " time|homework|tomorrow)\\b,?.*\\b(?:please|write|read|do|finish)\\b|^[^.]{0,30},?"
              + " i (?:think|guess|suppose|know)[.!]$"
              + "|\\bpatreon\\b|\\bsponsor|<\\s*/?\\s*[a-z!]|\\[music]|\\[applause]|\\bcopyright\\b|\\ball"
              + " rights reserved|\\bsee you (?:next|in the next)|\\bthanks for"
              + " (?:watching|listening)|\\bwelcome (?:back )?to (?:the|my|this|our)"
              + " (?:channel|video|show)");

  /** What a speaker turns to next. */
  private static final Pattern NEXT =
      Pattern.compile(
          "(?i)^(?:so,? |okay,? |now,? |and |first,? |next,? |then,? |finally,? |right,?"
              + " )*(?:let['’]s|let me|i want to|we['’]ll)\\b.*");

  private Housekeeping() {}

  /** Whether a talk says here what all of it will be about. */
  static boolean announces(String sentence) {
    return ANNOUNCING.matcher(sentence).matches();
  }

  /** Whether a speaker says what comes next. */
  static boolean turnsTo(String sentence) {
    return NEXT.matcher(sentence).matches();
  }

  /** Whether it is greeting, advertising or business, and no material. */
  static boolean isNoMaterial(String text) {
    return NOT_MATERIAL.matcher(text).find();
  }

  /** A sentence of speech without its fillers. */
  static String unfilled(String sentence) {
    return FILLER.matcher(OPENING.matcher(sentence).replaceFirst("")).replaceAll("");
  }
}
