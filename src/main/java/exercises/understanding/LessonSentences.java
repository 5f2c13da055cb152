package exercises.understanding;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Tells the sentences a lesson is made of from those that only run it, and counts the rest. */
public record LessonSentences(List<LessonSentence> kept, Understanding.SetAside setAside) {
  private static final Pattern SMALL_TALK =
      Pattern.compile(
          "(?i)\\b(?:how (?:are you|is it going|was (?:your|the)"
              + " (?:day|week|weekend|school|trip|holiday))|how's (?:your|the)"
              + " (?:day|week|family|mom|weather)|what's new|what'?s up|nice to (?:see|meet)|good"
              + " (?:morning|afternoon|evening|night)|have a (?:nice|good|great|lovely)|see"
              + " you|bye|hello|hi there|happy birthday|how (?:do|did) you feel|are you"
              + " (?:ok|okay|tired|fine|good)|i'?m (?:fine|good|okay|great)|(?:say|give)"
              + " (?:hi|hello|my regards)|did you (?:sleep|eat (?:breakfast|lunch|dinner))|where do"
              + " you live|how old are you|what(?:'s| is) your (?:name|phone|address|email))\\b");

  /** Sorts a lesson's sentences. */
  public static LessonSentences of(LessonText lesson, FirstLanguage language) {
    List<LessonSentence> kept = new ArrayList<>();
    int classroom = 0;
    int small = 0;
    int foreign = 0;
    int unreadable = 0;
    for (Turn turn : lesson.turns()) {
      for (String sentence : turn.sentences()) {
        String bare = turn.isStudent() ? Speech.statement(sentence) : Speech.bare(sentence);
        switch (language.of(bare)) {
          case FIRST -> foreign++;
          case UNREADABLE -> unreadable++;
          case TARGET -> {
            List<String> parts = Parts.of(bare).parts();
            if (SMALL_TALK.matcher(sentence).find()) {
              small++;
            } else if (turn.teaching() && ClassroomTalk.matches(sentence)) {
              classroom++;
            } else if (parts.size() >= 2) {
              kept.add(
                  new LessonSentence(
                      turn.utterance().index(),
                      turn.teaching(),
                      turn.isStudent(),
                      bare,
                      parts,
                      sentence.strip().endsWith("?") || ModelSentences.asks(bare)));
            } else {
              classroom++;
            }
          }
        }
      }
    }
    return new LessonSentences(
        kept,
        new Understanding.SetAside(classroom, small, foreign, unreadable, lesson.names().count()));
  }
}
