package exercises.understanding;

import exercises.language.Token;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words a lesson says it is about: lists, explanations, questions for a meaning. */
final class AnnouncedWords {
  private static final String WORD = "(?:an? |the |to )?\"?([\\p{L}-]{3,}(?: [\\p{L}-]{3,})?)\"?";
  private static final Pattern LIST =
      of(
          "\\b(?:(?:new|key|today's|our|important|these|the) )*(?:words?|vocabulary|vocab)\\b(?:"
              + " for today| today| of the day| for this lesson| this week| now)?(?: (?:are|is|will"
              + " be))?\\s*(?::|\\bare\\b|\\bis\\b|,|-)\\s*([^.!?]{3,200})");
  private static final List<Pattern> SINGLE =
      List.of(
          of(
              "\\b(?:word|verb|noun|adjective)(?: number \\w+)?(?: for (?:today|this|it|that))?(?:"
                  + " here| today)?\\s*(?:is|was|:)\\s*(?:an?"
                  + " (?:verb|noun|adjective)\\s*:)?\\s*,?\\s*"
                  + WORD),
          of("\\bword\\b[^.!?:]{0,30}:\\s*" + WORD),
          of(
              "\\b(?:first|second|third|next|last|other) one is(?: a (?:verb|noun)\\s*:)?\\s*"
                  + WORD),
          of("\\bthe verb,? (?:to )?" + WORD + " means"),
          of("\\bwhen you " + WORD + " (?:something|someone|somebody)\\b"),
          of("\\bthe word,? " + WORD),
          of("(?:^|[.!?,]\\s*)" + WORD + " means\\b"),
          of("\\bwhat(?:'s| is| are| does)(?: the word)? " + WORD + "(?: mean)?\\s*\\?"),
          of("\\bdo you (?:know|remember) (?:the word |what )" + WORD + "(?: is| are| means?)?\\b"),
          of("\\bdo you know what (?:an? |the )?" + WORD + " (?:is|are|means)\\b"),
          of(
              "\\b(?:it's called|it is called|is called|we call it|we call this|this is"
                  + " called|that's called|we call that|they're called|are called) "
                  + WORD),
          of("\\bthe opposite of " + WORD),
          of("\\bthe opposite of [\\p{L}]+ is " + WORD),
          of(
              "(?:^|[.!?,]\\s*)(?:an? )"
                  + WORD
                  + " is (?:a|an|something|someone|somebody|the|when|where|like|used)\\b[^.!?]*\\b(?:that|who|which|where|you|we|people|for|when)\\b"),
          of("\\bin english,? (?:it's|it is|we say|that's|this is|you say)\\s*,?\\s*" + WORD),
          of("\\b(?:repeat(?: after me)?|write down|say|spell)\\s*[,:]\\s*" + WORD + "\\s*[.!?]"));

  private AnnouncedWords() {}

  private static Pattern of(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  /** Lower-case forms, one word or two, in the order of their announcement. */
  static Set<String> in(LessonText lesson) {
    Set<String> found = new LinkedHashSet<>();
    for (Turn turn : lesson.turns()) {
      if (!turn.teaching()) {
        continue;
      }
      Matcher list = LIST.matcher(turn.text());
      while (list.find()) {
        addList(list.group(1), found);
      }
      for (Pattern pattern : SINGLE) {
        Matcher matcher = pattern.matcher(turn.text());
        while (matcher.find()) {
          String form = matcher.group(1).toLowerCase(Locale.ROOT);
          found.add(form);
          found.add(form.split(" ")[0]);
        }
      }
    }
    return found;
  }

  private static void addList(String text, Set<String> into) {
    String[] items = text.split("\\s*(?:,|;|\\band\\b|\\bor\\b)\\s*");
    boolean wordy = false;
    for (String item : items) {
      wordy |= Token.words(item).size() > 3;
    }
    if (wordy || items.length < 2 && Token.words(text).size() > 2) {
      return;
    }
    for (String item : items) {
      List<String> words = Token.words(item);
      if (!words.isEmpty()) {
        into.add(words.get(words.size() - 1));
        into.add(String.join(" ", words));
      }
    }
  }
}
