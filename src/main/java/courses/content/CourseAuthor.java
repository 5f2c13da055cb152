package courses.content;

import courses.sources.Segment;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * Writes a course, one part a call. Each method fails with {@link CannotWrite} when there is
 * nothing to write from, and with {@link llm.ModelUnavailable} when a model is needed and does not
 * answer. Durations bound the whole call. What comes back is a draft: {@link Authors} puts it
 * through the gate.
 */
public interface CourseAuthor {
  /** {@link Written#MODEL} or {@link Written#RULES}. */
  String name();

  /** Whether asking makes sense now; costs nothing. */
  default boolean available() {
    return true;
  }

  Future<Verdict> validate(Material material, Duration within);

  Future<Category> categorise(Material material, Duration within);

  Future<Outline> structure(Material material, Duration within);

  /**
   * @param span the lesson's own segments, and no others
   */
  Future<LessonText> lesson(
      Brief brief, Outline outline, LessonPlan plan, List<Segment> span, Duration within);

  Future<Concepts> concepts(Brief brief, WrittenLesson lesson, Duration within);

  Future<Exercises> exercises(Brief brief, WrittenLesson lesson, Duration within);

  Future<Flashcards> flashcards(CourseSoFar course, int count, Duration within);

  Future<Mcqs> mcqs(CourseSoFar course, int count, Duration within);

  Future<Article> article(CourseSoFar course, ArticleKind kind, Duration within);

  Future<WordGame> wordGame(CourseSoFar course, int count, Duration within);

  Future<AudioScript> script(CourseSoFar course, ScriptKind kind, Duration within);

  Future<Suggestions> suggestions(CourseSoFar course, Duration within);

  Future<Qnas> qnas(CourseSoFar course, int count, Duration within);

  Future<Notebook> notebook(CourseSoFar course, Duration within);

  /** Also quizzes of a module or of uploaded notes, by the plan. */
  Future<Assessment> assessment(CourseSoFar course, AssessmentPlan plan, Duration within);
}
