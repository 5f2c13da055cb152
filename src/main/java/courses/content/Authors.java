package courses.content;

import courses.sources.Segment;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import llm.ModelUnavailable;

/**
 * Has each part written by the model where one is available and succeeds, by rules otherwise; both
 * go through the same gate. A part fails with the model's error, which may be tried again, where
 * the rules have nothing to write from either.
 */
public final class Authors {
  /** A model that has not judged a source by then is not waited for (contract 5.1). */
  static final Duration VERDICT_WAIT = Duration.ofMillis(2_500);

  /** With fewer of the wanted items than this share a part is told to be short. */
  private static final double ENOUGH = 0.6;

  private final Optional<CourseAuthor> model;
  private final CourseAuthor rules;
  private final Executor threads;

  /**
   * @param model absent when no model is configured at all
   */
  public Authors(Optional<CourseAuthor> model, CourseAuthor rules) {
    this(model, rules, Runnable::run);
  }

  /**
   * @param threads on which sources are cleaned and what was written is held against them: not the
   *     event loops', whom a long source would hold up
   */
  public Authors(Optional<CourseAuthor> model, CourseAuthor rules, Executor threads) {
    this.model = model;
    this.rules = rules;
    this.threads = threads;
  }

  private <T> Future<T> apart(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    threads.execute(
        () -> {
          try {
            work.get().onComplete(done);
          } catch (RuntimeException failure) {
            done.fail(failure);
          }
        });
    return done.future();
  }

  /**
   * A verdict within 3 s: what local checks refuse is refused at once; a model that is late or
   * fails leaves their verdict, marked as degraded.
   */
  public Future<Written<Verdict>> validate(Material given, Duration within) {
    return apart(
        () -> {
          Material material = safe(given);
          Verdict local = LocalVerdict.of(material);
          Written<Verdict> byRules = new Written<>(local, Written.RULES, List.of(), Map.of());
          if (local.rejects() || !present()) {
            return Future.succeededFuture(byRules);
          }
          Duration wait = within.compareTo(VERDICT_WAIT) < 0 ? within : VERDICT_WAIT;
          return model
              .get()
              .validate(material, wait)
              .timeout(wait.toMillis(), TimeUnit.MILLISECONDS)
              .map(
                  verdict ->
                      new Written<>(
                          verdict.presentable(local, material.brief()),
                          Written.MODEL,
                          List.of(),
                          Map.of()))
              .recover(
                  error ->
                      cancelled(error)
                          ? Future.failedFuture(error)
                          : Future.succeededFuture(byRules));
        });
  }

  private boolean present() {
    return model.filter(CourseAuthor::available).isPresent();
  }

  /** Nobody wants the part any more: neither from the model nor from the rules. */
  private static boolean cancelled(Throwable error) {
    return error instanceof ModelUnavailable none
        && none.reason() == ModelUnavailable.Reason.CANCELLED;
  }

  /** The job pauses until it may spend more: rules are no part of what was ordered. */
  private static boolean broke(Throwable error) {
    return error instanceof ModelUnavailable none
        && (none.reason() == ModelUnavailable.Reason.BUDGET
            || none.reason() == ModelUnavailable.Reason.USER_BUDGET);
  }

  public Future<Written<Category>> categorise(Material given, Duration within) {
    return apart(
        () -> {
          Material material = safe(given);
          return write(
              material.brief(),
              material.segments(),
              0,
              x -> 0,
              author -> author.categorise(material, within));
        });
  }

  public Future<Written<Outline>> structure(Material given, Duration within) {
    return apart(
        () -> {
          Material material = safe(given);
          Future<Written<Outline>> written =
              write(
                  material.brief(),
                  material.segments(),
                  0,
                  x -> 0,
                  author -> author.structure(material, within));
          return material.brief().chapters().map(range -> written.map(range::fit)).orElse(written);
        });
  }

  public Future<Written<LessonText>> lesson(
      Brief given, Outline outline, LessonPlan plan, List<Segment> all, Duration within) {
    return apart(
        () -> {
          Brief brief = SafeSource.clean(given);
          List<Segment> span = SafeSource.clean(given.title(), all);
          return write(
              brief, span, 0, x -> 0, author -> author.lesson(brief, outline, plan, span, within));
        });
  }

  public Future<Written<Concepts>> concepts(Brief given, WrittenLesson whole, Duration within) {
    return apart(
        () -> {
          Brief brief = SafeSource.clean(given);
          WrittenLesson lesson = safe(given, whole);
          return write(
              brief, lesson.source(), 0, x -> 0, author -> author.concepts(brief, lesson, within));
        });
  }

  public Future<Written<Exercises>> exercises(Brief given, WrittenLesson whole, Duration within) {
    return apart(
        () -> {
          Brief brief = SafeSource.clean(given);
          WrittenLesson lesson = safe(given, whole);
          return write(
              brief, lesson.source(), 0, x -> 0, author -> author.exercises(brief, lesson, within));
        });
  }

  public Future<Written<Flashcards>> flashcards(CourseSoFar given, int count, Duration within) {
    return ofCourse(
        given,
        count,
        (Flashcards x) -> x.cards().size(),
        (author, course) -> author.flashcards(course, count, within));
  }

  public Future<Written<Mcqs>> mcqs(CourseSoFar given, int count, Duration within) {
    return ofCourse(
        given,
        count,
        (Mcqs x) -> x.questions().size(),
        (author, course) -> author.mcqs(course, count, within));
  }

  public Future<Written<Article>> article(CourseSoFar given, ArticleKind kind, Duration within) {
    return ofCourse(given, (author, course) -> author.article(course, kind, within));
  }

  public Future<Written<WordGame>> wordGame(CourseSoFar given, int count, Duration within) {
    return ofCourse(
        given,
        count,
        (WordGame x) -> x.words().size(),
        (author, course) -> author.wordGame(course, count, within));
  }

  public Future<Written<AudioScript>> script(CourseSoFar given, ScriptKind kind, Duration within) {
    return ofCourse(given, (author, course) -> author.script(course, kind, within));
  }

  public Future<Written<Suggestions>> suggestions(CourseSoFar given, Duration within) {
    return ofCourse(given, (author, course) -> author.suggestions(course, within));
  }

  public Future<Written<Assessment>> assessment(
      CourseSoFar given, AssessmentPlan plan, Duration within) {
    return ofCourse(
        given,
        plan.questions(),
        (Assessment x) -> x.questions().size(),
        (author, course) -> author.assessment(course, plan, within));
  }

  public Future<Written<Qnas>> qnas(CourseSoFar given, int count, Duration within) {
    return ofCourse(
        given,
        count,
        (Qnas x) -> x.pairs().size(),
        (author, course) -> author.qnas(course, count, within));
  }

  public Future<Written<Notebook>> notebook(CourseSoFar given, Duration within) {
    return ofCourse(given, (author, course) -> author.notebook(course, within));
  }

  /** A part made of the whole course, of which no number is wanted. */
  private <T extends Record & Content> Future<Written<T>> ofCourse(
      CourseSoFar given, BiFunction<CourseAuthor, CourseSoFar, Future<T>> writing) {
    return ofCourse(given, 0, part -> 0, writing);
  }

  /** A part made of the whole course, {@code wanted} of what {@code size} counts. */
  private <T extends Record & Content> Future<Written<T>> ofCourse(
      CourseSoFar given,
      int wanted,
      ToIntFunction<T> size,
      BiFunction<CourseAuthor, CourseSoFar, Future<T>> writing) {
    return apart(
        () -> {
          CourseSoFar course = safe(given);
          return write(
              course.brief(),
              segments(course),
              wanted,
              size,
              author -> writing.apply(author, course));
        });
  }

  // What talks to the program is taken out here, once for the model, the rules and the gate.

  private static Material safe(Material given) {
    return new Material(
        SafeSource.clean(given.brief()), SafeSource.clean(given.brief().title(), given.segments()));
  }

  private static WrittenLesson safe(Brief brief, WrittenLesson lesson) {
    return new WrittenLesson(
        lesson.plan(), lesson.text(), SafeSource.clean(brief.title(), lesson.span()));
  }

  private static CourseSoFar safe(CourseSoFar given) {
    return new CourseSoFar(
        SafeSource.clean(given.brief()),
        given.outline(),
        given.lessons().stream().map(lesson -> safe(given.brief(), lesson)).toList());
  }

  private static List<Segment> segments(CourseSoFar course) {
    return course.lessons().stream().flatMap(one -> one.source().stream()).toList();
  }

  private <T extends Record & Content> Future<Written<T>> write(
      Brief brief,
      List<Segment> source,
      int wanted,
      ToIntFunction<T> size,
      Function<CourseAuthor, Future<T>> writing) {
    if (!present()) {
      return by(rules, brief, source, wanted, size, writing);
    }
    return by(model.get(), brief, source, wanted, size, writing)
        .recover(
            error ->
                cancelled(error) || broke(error)
                    ? Future.failedFuture(error)
                    : by(rules, brief, source, wanted, size, writing)
                        .recover(nothing -> Future.failedFuture(error)));
  }

  private <T extends Record & Content> Future<Written<T>> by(
      CourseAuthor author,
      Brief brief,
      List<Segment> source,
      int wanted,
      ToIntFunction<T> size,
      Function<CourseAuthor, Future<T>> writing) {
    return writing
        .apply(author)
        .compose(
            draft ->
                apart(
                    () -> {
                      CourseGate gate = new CourseGate(brief, source);
                      Optional<T> kept = gate.check(draft);
                      if (kept.isEmpty()) {
                        String dropped = "nothing was left by the gate: " + gate.rejected();
                        return Future.failedFuture(
                            author.name().equals(Written.MODEL)
                                ? new ModelUnavailable(ModelUnavailable.Reason.INVALID, dropped)
                                : new TooLittleSource(
                                    "What rules can make of the source is not good enough: "
                                        + gate.rejected().keySet().stream()
                                            .sorted()
                                            .map(rule -> rule.replace('_', ' '))
                                            .collect(Collectors.joining(", "))
                                        + "."));
                      }
                      List<String> warnings = new ArrayList<>();
                      int got = size.applyAsInt(kept.get());
                      if (got < wanted) {
                        warnings.add(
                            (got < ENOUGH * wanted ? "Far fewer" : "Fewer")
                                + " items than wanted: "
                                + got
                                + " of "
                                + wanted
                                + ".");
                      }
                      return Future.succeededFuture(
                          new Written<>(kept.get(), author.name(), warnings, gate.rejected()));
                    }));
  }
}
