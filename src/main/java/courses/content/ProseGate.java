package courses.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What texts must be that are no questions with a key: the rule each breaks first. */
final class ProseGate {
  private static final int FEWEST_LESSON_WORDS = 40;

  /** Long enough that its own language can be told. */
  private static final int LONG_TEXT = 50;

  private final GateRules rules;
  private final Grounding grounding;

  ProseGate(GateRules rules, Grounding grounding) {
    this.rules = rules;
    this.grounding = grounding;
  }

  /** Each text by itself, and the language of all together. */
  Optional<String> texts(String... texts) {
    return first(
        () -> rules.broken(List.of(texts)),
        () ->
            Stream.concat(
                    Stream.of(String.join(" ", texts)),
                    Stream.of(texts).filter(text -> text.length() >= LONG_TEXT))
                .flatMap(text -> rules.foreign(text).stream())
                .findFirst());
  }

  /** Where there is a source, what was written must name some of it. */
  Optional<String> refs(List<Integer> named) {
    return grounding.none() || !grounding.own(named).isEmpty()
        ? Optional.empty()
        : Optional.of("unreferenced");
  }

  private Optional<String> longText(String markdown) {
    return first(
        () ->
            Sentences.count(markdown) < FEWEST_LESSON_WORDS
                ? Optional.of("too_short")
                : Optional.empty(),
        () -> grounding.prose(SafeHtml.text(markdown), Grounding.PROSE));
  }

  Optional<String> broken(LessonText lesson) {
    return first(
        () -> texts(lesson.title(), lesson.description(), lesson.contentMarkdown()),
        () -> longText(lesson.contentMarkdown()),
        () -> refs(lesson.sourceRefs()));
  }

  Optional<String> broken(Outline outline) {
    List<String> texts = new ArrayList<>(List.of(outline.title()));
    for (ChapterPlan chapter : outline.chapters()) {
      texts.addAll(List.of(chapter.title(), chapter.description()));
      texts.addAll(chapter.objectives());
      texts.addAll(chapter.keyConcepts());
      chapter
          .lessons()
          .forEach(lesson -> texts.addAll(List.of(lesson.title(), lesson.description())));
    }
    return texts(texts.toArray(String[]::new));
  }

  Optional<String> broken(Category one) {
    return texts(one.category(), one.description(), String.join(", ", one.tags()));
  }

  Optional<String> broken(Concept c) {
    return first(
        () -> texts(c.title(), c.researchedContent()),
        () -> grounding.prose(c.researchedContent(), Grounding.ANSWER),
        () -> refs(c.sourceRefs()));
  }

  Optional<String> broken(Flashcard c) {
    return first(
        () -> texts(c.question(), c.answer()),
        () -> GateRules.given(c.question(), c.answer()),
        () -> grounding.broken(c.answer(), Grounding.ANSWER),
        () -> refs(c.sourceRefs()));
  }

  /** An article as a whole; its points and answers are looked at one by one. */
  Optional<String> broken(Article article) {
    boolean deep = article.kind() == ArticleKind.DEEP_DIVE;
    return first(
        () -> rules.broken(article.title()),
        () -> deep ? texts(article.contentMarkdown()) : Optional.empty(),
        () -> deep ? longText(article.contentMarkdown()) : Optional.empty(),
        () -> refs(article.sourceRefs()));
  }

  Optional<String> point(String point) {
    return first(() -> texts(point), () -> grounding.broken(point, Grounding.ANSWER));
  }

  Optional<String> broken(QuestionAnswer q) {
    return first(
        () -> texts(q.question(), q.answer()),
        () -> grounding.broken(q.answer(), Grounding.ANSWER));
  }

  Optional<String> broken(GameWord word) {
    List<String> options = new ArrayList<>(List.of(word.definition()));
    options.addAll(word.incorrectOptions());
    return first(
        () -> rules.broken(word.word()),
        () -> texts(options.toArray(String[]::new)),
        () -> GateRules.options(options, 0, 4, 4),
        () -> GateRules.given(word.definition(), word.word()),
        () -> grounding.broken(word.definition(), Grounding.ANSWER),
        () -> refs(word.sourceRefs()));
  }

  Optional<String> broken(AudioScript script) {
    return first(
        () -> texts(script.script()),
        () -> longText(script.script()),
        () -> refs(script.sourceRefs()));
  }

  @SafeVarargs
  private static Optional<String> first(Supplier<Optional<String>>... rules) {
    return GateRules.first(rules);
  }
}
