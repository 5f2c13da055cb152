package courses.content;

import courses.sources.Segment;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import llm.Budget;
import llm.Cancellation;
import llm.Model;
import llm.Prompt;

/**
 * Has a language model write courses. A call for a lesson or its parts is shown that lesson's own
 * segments only; calls for the whole course are shown each lesson with its segments, cut to the
 * model's context.
 */
public final class ModelAuthor implements CourseAuthor {
  private static final List<String> SERVICES =
      List.of("chapter", "quiz", "flashcard", "game", "article", "audio");

  private final Model model;
  private final Map<String, Prompt> prompts;
  private final ModelStructure structure;
  private final ModelLessons lessons;
  private final ModelParts parts;
  private final ModelAssessment assessments;

  public ModelAuthor(Model model) {
    this(model, new ConcurrentHashMap<>());
  }

  private ModelAuthor(Model model, Map<String, Prompt> prompts) {
    this.model = model;
    this.prompts = prompts;
    ModelAsks asks = new ModelAsks(model, prompts);
    structure = new ModelStructure(asks);
    lessons = new ModelLessons(asks);
    parts = new ModelParts(asks);
    assessments = new ModelAssessment(asks);
  }

  /** The same author for one piece of work; see {@link Model#within}. */
  public ModelAuthor within(List<Budget> budgets, Cancellation cancellation) {
    return new ModelAuthor(model.within(budgets, cancellation), prompts);
  }

  @Override
  public boolean available() {
    return SERVICES.stream().anyMatch(model::available);
  }

  @Override
  public String name() {
    return Written.MODEL;
  }

  @Override
  public Future<Verdict> validate(Material material, Duration within) {
    return structure.validate(material, within);
  }

  @Override
  public Future<Category> categorise(Material material, Duration within) {
    return structure.categorise(material, within);
  }

  @Override
  public Future<Outline> structure(Material material, Duration within) {
    return structure.structure(material, within);
  }

  @Override
  public Future<LessonText> lesson(
      Brief brief, Outline outline, LessonPlan plan, List<Segment> span, Duration within) {
    return lessons.lesson(brief, outline, plan, span, within);
  }

  @Override
  public Future<Concepts> concepts(Brief brief, WrittenLesson lesson, Duration within) {
    return lessons.concepts(brief, lesson, within);
  }

  @Override
  public Future<Exercises> exercises(Brief brief, WrittenLesson lesson, Duration within) {
    return lessons.exercises(brief, lesson, within);
  }

  @Override
  public Future<Flashcards> flashcards(CourseSoFar course, int count, Duration within) {
    return parts.flashcards(course, count, within);
  }

  @Override
  public Future<Mcqs> mcqs(CourseSoFar course, int count, Duration within) {
    return assessments.mcqs(course, count, within);
  }

  @Override
  public Future<Article> article(CourseSoFar course, ArticleKind kind, Duration within) {
    return parts.article(course, kind, within);
  }

  @Override
  public Future<WordGame> wordGame(CourseSoFar course, int count, Duration within) {
    return parts.wordGame(course, count, within);
  }

  @Override
  public Future<AudioScript> script(CourseSoFar course, ScriptKind kind, Duration within) {
    return parts.script(course, kind, within);
  }

  @Override
  public Future<Suggestions> suggestions(CourseSoFar course, Duration within) {
    return parts.suggestions(course, within);
  }

  @Override
  public Future<Assessment> assessment(CourseSoFar course, AssessmentPlan plan, Duration within) {
    return assessments.assessment(course, plan, within);
  }

  @Override
  public Future<Qnas> qnas(CourseSoFar course, int count, Duration within) {
    return parts.qnas(course, count, within);
  }

  @Override
  public Future<Notebook> notebook(CourseSoFar course, Duration within) {
    return parts.notebook(course, within);
  }
}
