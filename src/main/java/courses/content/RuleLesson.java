package courses.content;

import courses.content.SourceText.Kind;
import courses.content.SourceText.Unit;
import courses.content.Terms.Term;
import courses.sources.Segment;
import exercises.language.EnglishText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A lesson made of the source's own sentences: the best ranked in their order, with the terms it
 * defines and its most central sentences at the end.
 */
final class RuleLesson {
  private static final int MOST_WORDS = 1_000;
  private static final int PARAGRAPH_WORDS = 85;

  private final EnglishText english;
  private final SourceText text;
  private final Knowledge knowledge;
  private final Map<Integer, Segment> span = new HashMap<>();
  private List<GapFinder.Gap> gaps;

  RuleLesson(List<Segment> span, EnglishText english) {
    this.english = english;
    span.forEach(segment -> this.span.put(segment.ordinal(), segment));
    text = SourceText.read(span, english);
    knowledge = new Knowledge(text.units(), english);
  }

  /**
   * The lesson.
   *
   * @param above titles of the chapter and the course, which are no headings within it
   */
  LessonText write(LessonPlan plan, List<String> above) {
    List<Unit> body = text.body();
    if (Tiling.words(body) < 25) {
      throw new CannotWrite("The lesson's part of the source has hardly any text.");
    }
    double[] ranks = Ranking.of(body);
    Set<Integer> kept = chosen(body, ranks, MOST_WORDS);
    StringBuilder markdown = new StringBuilder();
    List<Term> terms =
        knowledge.terms().isEmpty()
            ? knowledge.phrases().stream().limit(2).toList()
            : knowledge.terms();
    if (terms.size() >= 2) {
      markdown
          .append("*In this lesson: ")
          .append(
              Sentences.escaped(
                  Sentences.list(terms.stream().limit(4).map(Term::surface).toList())))
          .append(".*\n\n");
    }
    List<String> told = new ArrayList<>(above);
    told.add(plan.title());
    passages(markdown, kept, told);
    definitions(markdown);
    summary(markdown, body, ranks);
    Set<Integer> refs = new TreeSet<>();
    kept.forEach(index -> refs.add(text.units().get(index).segment()));
    String content = markdown.toString().strip();
    List<KeyConcept> concepts =
        terms.stream()
            .limit(3)
            .map(
                term ->
                    new KeyConcept(
                        term.titled(),
                        Sentences.list(
                                Stream.concat(Stream.of(term), terms.stream().limit(3))
                                    .map(Term::surface)
                                    .distinct()
                                    .toList())
                            .replace(",", "")
                            .replace(" and ", " ")))
            .toList();
    return new LessonText(
        plan.chapterIndex(),
        plan.lessonIndex(),
        plan.title(),
        plan.description(),
        content,
        concepts,
        List.copyOf(refs),
        Sentences.count(content));
  }

  /** Indexes of the best units that fit, in the order of the text. */
  static Set<Integer> chosen(List<Unit> body, double[] ranks, int words) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < body.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble((Integer i) -> ranks[i]).reversed());
    Set<Integer> kept = new TreeSet<>();
    int sum = 0;
    for (int i : order) {
      int length = body.get(i).length();
      if (sum + length <= words && !body.get(i).text().endsWith("?")
          || Tiling.words(body) <= words) {
        kept.add(body.get(i).index());
        sum += length;
      }
    }
    return kept;
  }

  private void passages(StringBuilder markdown, Set<Integer> kept, List<String> told) {
    int words = 0;
    int paragraph = -1;
    boolean items = false;
    boolean fresh = true;
    String heading = null;
    String speaker = "";
    for (Unit unit : text.units()) {
      if (unit.kind() == Kind.HEADING) {
        heading = unit.text();
        continue;
      }
      boolean table = unit.kind() == Kind.TABLE;
      if (fresh && unit.text().matches("(?i)(?:why|how|what)\\b.*\\b(?:that|this|it)\\b.*\\?")) {
        // "Why does that matter?": asked of what the lesson before said
        continue;
      }
      if (!table && !kept.contains(unit.index())) {
        continue;
      }
      String next = heading;
      if (next != null && told.stream().noneMatch(t -> Sentences.similarity(next, t) >= 0.8)) {
        markdown
            .append(fresh ? "" : "\n\n")
            .append("## ")
            .append(Sentences.escaped(heading))
            .append("\n\n");
        fresh = true;
      }
      heading = null;
      if (unit.kind() == Kind.ITEM) {
        markdown
            .append(items || fresh ? "" : "\n")
            .append(fresh ? "" : "\n")
            .append(unit.level() > 0 ? unit.level() + ". " : "- ")
            .append(Sentences.escaped(unit.text()));
      } else if (table) {
        markdown.append(fresh ? "" : "\n\n").append(unit.text());
        words = PARAGRAPH_WORDS + 1;
      } else {
        boolean turn = !unit.speaker().equals(speaker);
        boolean apart = items || turn || unit.paragraph() != paragraph || words > PARAGRAPH_WORDS;
        markdown.append(fresh ? "" : apart ? "\n\n" : " ");
        if (!unit.speaker().isEmpty() && (turn || fresh)) {
          markdown.append("**").append(Sentences.escaped(unit.speaker())).append(":** ");
        }
        speaker = unit.speaker();
        markdown.append(Sentences.escaped(unit.text()));
        words = apart ? 0 : words;
        words += unit.length();
      }
      items = unit.kind() == Kind.ITEM;
      fresh = false;
      paragraph = unit.paragraph();
    }
    markdown.append("\n\n");
  }

  private void definitions(StringBuilder markdown) {
    List<Definition> found = knowledge.definitions();
    if (found.isEmpty()) {
      return;
    }
    markdown.append("## Key terms\n\n");
    found.stream()
        .limit(6)
        .forEach(
            d ->
                markdown
                    .append("- **")
                    .append(Sentences.escaped(d.titled()))
                    .append("**: ")
                    .append(Sentences.escaped(d.meaning()))
                    .append(".\n"));
    markdown.append('\n');
  }

  private void summary(StringBuilder markdown, List<Unit> body, double[] ranks) {
    List<Unit> best = best(body, ranks, 3, knowledge.points());
    if (body.size() > 8 && best.size() >= 2) {
      markdown.append("## In short\n\n");
      best.forEach(
          unit -> markdown.append("- ").append(Sentences.escaped(unit.text())).append('\n'));
    }
  }

  /** The most central sentences that can stand alone, unlike one another, in their order. */
  private List<Unit> best(List<Unit> body, double[] ranks, int count, List<Unit> among) {
    List<Unit> order = new ArrayList<>(among);
    order.retainAll(body);
    order.removeIf(unit -> unit.length() > 28);
    order.sort(Comparator.comparingDouble((Unit unit) -> ranks[body.indexOf(unit)]).reversed());
    List<Unit> best = new ArrayList<>();
    for (Unit unit : order) {
      boolean repeats =
          best.stream().anyMatch(one -> Sentences.similarity(one.text(), unit.text()) > 0.5);
      if (!repeats && best.size() < count) {
        best.add(unit);
      }
    }
    best.sort(Comparator.comparingInt(Unit::index));
    return best;
  }

  List<Unit> best(int count) {
    List<Unit> body = text.body();
    return best(body, Ranking.of(body), count, knowledge.statements());
  }

  /** Those that stand for the lesson: steps where it is instructions. */
  List<Unit> points(int count) {
    List<Unit> body = text.body();
    return best(body, Ranking.of(body), count, knowledge.points());
  }

  /** As {@link #best(int)}, without sentences that tell somebody what to do. */
  List<Unit> claims(int count) {
    List<Unit> body = text.body();
    return best(body, Ranking.of(body), count, knowledge.claims());
  }

  /** Sentences with a gap, the best first. */
  List<GapFinder.Gap> gaps() {
    if (gaps == null) {
      gaps = new GapFinder(this).gaps();
    }
    return gaps;
  }

  /** Where the source says something, as a sentence. */
  String place(Unit unit) {
    Segment segment = span.get(unit.segment());
    if (segment != null && segment.pageFrom().isPresent()) {
      return "It says so on page " + segment.pageFrom().get() + ".";
    }
    if (segment != null && segment.startMs().isPresent()) {
      long seconds = segment.startMs().get() / 1_000;
      return String.format("It is said at %d:%02d.", seconds / 60, seconds % 60);
    }
    return "The source says so.";
  }

  /** Its sentences and points, in a conversation without what the learner says. */
  List<Unit> told() {
    return text.body().stream().filter(knowledge::told).toList();
  }

  /** What can be read on end: of a conversation only what says something by itself. */
  List<Unit> passages() {
    boolean talk = text.body().stream().anyMatch(unit -> !unit.speaker().isEmpty());
    return talk ? knowledge.statements() : text.body();
  }

  /** All that its part of the source says, one line a unit. */
  String said() {
    return String.join("\n", text.units().stream().map(Unit::text).toList());
  }

  SourceText text() {
    return text;
  }

  Knowledge knowledge() {
    return knowledge;
  }

  EnglishText english() {
    return english;
  }
}
