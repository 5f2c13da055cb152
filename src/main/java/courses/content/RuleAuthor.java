package courses.content;

import courses.sources.Segment;
import exercises.language.EnglishText;
import exercises.language.NlpModels;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Writes courses from English text without any model: what the source says, ordered, shortened and
 * asked for. It makes nothing up, so a bare topic, which says nothing, is refused.
 */
public final class RuleAuthor implements CourseAuthor {
  private final RuleTexts texts;

  /**
   * @param models shared with the exercises' generators
   */
  public RuleAuthor(Vertx vertx, NlpModels models) {
    this.texts = new RuleTexts(vertx, models);
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
    return allowed(brief)
        .compose(
            ok ->
                texts.use(
                    List.of(span),
                    (lessons, english) ->
                        brief.purpose().equals(Brief.REMEDIATION)
                            ? new RuleAgain(lessons.get(0)).write(plan)
                            : lessons.get(0).write(plan, above)));
  }

  @Override
  public Future<Concepts> concepts(Brief brief, WrittenLesson lesson, Duration within) {
    return write(alone(brief, lesson), parts -> new RuleExercises(parts).concepts());
  }

  @Override
  public Future<Exercises> exercises(Brief brief, WrittenLesson lesson, Duration within) {
    return write(alone(brief, lesson), parts -> new RuleExercises(parts).exercises());
  }

  private static CourseSoFar alone(Brief brief, WrittenLesson lesson) {
    return new CourseSoFar(brief, new Outline(brief.title(), List.of()), List.of(lesson));
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

  @Override
  public Future<Qnas> qnas(CourseSoFar course, int count, Duration within) {
    return write(course, parts -> new RuleStudy(course, parts.lessons()).qnas(count));
  }

  @Override
  public Future<Notebook> notebook(CourseSoFar course, Duration within) {
    return write(course, parts -> new RuleStudy(course, parts.lessons()).notebook());
  }

  private <T> Future<T> write(CourseSoFar course, Function<RuleParts, T> writing) {
    if (course.lessons().isEmpty()) {
      return Future.failedFuture(new CannotWrite("No lesson is finished yet to write from."));
    }
    return allowed(course.brief())
        .compose(
            ok ->
                texts.use(
                    course.lessons().stream().map(WrittenLesson::source).toList(),
                    (lessons, english) -> writing.apply(new RuleParts(course, lessons, english))));
  }

  private <T> Future<T> write(Brief brief, Function<EnglishText, T> writing) {
    return allowed(brief)
        .compose(ok -> texts.use(List.of(), (none, english) -> writing.apply(english)));
  }

  private static Future<Void> allowed(Brief brief) {
    String from = base(brief.language());
    String to = base(brief.targetLanguage());
    return (from.equals("en") || from.equals("und")) && to.equals("en")
        ? Future.succeededFuture()
        : Future.failedFuture(
            new CannotWrite(
                "Without a language model courses are made in English of English sources only, not"
                    + " in "
                    + named(to)
                    + (from.equals(to) ? "" : " of a source in " + named(from))
                    + ": set up a model key (see language-model in the settings)."));
  }

  private static String named(String language) {
    return language.equals("und")
        ? "an unknown language"
        : Locale.forLanguageTag(language).getDisplayLanguage(Locale.ENGLISH);
  }

  private static String base(String language) {
    return language.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
  }
}
