package courses.content;

import courses.sources.Segment;
import exercises.EnglishText;
import exercises.NlpModels;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Writes courses from English text without any model: what the source says, ordered, shortened and
 * asked for. It makes nothing up, so a bare topic, which says nothing, is refused.
 */
public final class RuleAuthor implements CourseAuthor {
  private final Vertx vertx;
  private final NlpModels models;
  private final ConcurrentLinkedQueue<EnglishText> idle = new ConcurrentLinkedQueue<>();

  /**
   * @param models shared with the exercises' generators
   */
  public RuleAuthor(Vertx vertx, NlpModels models) {
    this.vertx = vertx;
    this.models = models;
  }

  @Override
  public String name() {
    return Written.RULES;
  }

  @Override
  public Future<Verdict> validate(Material material, Duration within) {
    return Future.succeededFuture(LocalVerdict.of(material));
  }

  @Override
  public Future<Category> categorise(Material material, Duration within) {
    return write(material.brief(), english -> RuleCategory.of(material, english));
  }

  @Override
  public Future<Outline> structure(Material material, Duration within) {
    if (material.isTopic()) {
      return Future.failedFuture(
          new CannotWrite(
              "A topic alone gives the rules nothing to write from: set up a model key, or give a"
                  + " text, a file or a video."));
    }
    return write(material.brief(), english -> new RuleOutline(material, english).write());
  }

  @Override
  public Future<LessonText> lesson(
      Brief brief, Outline outline, LessonPlan plan, List<Segment> span, Duration within) {
    if (span.isEmpty()) {
      return Future.failedFuture(
          new CannotWrite("The lesson has no source to write from: set up a model key."));
    }
    List<String> above = new ArrayList<>(List.of(outline.title()));
    if (plan.chapterIndex() < outline.chapters().size()) {
      above.add(outline.chapters().get(plan.chapterIndex()).title());
    }
    return write(brief, english -> new RuleLesson(span, english).write(plan, above));
  }

  @Override
  public Future<Concepts> concepts(Brief brief, WrittenLesson lesson, Duration within) {
    return write(brief, english -> new RuleExercises(parts(brief, lesson, english)).concepts());
  }

  @Override
  public Future<Exercises> exercises(Brief brief, WrittenLesson lesson, Duration within) {
    return write(brief, english -> new RuleExercises(parts(brief, lesson, english)).exercises());
  }

  private static RuleParts parts(Brief brief, WrittenLesson lesson, EnglishText english) {
    Outline alone = new Outline(brief.title(), List.of());
    return new RuleParts(new CourseSoFar(brief, alone, List.of(lesson)), english);
  }

  @Override
  public Future<Flashcards> flashcards(CourseSoFar course, int count, Duration within) {
    return write(course, parts -> parts.flashcards(count));
  }

  @Override
  public Future<Mcqs> mcqs(CourseSoFar course, int count, Duration within) {
    return write(course, parts -> parts.mcqs(count));
  }

  @Override
  public Future<Article> article(CourseSoFar course, ArticleKind kind, Duration within) {
    return write(course, parts -> parts.articles().write(kind));
  }

  @Override
  public Future<WordGame> wordGame(CourseSoFar course, int count, Duration within) {
    return write(course, parts -> parts.wordGame(count));
  }

  @Override
  public Future<AudioScript> script(CourseSoFar course, ScriptKind kind, Duration within) {
    return write(course, parts -> parts.articles().script(kind));
  }

  @Override
  public Future<Suggestions> suggestions(CourseSoFar course, Duration within) {
    return write(course, RuleParts::suggestions);
  }

  @Override
  public Future<Assessment> assessment(CourseSoFar course, AssessmentPlan plan, Duration within) {
    return write(course, parts -> new RuleAssessment(parts, plan).write());
  }

  private <T> Future<T> write(CourseSoFar course, Function<RuleParts, T> writing) {
    if (course.lessons().isEmpty()) {
      return Future.failedFuture(new CannotWrite("No lesson is finished yet to write from."));
    }
    return write(course.brief(), english -> writing.apply(new RuleParts(course, english)));
  }

  private <T> Future<T> write(Brief brief, Function<EnglishText, T> writing) {
    String from = base(brief.language());
    String to = base(brief.targetLanguage());
    if (!(from.equals("en") || from.equals("und")) || !to.equals("en")) {
      return Future.failedFuture(
          new CannotWrite(
              "The rules write English courses from English sources only, not "
                  + to
                  + " from "
                  + from
                  + ": set up a model key."));
    }
    return vertx.executeBlocking(
        () -> {
          EnglishText own = idle.poll();
          EnglishText english = own == null ? new EnglishText(models) : own;
          try {
            return writing.apply(english);
          } finally {
            if (idle.size() < 8) {
              idle.offer(english);
            }
          }
        },
        false);
  }

  private static String base(String language) {
    return language.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
  }
}
