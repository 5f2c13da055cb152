package courses.content;

import courses.content.SourceText.Unit;
import exercises.language.EnglishText.Word;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a sentence says something complete when it is taken out of its text. */
final class Standing {
  private static final Pattern LEANING =
      Pattern.compile(
          "(?i)^(?:this|that|these|those|it|its|they|their|them|he|she|his|her|such|here|there|both|neither|either|another"
              + "|others?|then|however|therefore|thus|also|instead|meanwhile|still|yet|again|first|second|third|finally|next|later|similarly|likewise|moreover|furthermore|otherwise|in"
              + " other words|for example|for instance|as a result|in contrast|by contrast|on the"
              + " other hand|that's|it's|we|i|you|i'm|we're|you're|let's|let|if you|when"
              + " you|because of this|after that|before that|at this|in this|for this|from"
              + " this|with this|to this|one|some|all of|most"
              + " of|none|each|what|which|who|why|how|where|like|to|or|nor|not|even"
              + " so|once|again|compared with|the"
              + " (?:two|other|others|same|first|second|third|rest|reason|result|process|former|latter|next)|two"
              + " (?:things|points|ways)|everything else|the (?:good|bad|big) news|the"
              + " (?:idea|point|trick)|whichever|whatever)\\b.*");
  private static final Pattern PERSONAL =
      Pattern.compile(
          "(?i).*\\b(?:i|we|us|our|i'm|i'll|we'll|let's|today|tonight|video|chapter|figure|slide"
              + "|screen|earlier|later on|as (?:we|you)|just saw|in this way|these two|those two"
              + "|the two|the former|the latter|said|mentioned|told|people (?:ask|get)"
              + "|this (?:handbook|book|course|text)|the following"
              + "|(?:for|of|to|with|about|from|in|on|at) (?:it|them))\\b.*"
              + "|.*\\b(?:above|below)[.,;].*"
              + "|(?i).*\\b(?:table|figure|list|plan|section|picture|tools) (?:above|below)\\b.*");
  private static final Pattern ENDS_POINTING =
      Pattern.compile(
          "(?i).*\\b(?:for|of|to|with|without|from|by|in|on|at|like)"
              + " (?:this|that|these|those)[.,;].*");
  private static final Set<String> SUBJECTS = Set.of("he", "she", "they", "it");
  private static final Set<String> OBJECTS = Set.of("it", "them", "him", "her");
  private static final Set<String> POINTING = Set.of("this", "that", "these", "those");

  private Standing() {}

  static boolean alone(Unit unit) {
    String text = unit.text();
    int length = unit.length();
    return length >= 7
        && length <= 32
        && text.endsWith(".")
        && !leans(text)
        && !personal(text)
        && !points(unit)
        && !refersBack(unit)
        && text.chars().filter(c -> c == '"' || c == '“' || c == '”').count() % 2 == 0
        && text.chars().filter(c -> c == '(').count() == text.chars().filter(c -> c == ')').count()
        && unit.words().stream().anyMatch(w -> w.tag().equals("VERB") || w.tag().equals("AUX"));
  }

  /** Whether a passage may begin with it. */
  static boolean opens(Unit unit) {
    return !leans(unit.text()) && !points(unit);
  }

  /** Whether it announces a table, a list or a picture that a listener does not get. */
  static boolean showsSomething(String text) {
    return text.matches(
        "(?i).*\\bthe following\\b.*|.*:$"
            + "|.*\\b(?:table|figure|list|plan|steps|tools|diagram|picture) (?:above|below)\\b.*");
  }

  /** Whether it begins with words that refer to what was said before. */
  static boolean leans(String text) {
    return LEANING.matcher(text).matches();
  }

  /** Whether it speaks of who speaks, or of the text itself. */
  static boolean personal(String text) {
    return PERSONAL.matcher(text).matches();
  }

  /** Whether it names something by pointing at it: "that side". */
  private static boolean points(Unit unit) {
    return unit.words().stream()
        .anyMatch(w -> w.tag().equals("DET") && POINTING.contains(w.text().toLowerCase()));
  }

  /**
   * Whether a pronoun in it stands for what an earlier sentence named: "In the first days she ...",
   * "A sharp knife cuts it", "... leave room for this".
   */
  private static boolean refersBack(Unit unit) {
    if (ENDS_POINTING.matcher(unit.text()).matches()) {
      return true;
    }
    List<Word> words = unit.words();
    boolean aside = !words.isEmpty() && words.get(0).tag().equals("ADP");
    boolean verb = false;
    boolean name = false;
    int things = 0;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      String text = word.text().toLowerCase(Locale.ROOT);
      if (aside && !verb && !name && SUBJECTS.contains(text)) {
        return true;
      }
      boolean object = i > 0 && words.get(i - 1).tag().equals("VERB") && OBJECTS.contains(text);
      if (object && things < 2) {
        return true;
      }
      name |= word.tag().equals("PROPN");
      verb |= word.tag().matches("VERB|AUX");
      things += word.isNoun() && (i == 0 || !words.get(i - 1).isNoun()) ? 1 : 0;
    }
    return false;
  }

  /** Whether it tells somebody what to do instead of how something is. */
  static boolean commands(Unit unit) {
    if (unit.words().isEmpty()) {
      return false;
    }
    Word first = unit.words().get(0);
    return first.tag().equals("VERB") && first.lemma().equalsIgnoreCase(first.text())
        || unit.text().matches("(?i)(?:never|always|do not|don't|please)\\s.*")
        || unit.text().matches("(?i)(?:before|if|when|after) you\\b.*");
  }
}
