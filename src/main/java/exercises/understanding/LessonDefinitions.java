package exercises.understanding;

import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.language.Token;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the teacher explained a word in this lesson: "a deadline is the last possible day". */
public final class LessonDefinitions {
  private static final String WORD = "(?:an? |the |to )?\"?([\\p{L}-]{3,})\"?";
  private static final List<Pattern> EXPLAINED =
      List.of(
          of("(?:^|[.!?]\\s*)" + WORD + " means (?:that )?([^.!?]{6,70})[.!]"),
          of(
              "(?:^|[.!?]\\s*)"
                  + WORD
                  + ",? (?:it )?is ((?:when|someone|somebody|something|a person|a place|a thing|the"
                  + " last|the first|the opposite of|the day|the part)\\b[^.!?]{4,70})[.!]"),
          of(
              "(?:^|[.!?]\\s*)(?:an? |the )?\"?([\\p{L}-]{3,})\"? is"
                  + " ((?:an?|the|money|everything|like an?|more)\\b"
                  + "[^.!?,]*\\b(?:of|where|who|that|which|when|because|you|your|around|to|for|in)\\b[^.!?]{2,50})[.!]"),
          of(
              "(?:^|[.!?]\\s*)(?:an? |the )?\"?([\\p{L}-]{3,})\"?[,.] ((?:the|an?)"
                  + " (?:woman|man|person|people|place|part|top|paper|thing|money|building|time|side)\\b[^.!?]{6,60})[.!]"),
          of("(?:^|[.!?]\\s*)" + WORD + "[,.] ((?:very )?very \\w+)[.!]"));

  private final Map<String, String> texts = new HashMap<>();

  private LessonDefinitions() {}

  private static Pattern of(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  /** Reads the lesson's own explanations of words. */
  public static LessonDefinitions in(LessonText lesson, Morphology morphology) {
    LessonDefinitions all = new LessonDefinitions();
    for (Turn turn : lesson.turns()) {
      if (!turn.teaching()) {
        continue;
      }
      for (Pattern pattern : EXPLAINED) {
        Matcher matcher = pattern.matcher(turn.text());
        while (matcher.find()) {
          String text = matcher.group(2).strip();
          List<String> words = Token.words(text);
          boolean plain =
              words.size() >= 2
                  && words.size() <= 12
                  && words.stream().allMatch(w -> morphology.isEnglish(w) || w.contains("'"))
                  && !words.contains(matcher.group(1).toLowerCase(Locale.ROOT))
                  && !lesson.names().occursIn(text);
          if (plain) {
            all.texts.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), text);
          }
        }
      }
    }
    return all;
  }

  /** The teacher's explanation of a lemma or one of its forms, or null. */
  String of(String lemma, PartOfSpeech pos, Morphology morphology) {
    for (Map.Entry<String, String> entry : texts.entrySet()) {
      if (entry.getKey().equals(lemma) || morphology.lemma(entry.getKey(), pos).equals(lemma)) {
        return entry.getValue();
      }
    }
    return null;
  }
}
