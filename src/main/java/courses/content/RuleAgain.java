package courses.content;

import courses.content.SourceText.Unit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A lesson again for who has not understood it: the words first, then only short sentences in their
 * order, the reasons, and questions to ask oneself.
 */
final class RuleAgain {
  private static final int SHORT_SENTENCE = 16;
  private static final int MOST_STEPS = 14;
  private static final int MOST_WORDS = 6;
  private static final int MOST_REASONS = 4;

  private final SourceText text;
  private final List<Definition> definitions;
  private final List<Reason> reasons;

  RuleAgain(RuleLesson lesson) {
    this.text = lesson.text();
    this.definitions = lesson.knowledge().definitions().stream().limit(MOST_WORDS).toList();
    this.reasons = lesson.knowledge().reasons().stream().limit(MOST_REASONS).toList();
  }

  LessonText write(LessonPlan plan) {
    List<Unit> steps =
        text.body().stream()
            .filter(unit -> unit.length() >= 4 && unit.length() <= SHORT_SENTENCE)
            .filter(unit -> !unit.text().endsWith("?"))
            .limit(MOST_STEPS)
            .toList();
    if (steps.isEmpty() && definitions.isEmpty()) {
      throw new CannotWrite(
          "The lesson's part of the source has no short sentences and explains no terms: set up a"
              + " model key.");
    }
    StringBuilder markdown = new StringBuilder();
    part(
        markdown,
        "The words",
        definitions.stream()
            .map(d -> "**" + escaped(d.titled()) + "**: " + escaped(d.meaning()) + ".")
            .toList());
    part(markdown, "Step by step", steps.stream().map(unit -> escaped(unit.text())).toList());
    part(
        markdown,
        "Why is that so?",
        reasons.stream().map(r -> escaped(r.question() + " " + r.answer())).toList());
    part(markdown, "Ask yourself", definitions.stream().map(d -> escaped(d.question())).toList());
    Set<Integer> refs = new TreeSet<>();
    steps.forEach(unit -> refs.add(unit.segment()));
    definitions.forEach(d -> refs.add(d.unit().segment()));
    reasons.forEach(r -> refs.add(r.unit().segment()));
    String content = markdown.toString().strip();
    return new LessonText(
        plan.chapterIndex(),
        plan.lessonIndex(),
        plan.title(),
        plan.description().isBlank() ? plan.title() : plan.description(),
        content,
        List.of(),
        List.copyOf(refs),
        Sentences.count(content));
  }

  private static String escaped(String text) {
    return Sentences.escaped(text);
  }

  private static void part(StringBuilder markdown, String heading, List<String> items) {
    if (!items.isEmpty()) {
      markdown.append("## ").append(heading).append("\n\n");
      items.forEach(item -> markdown.append("- ").append(item).append('\n'));
      markdown.append('\n');
    }
  }
}
