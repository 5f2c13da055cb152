package courses.content;

import courses.content.SourceText.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happened in a year that the text names: "In 1811 Joseph found a skull ...".
 *
 * @param told without the year, as a sentence
 */
record Event(int year, String told, Unit unit) {
  private static final String YEAR = "(1\\d{3}|20\\d{2})";
  private static final Pattern FIRST =
      Pattern.compile("^(?:In|On|By)(?: [\\p{L}\\d]+){0,4}? " + YEAR + ",? (\\p{L}.{14,100})[.]$");
  private static final Pattern LAST =
      Pattern.compile("^(.{15,100}?),? (?:only )?in " + YEAR + "[.]$");

  /** Where a sentence goes on with what may have been at another time. */
  private static final Pattern GOES_ON =
      Pattern.compile(
          "(?:,? and (?=a year|\\p{L}+ later)|[,;:] | because | although | so that ).*");

  private static final Pattern TIMED =
      Pattern.compile(
          "(?i).*(?:\\d|\\b(?:later|earlier|will|before|after|again|until|since|only|already)\\b).*");
  private static final int OPTIONS = 4;
  private static final int LEAST_WORDS = 4;

  /** The event that a sentence by itself tells, if it is one of a certain year. */
  static Optional<Event> in(Unit unit) {
    Matcher first = FIRST.matcher(unit.text());
    Matcher last = LAST.matcher(unit.text());
    boolean begins = first.matches();
    if (!begins && !last.matches()) {
      return Optional.empty();
    }
    String year = begins ? first.group(1) : last.group(2);
    String said = GOES_ON.matcher(begins ? first.group(2) : last.group(1)).replaceFirst("").strip();
    boolean past =
        unit.words().stream()
            .anyMatch(
                word ->
                    word.tag().matches("VERB|AUX")
                        && word.text()
                            .matches(
                                "was|were|.*ed|"
                                    + "began|became|broke|brought|built|came|drew|fell|found|gave|got|had|held|led|left|lost|made|met|put|sank|saw|sent|set|sold|spoke|took|won|wrote"));
    return past
            && said.split(" ").length >= LEAST_WORDS
            && !TIMED.matcher(said).matches()
            && !Standing.leans(said)
        ? Optional.of(
            new Event(
                Integer.parseInt(year),
                Character.toUpperCase(said.charAt(0)) + said.substring(1) + ".",
                unit))
        : Optional.empty();
  }

  /**
   * Which of four came first, or last: asked on the one that did.
   *
   * @param own of the lesson that is asked about
   * @param all of the course
   */
  static List<RawQuestion> order(List<Event> own, List<Event> all) {
    List<RawQuestion> list = new ArrayList<>();
    List<Event> sorted = all.stream().sorted(Comparator.comparingInt(Event::year)).toList();
    for (Event event : own) {
      List<Event> later = sorted.stream().filter(other -> other.year() > event.year()).toList();
      List<Event> earlier = sorted.stream().filter(other -> other.year() < event.year()).toList();
      boolean first = later.size() >= earlier.size();
      List<String> wrong =
          (first ? later : earlier)
              .stream()
                  .filter(other -> Sentences.similarity(other.told(), event.told()) < 0.5)
                  .map(Event::told)
                  .distinct()
                  .limit(OPTIONS - 1)
                  .toList();
      if (wrong.size() == OPTIONS - 1) {
        list.add(
            RawQuestion.choice(
                first ? "Which of these happened first?" : "Which of these happened last?",
                event.told(),
                wrong,
                Level.INTERMEDIATE,
                event.unit()));
      }
    }
    return list.stream().limit(2).toList();
  }
}
