package courses.content;

import courses.sources.Segment;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Has each part written by the model where one is available and succeeds, by rules otherwise; both
 * go through the same gate.
 */
public final class Authors {
  private final Optional<CourseAuthor> model;
  private final CourseAuthor rules;

  /**
   * @param model absent when no model is configured at all
   */
  public Authors(Optional<CourseAuthor> model, CourseAuthor rules) {
    this.model = model;
    this.rules = rules;
  }

  public Future<Written<Verdict>> validate(Material material, Duration within) {
    return write(author -> author.validate(material, within));
  }

  public Future<Written<Category>> categorise(Material material, Duration within) {
    return write(author -> author.categorise(material, within));
  }

  public Future<Written<Outline>> structure(Material material, Duration within) {
    return write(author -> author.structure(material, within));
  }

  public Future<Written<LessonText>> lesson(
      Brief brief, Outline outline, LessonPlan plan, List<Segment> span, Duration within) {
    return write(author -> author.lesson(brief, outline, plan, span, within));
  }

  public Future<Written<Concepts>> concepts(Brief brief, WrittenLesson lesson, Duration within) {
    return write(author -> author.concepts(brief, lesson, within));
  }

  public Future<Written<Exercises>> exercises(Brief brief, WrittenLesson lesson, Duration within) {
    return write(author -> author.exercises(brief, lesson, within));
  }

  public Future<Written<Flashcards>> flashcards(CourseSoFar course, int count, Duration within) {
    return write(author -> author.flashcards(course, count, within));
  }

  public Future<Written<Mcqs>> mcqs(CourseSoFar course, int count, Duration within) {
    return write(author -> author.mcqs(course, count, within));
  }

  public Future<Written<Article>> article(CourseSoFar course, ArticleKind kind, Duration within) {
    return write(author -> author.article(course, kind, within));
  }

  public Future<Written<WordGame>> wordGame(CourseSoFar course, int count, Duration within) {
    return write(author -> author.wordGame(course, count, within));
  }

  public Future<Written<AudioScript>> script(CourseSoFar course, ScriptKind kind, Duration within) {
    return write(author -> author.script(course, kind, within));
  }

  public Future<Written<Suggestions>> suggestions(CourseSoFar course, Duration within) {
    return write(author -> author.suggestions(course, within));
  }

  public Future<Written<Assessment>> assessment(
      CourseSoFar course, AssessmentPlan plan, Duration within) {
    return write(author -> author.assessment(course, plan, within));
  }

  private <T extends Record & Content> Future<Written<T>> write(
      Function<CourseAuthor, Future<T>> writing) {
    CourseAuthor first = model.orElse(rules);
    return writing
        .apply(first)
        .map(draft -> new Written<>(draft, first.name(), List.of(), Map.of()));
  }
}
