package courses.content;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Every part of a course, written by whoever is asked. */
record WholeCourse(
    Material material, CourseSoFar sofar, List<Written<?>> parts, List<String> missing) {
  private static final Duration LONG = Duration.ofSeconds(30);

  /** All of it: a part that can't be written is a failure. */
  static WholeCourse write(Authors authors, Material material) throws Exception {
    WholeCourse course = whatCanBe(authors, material);
    if (!course.missing().isEmpty()) {
      throw new AssertionError("parts are missing: " + course.missing());
    }
    return course;
  }

  /** As much as can be written; reasons for the rest are in {@link #missing}. */
  static WholeCourse whatCanBe(Authors authors, Material material) throws Exception {
    Brief brief = material.brief();
    List<String> missing = new ArrayList<>();
    List<Written<?>> parts = new ArrayList<>();
    parts.add(done(authors.validate(material, LONG)));
    parts.add(done(authors.categorise(material, LONG)));
    Written<Outline> outline = done(authors.structure(material, LONG));
    parts.add(outline);
    List<WrittenLesson> lessons = new ArrayList<>();
    for (LessonPlan plan : outline.content().lessons()) {
      var span = material.within(plan.span());
      Written<LessonText> text = done(authors.lesson(brief, outline.content(), plan, span, LONG));
      lessons.add(new WrittenLesson(plan, text.content(), span));
      parts.add(text);
      add(parts, missing, authors.exercises(brief, lessons.get(lessons.size() - 1), LONG));
      add(parts, missing, authors.concepts(brief, lessons.get(lessons.size() - 1), LONG));
    }
    CourseSoFar sofar = new CourseSoFar(brief, outline.content(), lessons);
    add(parts, missing, authors.flashcards(sofar, 10, LONG));
    add(parts, missing, authors.mcqs(sofar, 10, LONG));
    for (ArticleKind kind : ArticleKind.values()) {
      add(parts, missing, authors.article(sofar, kind, LONG));
    }
    add(parts, missing, authors.wordGame(sofar, 15, LONG));
    for (ScriptKind kind : ScriptKind.values()) {
      add(parts, missing, authors.script(sofar, kind, LONG));
    }
    add(parts, missing, authors.suggestions(sofar, LONG));
    add(parts, missing, authors.assessment(sofar, AssessmentPlan.FINAL_DEFAULT, LONG));
    return new WholeCourse(material, sofar, parts, missing);
  }

  <T extends Record & Content> T part(Class<T> type) {
    return parts.stream()
        .map(Written::content)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  private static void add(
      List<Written<?>> parts, List<String> missing, Future<? extends Written<?>> part)
      throws Exception {
    try {
      parts.add(done(part));
    } catch (CannotWrite | llm.ModelUnavailable error) {
      missing.add(error.toString());
    }
  }

  private static <T> T done(Future<T> future) throws Exception {
    // longer than the three attempts of 30 s each that a part may have
    return future.await(100, TimeUnit.SECONDS);
  }
}
