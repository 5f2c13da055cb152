package courses;

import courses.content.ArticleKind;
import courses.content.AssessmentKind;
import courses.content.AssessmentPlan;
import courses.content.Authors;
import courses.content.CannotWrite;
import courses.content.LessonPlan;
import courses.content.Material;
import courses.content.ScriptKind;
import courses.content.TooLittleSource;
import courses.content.Verdict;
import courses.content.Written;
import courses.sources.CaptionFailure;
import courses.sources.SourceExtractor;
import courses.sources.SourceRefused;
import courses.sources.WebSearch;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import llm.Budget;
import llm.Cancellation;
import llm.ModelUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import work.Lease;
import work.Outcome;
import work.PermanentFailure;
import work.Running;

/**
 * Runs tasks of courses: reads what one is made from, has it made, and says what is to be stored.
 * Safe for use by several threads.
 */
public final class CourseTasks {
  /** Section 5.1: a verdict is there after 3 s, whatever the model does. */
  private static final Duration VERDICT_AUTHOR = Duration.ofMillis(2_500);

  private static final Duration VERDICT = Duration.ofSeconds(3);

  /** Sections 5.2 and 5.3: a model that takes longer leaves it to the rules. */
  private static final Duration CATEGORY = Duration.ofSeconds(5);

  private static final Duration STRUCTURE = Duration.ofSeconds(15);
  private static final Duration LONG = Duration.ofSeconds(180);
  private static final Set<String> BEFORE_LESSONS = Set.of("extract", "validate", "structure");
  private static final int FLASHCARDS = 10;
  private static final int MCQS = 10;
  private static final int WORDS = 15;
  private static final int QNAS = 10;
  private static final int COURSE_QUIZ = 40;
  private static final Logger LOG = LoggerFactory.getLogger(CourseTasks.class);

  // Resumed, it is due at once.
  private static final Duration PAUSED = Duration.ofSeconds(1);
  private static final String BUDGET_SPENT = "the budget is spent: resume the job with more";

  private final JobBudget budget;
  private final Pool pool;
  private final SourceExtractor extractor;
  private final Writers writers;
  private final Duration extractLimit;
  private final CourseSpeech speech;
  private final Optional<WebSearch> search;
  private final Map<Long, Run> running = new ConcurrentHashMap<>();

  /** Who writes. */
  @FunctionalInterface
  public interface Writers {
    /**
     * Asked for before each task.
     *
     * @param budgets what the task's calls of models count against
     * @param stop calls them off
     * @param ahead whether somebody waits for the first lesson that the task is on the way to
     */
    Future<Authors> authors(List<Budget> budgets, Cancellation stop, boolean ahead);
  }

  /** A task that is being worked on here. */
  private record Run(Promise<Outcome> end, Cancellation stop) {
    /** Whether it was still running. */
    boolean callOff(String why) {
      boolean first = end.tryFail(why);
      stop.cancel();
      return first;
    }
  }

  /**
   * @param extractLimit longest time a source may take
   * @param voices read scripts aloud
   * @param search for further reading; empty: courses have none
   */
  public CourseTasks(
      Pool postgres,
      SourceExtractor extractor,
      Writers writers,
      Duration extractLimit,
      CourseVoices voices,
      Optional<WebSearch> search) {
    this.speech = new CourseSpeech(voices);
    this.pool = postgres;
    this.budget = new JobBudget(postgres);
    this.extractor = extractor;
    this.writers = writers;
    this.extractLimit = extractLimit;
    this.search = search;
  }

  /** Works on one task; see {@link work.Job}. */
  public Future<Outcome> run(Lease lease, Running line) {
    long began = System.nanoTime();
    Run run = new Run(Promise.promise(), new Cancellation());
    Promise<Outcome> end = run.end();
    running.put(lease.id(), run);
    TaskContext.load(OwnerScope.ofTask(pool, lease.id()), lease.id())
        .compose(
            found -> {
              if (found.isEmpty()) {
                return Future.failedFuture(new PermanentFailure("the course was deleted"));
              }
              TaskContext task = found.get();
              return begun(task)
                  .compose(told -> budget.worthwhile(task))
                  .compose(worth -> writers.authors(JobBudget.of(task), run.stop(), ahead(task)))
                  .compose(
                      authors ->
                          made(authors, task, line)
                              .recover(
                                  failure ->
                                      failure instanceof TooLittleSource none
                                              && task.step().equals("content")
                                          ? Future.succeededFuture(
                                              ContentWrites.leftOut(task, none))
                                          : Future.failedFuture(failure)))
                  .map(
                      writes ->
                          Outcome.completed(
                              connection -> writes.store(connection, sinceMillis(began))))
                  .recover(
                      failure ->
                          failure instanceof CourseSpeech.Later later
                              ? Future.succeededFuture(
                                  Outcome.notReady(later.after(), later.getMessage()))
                              : JobBudget.spent(failure)
                                  ? budget
                                      .pause(task, failure)
                                      .map(paused -> Outcome.notReady(PAUSED, BUDGET_SPENT))
                                  : failed(failure, lease));
            })
        .onComplete(
            done -> {
              if (done.succeeded()) {
                end.tryComplete(done.result());
              } else {
                end.tryFail(done.cause());
              }
            });
    line.whenLost().onComplete(lost -> run.callOff("the task was taken away"));
    return end.future().onComplete(over -> running.remove(lease.id(), run));
  }

  /** As course_task.place has it. */
  private static boolean ahead(TaskContext task) {
    return BEFORE_LESSONS.contains(task.kind()) || task.part().equals("lesson:0");
  }

  /** Tells every run here to stop whose task was cancelled meanwhile. */
  public Future<Void> stopCancelled() {
    Set<Long> mine = new HashSet<>(running.keySet());
    if (mine.isEmpty()) {
      return Future.succeededFuture();
    }
    return CourseJobs.run(
            pool,
            "SELECT m.id FROM unnest($1::bigint[]) AS m (id) LEFT JOIN course_task t ON t.id = m.id"
                + " WHERE t.id IS NULL OR t.status = 'cancelled'",
            Tuple.of(mine.toArray(Long[]::new)))
        .map(
            rows -> {
              for (Row row : rows) {
                Run run = running.get(row.getLong("id"));
                if (run != null && run.callOff("the job was cancelled")) {
                  LOG.atInfo().addKeyValue("course_task", row.getLong("id")).log("told to stop");
                }
              }
              return null;
            });
  }

  private static long sinceMillis(long began) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  private Future<Void> begun(TaskContext task) {
    if (!task.step().equals("extract") && !task.step().equals("validate")) {
      return Future.succeededFuture();
    }
    return CourseJobs.run(
            pool,
            """
            WITH begun AS (UPDATE course_job SET status = 'running', started_at = now(), updated_at = clock_timestamp()
                           WHERE id = $1 AND status = 'queued' RETURNING id)
            SELECT course_tell(id, 'state', '{"status": "running"}')::text FROM begun
            """,
            Tuple.of(task.job()))
        .mapEmpty();
  }

  /**
   * What went wrong is stored before the task ends, so that whoever sees the end sees the cause.
   */
  private Future<Outcome> failed(Throwable failure, Lease lease) {
    boolean nothing = last(failure);
    JsonObject cause =
        new JsonObject()
            .put("code", code(failure))
            .put("retryable", !nothing && !(failure instanceof PermanentFailure));
    return CourseStages.queue(pool, 1, Duration.ofSeconds(1))
        .progress(lease, cause)
        .otherwiseEmpty()
        .compose(
            stored ->
                nothing
                    ? Future.succeededFuture(Outcome.failed(failure.getMessage()))
                    : Future.failedFuture(failure));
  }

  /** Whether trying again as things are can't help. */
  private static boolean last(Throwable failure) {
    return failure instanceof CannotWrite
        || (failure instanceof CaptionFailure captions && captions.nobodyToAsk())
        || (failure instanceof ModelUnavailable none
            && none.reason() == ModelUnavailable.Reason.DAY_BUDGET)
        || failure instanceof JobBudget.LeftOut;
  }

  private static String code(Throwable failure) {
    if (failure instanceof java.util.concurrent.TimeoutException) {
      return "TIMEOUT";
    }
    if (failure instanceof ModelUnavailable none) {
      return "MODEL_" + none.reason();
    }
    String name = failure.getClass().getSimpleName();
    return name.isEmpty()
        ? "PART_FAILED"
        : name.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }

  private Future<TaskWrites> made(Authors authors, TaskContext task, Running line) {
    return switch (task.kind()) {
      case "extract" ->
          extractor
              .extract(task.request().source(), task.owner(), extractLimit)
              .map(extracted -> SourceWrites.extracted(task, extracted))
              .recover(
                  failure ->
                      failure instanceof SourceRefused refused
                          ? Future.succeededFuture(SourceWrites.refused(task, refused))
                          : Future.failedFuture(failure));
      case "validate" -> task.material().compose(material -> verdict(authors, task, material));
      case "categorize" ->
          task.material()
              .compose(material -> authors.categorise(material, CATEGORY))
              .map(category -> SourceWrites.categorised(task, category));
      case "structure" ->
          task.material()
              // of a bare topic rules can write none, so there the model is waited for
              .compose(
                  material -> authors.structure(material, material.isTopic() ? LONG : STRUCTURE))
              .map(outline -> StructureWrites.structured(task, outline, search.isPresent()));
      case "lesson" -> {
        LessonPlan plan = task.plan();
        yield task.span(plan)
            .compose(span -> authors.lesson(task.brief(), task.outline(), plan, span, LONG))
            .map(text -> ContentWrites.lesson(task, text));
      }
      case "concepts" ->
          task.lesson()
              .compose(lesson -> authors.concepts(task.brief(), lesson, LONG))
              .map(concepts -> ContentWrites.concepts(task, concepts));
      case "exercises" ->
          task.lesson()
              .compose(lesson -> authors.exercises(task.brief(), lesson, LONG))
              .map(exercises -> ContentWrites.exercises(task, exercises));
      case "flashcards" ->
          task.courseSoFar()
              .compose(course -> authors.flashcards(course, FLASHCARDS, LONG))
              .map(cards -> ContentWrites.flashcards(task, cards));
      case "mcqs" ->
          task.courseSoFar()
              .compose(course -> authors.mcqs(course, MCQS, LONG))
              .map(questions -> ContentWrites.mcqs(task, questions));
      case "word_game" ->
          task.courseSoFar()
              .compose(course -> authors.wordGame(course, WORDS, LONG))
              .map(game -> ContentWrites.wordGame(task, game));
      case "article" ->
          task.courseSoFar()
              .compose(course -> authors.article(course, word(ArticleKind.class, task), LONG))
              .map(article -> ContentWrites.article(task, article));
      case "audio" ->
          task.courseSoFar()
              .compose(course -> authors.script(course, word(ScriptKind.class, task), LONG))
              .map(script -> ContentWrites.script(task, script));
      case "speech" -> speech.read(task, line);
      case "suggestions" ->
          task.courseSoFar()
              .compose(course -> authors.suggestions(course, LONG))
              .map(suggestions -> ContentWrites.suggestions(task, suggestions));
      case "qna" ->
          task.courseSoFar()
              .compose(course -> authors.qnas(course, QNAS, LONG))
              .map(pairs -> ContentWrites.qnas(task, pairs));
      case "notebook" ->
          task.courseSoFar()
              .compose(course -> authors.notebook(course, LONG))
              .map(notebook -> ContentWrites.notebook(task, notebook));
      case "resources" ->
          search
              .map(web -> web.find(task.brief().title()))
              .orElseGet(
                  () ->
                      Future.failedFuture(new CannotWrite("this node has no key of a web search")))
              .map(found -> ContentWrites.resources(task, found));
      case "assess" ->
          task.courseSoFar()
              .compose(course -> authors.assessment(course, finalPlan(task.request()), LONG))
              .map(assessment -> ContentWrites.assessment(task, assessment));
      case "course_quiz" ->
          task.courseSoFar()
              .compose(
                  course ->
                      authors.assessment(
                          course,
                          AssessmentPlan.quiz(AssessmentKind.COURSE_QUIZ, COURSE_QUIZ),
                          LONG))
              .map(assessment -> ContentWrites.assessment(task, assessment));
      case "store" -> Future.succeededFuture(ContentWrites.published(task));
      default ->
          Future.failedFuture(
              new PermanentFailure("nobody here knows tasks of kind " + task.kind()));
    };
  }

  private static <E extends Enum<E>> E word(Class<E> type, TaskContext task) {
    return Enum.valueOf(type, task.input().getString("kind").toUpperCase(Locale.ROOT));
  }

  private static AssessmentPlan finalPlan(CourseRequest request) {
    return new AssessmentPlan(
        AssessmentKind.FINAL,
        request.questions(),
        AssessmentPlan.FINAL_DEFAULT.types(),
        request.passingScore(),
        request.timeLimitMinutes(),
        Optional.empty());
  }

  private static Future<TaskWrites> verdict(Authors authors, TaskContext task, Material material) {
    return authors
        .validate(material, VERDICT_AUTHOR)
        .timeout(VERDICT.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            failure -> {
              LOG.atWarn()
                  .addKeyValue("course_job", task.job())
                  .log("no verdict on the source in time, so it is taken: {}", failure.toString());
              return Future.succeededFuture(
                  new Written<>(
                      new Verdict(
                          true,
                          0.5,
                          "Nobody could look at the source in time; it was taken unseen.",
                          Optional.empty(),
                          material.brief().language(),
                          material.brief().difficulty(),
                          List.of("not validated"),
                          true),
                      Written.RULES,
                      List.of(),
                      Map.of()));
            })
        .map(verdict -> SourceWrites.validated(task, verdict));
  }
}
