package courses.content;

import courses.content.SourceText.Kind;
import courses.content.SourceText.Unit;
import courses.content.Terms.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Articles and scripts from the lessons' own sentences. */
final class RuleArticles {
  private final CourseSoFar course;
  private final List<RuleLesson> lessons;
  private final Set<Integer> refs = new TreeSet<>();

  RuleArticles(CourseSoFar course, List<RuleLesson> lessons) {
    this.course = course;
    this.lessons = lessons;
  }

  private String title(int at) {
    return course.lessons().get(at).plan().title();
  }

  private List<Integer> refs() {
    boolean topic = course.lessons().stream().allMatch(lesson -> lesson.span().isEmpty());
    return topic ? List.of() : List.copyOf(refs);
  }

  private Unit used(Unit unit) {
    refs.add(unit.segment());
    return unit;
  }

  Article write(ArticleKind kind) {
    String name = course.outline().title();
    return switch (kind) {
      case DEEP_DIVE -> {
        String text = deepDive();
        yield new Article(kind, "A closer look: " + name, text, List.of(), List.of(), refs());
      }
      case KEY_TAKEAWAYS -> {
        List<String> points = takeaways();
        yield new Article(kind, "Key takeaways: " + name, "", points, List.of(), refs());
      }
      case FAQ -> {
        List<QuestionAnswer> faq = faq();
        yield new Article(kind, "Questions and answers: " + name, "", List.of(), faq, refs());
      }
    };
  }

  private String deepDive() {
    StringBuilder text = new StringBuilder();
    int share = Math.max(60, 900 / lessons.size());
    for (int at = 0; at < lessons.size(); at++) {
      List<Unit> chosen = passage(lessons.get(at), share, false);
      if (chosen.isEmpty()) {
        continue;
      }
      text.append("## ").append(Sentences.escaped(title(at))).append("\n\n");
      int paragraph = chosen.get(0).paragraph();
      boolean fresh = true;
      for (Unit unit : chosen) {
        text.append(fresh ? "" : unit.paragraph() != paragraph ? "\n\n" : " ")
            .append(Sentences.escaped(unit.text()));
        paragraph = unit.paragraph();
        fresh = false;
      }
      text.append("\n\n");
    }
    return text.toString().strip();
  }

  /** Whole runs of sentences around the most central ones, so that what leans on another has it. */
  private List<Unit> passage(RuleLesson lesson, int words, boolean commands) {
    List<Unit> body =
        lesson.passages().stream()
            .filter(
                unit ->
                    unit.kind() == Kind.SENTENCE
                        && !unit.text().endsWith("?")
                        && (commands || lesson.knowledge().instructs() || !Standing.commands(unit))
                        && !Standing.showsSomething(unit.text()))
            .toList();
    double[] ranks = Ranking.of(body);
    Set<Integer> kept = new TreeSet<>();
    int sum = 0;
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < body.size(); i++) {
      order.add(i);
    }
    order.sort((a, b) -> Double.compare(ranks[b], ranks[a]));
    for (int i : order) {
      int from = i;
      while (from > 0
          && i - from < 2
          && !Standing.opens(body.get(from))
          && body.get(from - 1).paragraph() == body.get(from).paragraph()) {
        from--;
      }
      int more = 0;
      for (int k = from; k <= i; k++) {
        more += kept.contains(k) ? 0 : body.get(k).length();
      }
      if (!Standing.opens(body.get(from)) || sum + more > words) {
        continue;
      }
      for (int k = from; k <= i; k++) {
        kept.add(k);
      }
      sum += more;
    }
    return kept.stream().map(k -> used(body.get(k))).toList();
  }

  private List<String> takeaways() {
    int each = Math.max(1, (6 + lessons.size() - 1) / lessons.size());
    List<List<Unit>> best = new ArrayList<>();
    lessons.forEach(lesson -> best.add(lesson.points(each)));
    List<String> points = new ArrayList<>();
    for (int at : Deal.order(best.size(), 7)) {
      for (Unit unit : best.get(at)) {
        if (points.size() < 7
            && points.stream().noneMatch(point -> Sentences.similarity(point, unit.text()) > 0.6)) {
          points.add(used(unit).text());
        }
      }
    }
    if (points.size() < 3) {
      throw new TooLittleSource("The source has fewer than three sentences that stand for it.");
    }
    return points;
  }

  private List<QuestionAnswer> faq() {
    List<List<QuestionAnswer>> byLesson = new ArrayList<>();
    for (RuleLesson lesson : lessons) {
      List<QuestionAnswer> own = new ArrayList<>();
      List<Definition> definitions = lesson.knowledge().definitions();
      List<Reason> reasons = lesson.knowledge().reasons();
      List<Role> roles = RuleParts.asked(lesson, lessons);
      List<Deed> deeds = lesson.knowledge().deeds();
      int most =
          Math.max(
              Math.max(roles.size(), deeds.size()), Math.max(definitions.size(), reasons.size()));
      for (int i = 0; i < most; i++) {
        if (i < definitions.size()) {
          Definition d = definitions.get(i);
          own.add(
              new QuestionAnswer(
                  d.question(), with(lesson, d.unit(), d.answer()), List.of(d.unit().segment())));
        }
        if (i < reasons.size()) {
          Reason r = reasons.get(i);
          own.add(
              new QuestionAnswer(
                  r.question(), with(lesson, r.unit(), r.answer()), List.of(r.unit().segment())));
        }
        if (i < deeds.size()) {
          Deed d = deeds.get(i);
          own.add(new QuestionAnswer(d.question(), d.unit().text(), List.of(d.unit().segment())));
        }
        if (i < roles.size()) {
          Role r = roles.get(i);
          own.add(
              new QuestionAnswer(
                  r.question(), with(lesson, r.unit(), r.answer()), List.of(r.unit().segment())));
        }
      }
      byLesson.add(own);
    }
    List<QuestionAnswer> faq = Deal.evenly(byLesson, 10, QuestionAnswer::question);
    faq.forEach(one -> refs.addAll(one.sourceRefs()));
    if (faq.size() < 3) {
      throw new TooLittleSource("The source answers fewer than three questions outright.");
    }
    return faq;
  }

  /** The answer with the sentence that follows it in its paragraph. */
  private static String with(RuleLesson lesson, Unit unit, String answer) {
    return lesson.text().units().stream()
        .filter(
            next ->
                next.text().matches("(?:It|They|This|These|Its) .*")
                    || Sentences.shareWord(next.text().split("\\s(?:is|are)\\s")[0], answer))
        .filter(next -> lesson.knowledge().definitions().stream().noneMatch(d -> d.unit() == next))
        .filter(
            next ->
                next.index() == unit.index() + 1
                    && next.paragraph() == unit.paragraph()
                    && next.kind() == Kind.SENTENCE
                    && !next.text().endsWith("?"))
        .findFirst()
        .map(next -> answer + " " + next.text())
        .orElse(answer);
  }

  AudioScript script(ScriptKind kind) {
    int words = kind == ScriptKind.SHORT_PODCAST ? 700 : 3_000;
    StringBuilder text = new StringBuilder();
    String name = course.outline().title();
    boolean asks = Subject.asks(name);
    String subject = Subject.of(name);
    boolean podcast = kind == ScriptKind.SHORT_PODCAST;
    text.append("Welcome. This is ")
        .append(
            asks
                ? (podcast ? "a short talk about " : "a lecture about ")
                : podcast ? "a short introduction to " : "a lecture on ")
        .append(subject)
        .append(".");
    if (course.outline().chapters().size() > 1) {
      text.append(" It has ").append(lessons.size()).append(" parts.");
    }
    text.append("\n\n");
    int share = Math.max(40, (words - 90) / lessons.size());
    for (int at = 0; at < lessons.size(); at++) {
      List<Unit> chosen = passage(lessons.get(at), share, kind == ScriptKind.FULL_LECTURE);
      if (chosen.isEmpty()) {
        continue;
      }
      String opening =
          at == 0
              ? "We begin with this: "
              : at == lessons.size() - 1 ? "The last part: " : "Next: ";
      text.append(lessons.size() == 1 ? "" : opening + title(at).replaceFirst("[.!?]$", "") + ". ");
      text.append(String.join(" ", chosen.stream().map(Unit::text).toList())).append("\n\n");
    }
    List<String> key = new ArrayList<>();
    lessons.forEach(
        lesson ->
            Stream.concat(
                    lesson.knowledge().definitions().stream().map(Definition::term),
                    lesson.knowledge().terms().stream().map(Term::surface))
                .filter(term -> key.stream().noneMatch(one -> Sentences.shareWord(one, term)))
                .filter(
                    term ->
                        key.stream()
                            .noneMatch(one -> (one + "s").equals(term) || (term + "s").equals(one)))
                .limit(lessons.size() < 3 ? 2 : 1)
                .forEach(key::add));
    text.append("That was ").append(subject).append(".");
    if (key.size() > 1) {
      text.append(" What to keep in mind: ")
          .append(Sentences.list(key.stream().distinct().limit(5).toList()))
          .append(".");
    }
    String script = text.toString().strip();
    return new AudioScript(kind, script, Sentences.count(script), refs());
  }
}
