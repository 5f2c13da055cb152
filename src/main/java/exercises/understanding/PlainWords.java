package exercises.understanding;

import java.util.Set;

/** Words no lesson teaches, however often it says them. */
final class PlainWords {
  /** They say too little alone. */
  private static final Set<String> EMPTY =
      Set.of(
          ("thing lot kind way bit okay time people something someone one sort stuff "
                  + "guy yes no place part maybe really very also always never often usually "
                  + "here there now then today yesterday tomorrow just too well back away "
                  + "again together still even only first last next new good bad big small "
                  + "other same right left sure true fine great nice many much more most own "
                  + "able get go have do make take come see look say tell know think want "
                  + "need like let put give use call try ask mean keep start be can will "
                  + "happen minute second everyone everything anything nothing somebody "
                  + "everybody mister hello ready slowly later soon ago already almost enough "
                  + "exactly actually probably quite rather instead else ever once far which "
                  + "understand remember learn speak")
              .split(" "));

  /** Days, months and people: in every lesson, and taught in few. */
  private static final Set<String> CALENDAR =
      Set.of(
          ("day week month year morning evening afternoon night hour monday tuesday "
                  + "wednesday thursday friday saturday sunday january february march april "
                  + "may june july august september october november december weekend boy "
                  + "girl man woman child person room home")
              .split(" "));

  private PlainWords() {}

  /** A word that says too little to be taught. */
  static boolean isEmpty(String lemma) {
    return EMPTY.contains(lemma);
  }

  /** A part of the calendar or a plain word for a person or room. */
  static boolean isCalendar(String lemma) {
    return CALENDAR.contains(lemma);
  }
}
