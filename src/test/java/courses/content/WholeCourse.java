package courses.content;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Every part of a course, written by whoever is asked. */
record WholeCourse(Material material, CourseSoFar sofar, List<Written<?>> parts) {
  private static final Duration LONG = Duration.ofSeconds(30);

  static WholeCourse write(Authors authors, Material material) throws Exception {
    Brief brief = material.brief();
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
      parts.add(done(authors.exercises(brief, lessons.get(lessons.size() - 1), LONG)));
      parts.add(done(authors.concepts(brief, lessons.get(lessons.size() - 1), LONG)));
    }
    CourseSoFar sofar = new CourseSoFar(brief, outline.content(), lessons);
    parts.add(done(authors.flashcards(sofar, 10, LONG)));
    parts.add(done(authors.mcqs(sofar, 10, LONG)));
    for (ArticleKind kind : ArticleKind.values()) {
      parts.add(done(authors.article(sofar, kind, LONG)));
    }
    parts.add(done(authors.wordGame(sofar, 15, LONG)));
    for (ScriptKind kind : ScriptKind.values()) {
      parts.add(done(authors.script(sofar, kind, LONG)));
    }
    parts.add(done(authors.suggestions(sofar, LONG)));
    parts.add(done(authors.assessment(sofar, AssessmentPlan.FINAL_DEFAULT, LONG)));
    return new WholeCourse(material, sofar, parts);
  }

  <T extends Record & Content> T part(Class<T> type) {
    return parts.stream()
        .map(Written::content)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.await(60, TimeUnit.SECONDS);
  }
}
