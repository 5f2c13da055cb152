package courses.content;

import courses.content.SourceText.Unit;
import courses.content.Terms.Found;
import courses.content.Terms.Term;
import exercises.language.EnglishText;
import exercises.language.EnglishText.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Sentences with their most telling word or number taken out. */
final class GapFinder {
  static final String BLANK = "_____";

  /**
   * A sentence with a gap.
   *
   * @param number whether a figure was taken out
   */
  record Gap(String text, String answer, String lemma, boolean plural, boolean number, Unit unit) {
    /** With the first letter and the length of a word, so that nothing else is right. */
    String cued() {
      if (number) {
        return text;
      }
      int words = answer.split(" ").length;
      return text
          + " ("
          + (words > 1 ? words + " words" : answer.length() + " letters")
          + ", beginning with “"
          + answer.charAt(0)
          + "”)";
    }
  }

  private static final int BEST = 14;

  private final RuleLesson lesson;
  private final EnglishText english;

  GapFinder(RuleLesson lesson) {
    this.lesson = lesson;
    this.english = lesson.english();
  }

  /** The most central sentences first, those with figures before the others. */
  List<Gap> gaps() {
    List<Unit> order = new ArrayList<>(lesson.best(BEST));
    List<Unit> rest = new ArrayList<>(lesson.knowledge().statements());
    rest.removeAll(order);
    order.addAll(rest);
    List<Gap> numbers = new ArrayList<>();
    List<Gap> words = new ArrayList<>();
    for (Unit unit : order) {
      Optional<MatchResult> number = Numbers.only(unit.text());
      if (number.isPresent()) {
        String answer = number.get().group(1);
        String text = gap(unit.text(), number.get().start(1), number.get().end(1));
        numbers.add(new Gap(text, answer, answer, false, true, unit));
      } else {
        word(unit).ifPresent(words::add);
      }
    }
    List<Gap> gaps = new ArrayList<>();
    for (int i = 0; i < Math.max(numbers.size(), words.size()); i++) {
      if (i < words.size()) {
        gaps.add(words.get(i));
      }
      if (i < numbers.size()) {
        gaps.add(numbers.get(i));
      }
    }
    return gaps;
  }

  private Optional<Gap> word(Unit unit) {
    List<Term> terms = lesson.knowledge().terms();
    // which of a tap's parts one is to hold only the text can tell
    if (Standing.commands(unit)) {
      return Optional.empty();
    }
    Gap best = null;
    double score = 0;
    List<Found> phrases = Terms.phrases(unit.words(), unit.text(), english);
    for (int i = 0; i < phrases.size(); i++) {
      Found found = phrases.get(i);
      long same =
          phrases.stream().filter(p -> Sentences.shareWord(p.lemma(), found.lemma())).count();
      if (same > 1
          || modifies(found, unit)
          || relates(found, unit)
          || listed(found, unit)
          || another(found)) {
        continue;
      }
      // What comes last in a sentence is its news; what it begins with is known already.
      double news = found.start() == 0 ? 0.4 : 0.8 + 0.6 * i / phrases.size();
      for (Term term : terms) {
        double worth = term.score() / term.count() * (1 + Math.log(term.count())) * news;
        worth *= lesson.knowledge().definition(term.lemma()).isPresent() ? 2.5 : 1;
        if (term.lemma().equals(found.lemma()) && worth > score) {
          score = worth;
          String surface = unit.text().substring(found.start(), found.end());
          best =
              new Gap(
                  gap(unit.text(), found.start(), found.end()),
                  lower(surface, found),
                  found.lemma(),
                  found.plural(),
                  false,
                  unit);
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** "the roof, the heating and the pipes": what else is on a list nobody can know. */
  private static boolean listed(Found found, Unit unit) {
    List<Word> before =
        unit.words().stream()
            .filter(word -> word.end() <= found.start() && !word.tag().equals("DET"))
            .toList();
    List<Word> after =
        unit.words().stream()
            .filter(word -> word.start() >= found.end() && !word.tag().matches("DET|ADJ"))
            .toList();
    int last = before.size() - 1;
    boolean joinedBefore =
        last > 0
            && joins(before.get(last))
            && before.get(last - 1).tag().matches("NOUN|PROPN|PUNCT");
    boolean joinedBehind =
        after.size() > 1 && joins(after.get(0)) && after.get(1).tag().matches("NOUN|PROPN|NUM");
    boolean commas =
        after.size() > 2
            && after.get(0).text().equals(",")
            && after.get(1).isNoun()
            && (joins(after.get(2)) || after.get(2).text().equals(","));
    return joinedBefore || joinedBehind || commas;
  }

  private static boolean joins(Word word) {
    return word.text().equalsIgnoreCase("and") || word.text().equalsIgnoreCase("or");
  }

  /** Whether the lesson names something that could stand in its place: fire and flames. */
  private boolean another(Found found) {
    String head = found.lemma().substring(found.lemma().lastIndexOf(' ') + 1);
    return lesson.knowledge().phrases().stream()
        .map(term -> term.lemma().substring(term.lemma().lastIndexOf(' ') + 1))
        .anyMatch(other -> !other.equals(head) && english.related(head, other));
  }

  /** Whether a phrase only describes the noun after it, which the tagger may take for a verb. */
  private boolean modifies(Found found, Unit unit) {
    Optional<Word> next =
        unit.words().stream().filter(word -> word.start() == found.end() + 1).findFirst();
    return next.isPresent()
        && (next.get().isNoun()
            || next.get().tag().equals("ADJ")
            || english.isPlural(next.get().text()));
  }

  /** "insects that lives": a verb that the tagger takes for a noun. */
  private static boolean relates(Found found, Unit unit) {
    return unit.text().substring(0, found.start()).matches("(?i).*\\b(?:that|which|who) $");
  }

  private String lower(String surface, Found found) {
    return found.name() || found.start() > 0 || named(surface)
        ? surface
        : Character.toLowerCase(surface.charAt(0)) + surface.substring(1);
  }

  /** Whether it has its capital within sentences too: "Hill" is nobody's hill then. */
  private boolean named(String surface) {
    Pattern within = Pattern.compile("[\\p{Ll},] " + Pattern.quote(surface) + "\\b");
    return lesson.text().body().stream().anyMatch(unit -> within.matcher(unit.text()).find());
  }

  /** Also hides whether the answer begins with a vowel. */
  private static String gap(String text, int from, int to) {
    String before = text.substring(0, from).replaceFirst("\\b([Aa])n? $", "$1(n) ");
    return before + BLANK + text.substring(to);
  }
}
