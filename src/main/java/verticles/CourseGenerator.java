package verticles;

import courses.AnswerGrades;
import courses.CourseStages;
import courses.CourseTasks;
import courses.CourseVoices;
import courses.CourseWorkers;
import courses.JobBudget;
import courses.OnDemand;
import courses.VoicesOverBus;
import courses.content.Assessment;
import courses.content.Authors;
import courses.content.CannotWrite;
import courses.content.Content;
import courses.content.CourseAuthor;
import courses.content.FreeAnswerGrader;
import courses.content.ModelAuthor;
import courses.content.RuleAuthor;
import courses.sources.CaptionFailure;
import courses.sources.SourceExtractor;
import courses.sources.SourceRefused;
import courses.sources.Sources;
import courses.sources.WebSearch;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import llm.Budget;
import llm.Cancellation;
import llm.Model;
import llm.ModelOverBus;
import llm.ModelUnavailable;
import llm.ReplyCache;
import messages.Addresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import work.LowPriority;
import work.Stage;
import work.WorkQueue;
import work.Worker;
import work.WorkerOptions;

/**
 * Makes courses. Woken by {@code courses.course_extract}, {@code courses.course_write}, {@code
 * courses.course_speech} and its poll; takes tasks of {@code course_task}; leaves each one's
 * content where readers find it, stored with the task's end. Told by {@code courses.stop} that
 * something was called off, it stops within the second. Stops itself by finishing what it has.
 */
public final class CourseGenerator extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(CourseGenerator.class);
  private static final Duration LONGEST_TASK = Duration.ofMinutes(10);
  private static final long UPKEEP_MILLIS = 5_000;
  private static final int UPKEEPS_PER_MEASURE = 6;

  private final ActorParts parts;
  private final Optional<SourceExtractor> givenExtractor;
  private final Optional<Authors> givenAuthors;
  private final List<Worker> workers = new ArrayList<>();
  private final List<MessageConsumer<?>> consumers = new ArrayList<>();
  private CourseWorkers nodes;
  private ModelOverBus models;
  private ModelAuthor model;
  private ModelAuthor firstModel;
  private Future<RuleAuthor> rules;
  private WorkerExecutor judges;
  private WorkerExecutor firstJudges;
  private long timer = -1;
  private int upkeeps;

  public CourseGenerator(ActorParts parts) {
    this.parts = parts;
    this.givenExtractor = Optional.empty();
    this.givenAuthors = Optional.empty();
  }

  /** With other sources and authors than the settings say. */
  public CourseGenerator(ActorParts parts, SourceExtractor extractor, Authors authors) {
    this.parts = parts;
    this.givenExtractor = Optional.of(extractor);
    this.givenAuthors = Optional.of(authors);
  }

  @Override
  public Future<?> start() {
    var settings = parts.settings().courses();
    var postgres = parts.databases().postgres();
    nodes = new CourseWorkers(postgres);
    int processors = Runtime.getRuntime().availableProcessors();
    judges = vertx.createSharedWorkerExecutor("course-judges", processors);
    firstJudges = vertx.createSharedWorkerExecutor("course-first-judges", processors);
    return vertx
        .executeBlocking(
            () ->
                givenExtractor.orElseGet(
                    () -> Sources.of(vertx, parts.settings(), postgres, parts.registry())))
        .compose(
            extractor ->
                start(
                    new CourseTasks(
                        postgres,
                        extractor,
                        this::authors,
                        settings.extractLimit(),
                        new VoicesOverBus(vertx),
                        WebSearch.of(
                            vertx, parts.settings().courseSources().search(), parts.registry())),
                    new OnDemand(
                        postgres, extractor, () -> authors(List.of(), Cancellation.NEVER, true))));
  }

  private Future<Authors> authors(List<Budget> budgets, Cancellation stop, boolean ahead) {
    return givenAuthors
        .map(Future::succeededFuture)
        .orElseGet(
            () ->
                rules()
                    .compose(
                        writing ->
                            model(budgets, stop, ahead)
                                .map(asked -> new Authors(asked, writing, threads(ahead)))));
  }

  /**
   * What is written is looked at by threads of its own, for it takes long and many write at once;
   * and by others what somebody waits for. Only these have the priority of those who answer
   * requests.
   */
  private Executor threads(boolean ahead) {
    WorkerExecutor executor = ahead ? firstJudges : judges;
    return work ->
        executor.executeBlocking(
            () -> {
              if (!ahead) {
                LowPriority.here();
              }
              work.run();
              return null;
            },
            false);
  }

  private Future<RuleAuthor> rules() {
    if (rules == null || rules.failed()) {
      rules = parts.models().get().map(nlp -> new RuleAuthor(vertx, nlp));
    }
    return rules;
  }

  /** Another node may have the keys. */
  private Optional<Model> languageModel() {
    if (!parts.settings().languageModel().present() && !parts.settings().cluster().enabled()) {
      return Optional.empty();
    }
    if (models == null) {
      models = ModelOverBus.of(vertx);
      model = new ModelAuthor(remembered(models.model(threads(false), false)));
      firstModel = new ModelAuthor(remembered(models.model(threads(true), true)));
    }
    return Optional.of(models.model(Runnable::run, true));
  }

  /** What is asked of a source alone: a job that is ordered again need not pay for it again. */
  private Model remembered(Model asked) {
    Set<String> prompts =
        Set.of("course-validate", "course-categorise", "course-summary", "course-outline");
    return new ReplyCache(parts.databases().postgres()).before(asked, prompts::contains);
  }

  private Future<Optional<CourseAuthor>> model(
      List<Budget> budgets, Cancellation stop, boolean ahead) {
    if (languageModel().isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    Optional<CourseAuthor> mine = Optional.of((ahead ? firstModel : model).within(budgets, stop));
    // who came a moment ago is asked as well: rules are for when there is really nobody
    return model.available() ? Future.succeededFuture(mine) : models.look().map(mine);
  }

  /** Without a model nobody listens, so that whoever asks learns it at once. */
  private void gradeAnswers() {
    languageModel()
        .map(FreeAnswerGrader::new)
        .ifPresent(
            grader ->
                consumers.add(
                    vertx
                        .eventBus()
                        .<JsonObject>consumer(
                            Addresses.COURSES_GRADE, message -> grade(grader, message))));
  }

  private static void grade(FreeAnswerGrader grader, Message<JsonObject> message) {
    grader
        .grade(Content.read(FreeAnswerGrader.Task.class, message.body()), AnswerGrades.MODEL)
        .onSuccess(judgement -> message.reply(judgement.toJson()))
        .onFailure(error -> message.fail(503, error.getMessage()));
  }

  private Future<?> start(CourseTasks tasks, OnDemand maker) {
    var settings = parts.settings().courses();
    MessageConsumer<JsonObject> demands =
        vertx.eventBus().consumer(Addresses.COURSES_DEMAND, message -> demand(maker, message));
    consumers.add(demands);
    gradeAnswers();
    MessageConsumer<Object> stops =
        vertx
            .eventBus()
            .consumer(
                Addresses.COURSES_STOP,
                message ->
                    tasks
                        .stopCancelled()
                        .onFailure(
                            error ->
                                log.warn(
                                    "could not look what was called off: {}", error.toString())));
    consumers.add(stops);
    JobBudget budgets = new JobBudget(parts.databases().postgres());
    consumers.add(
        vertx
            .eventBus()
            .<JsonObject>consumer(
                Addresses.LLM_BUDGET,
                message ->
                    budgets
                        .tell(message.body())
                        .onFailure(
                            error ->
                                log.warn("could not tell of a budget: {}", error.toString()))));
    return stops
        .completion()
        .compose(ready -> start(CourseStages.EXTRACT, settings.extractConcurrency(), tasks))
        .compose(started -> start(CourseStages.WRITE, settings.concurrency(), tasks))
        .compose(started -> start(CourseStages.SPEECH, settings.speechConcurrency(), tasks))
        .onSuccess(
            started -> {
              upkeep();
              timer = vertx.setPeriodic(UPKEEP_MILLIS, fired -> upkeep());
            });
  }

  private static void demand(OnDemand maker, Message<JsonObject> message) {
    JsonObject wanted = message.body();
    String what = wanted.getString("what");
    String owner = wanted.getString("owner");
    made(maker, what, owner, wanted)
        .onSuccess(message::reply)
        .onFailure(
            error -> {
              boolean source = error instanceof CannotWrite || error instanceof SourceRefused;
              log.atLevel(source ? Level.INFO : Level.WARN)
                  .log("what was asked for ({}) could not be made: {}", what, error.toString());
              message.fail(source ? 400 : 503, source ? error.getMessage() : "try again later");
            });
  }

  private static Future<JsonObject> made(
      OnDemand maker, String what, String owner, JsonObject wanted) {
    return switch (what) {
      case "quiz" ->
          maker
              .quiz(
                  owner,
                  UUID.fromString(wanted.getString("course")),
                  Optional.ofNullable(wanted.getInteger("chapter")))
              .map(Assessment::toJson);
      case "notes" ->
          maker
              .notes(
                  owner,
                  wanted.getJsonArray("files").stream()
                      .map(id -> UUID.fromString(id.toString()))
                      .toList(),
                  wanted.getInteger("questions"),
                  courses.content.Level.valueOf(wanted.getString("difficulty")))
              .map(Assessment::toJson);
      case "again" ->
          maker
              .again(
                  owner, UUID.fromString(wanted.getString("course")), wanted.getInteger("chapter"))
              .map(
                  lessons -> {
                    JsonArray list = new JsonArray();
                    lessons.forEach(lesson -> list.add(lesson.toJson()));
                    return new JsonObject().put("lessons", list);
                  });
      default -> Future.failedFuture(new IllegalArgumentException("nobody here makes " + what));
    };
  }

  private Future<?> start(Stage stage, int concurrency, CourseTasks tasks) {
    var settings = parts.settings();
    WorkQueue queue =
        CourseStages.queue(
            parts.databases().postgres(),
            settings.courses().maxAttempts(),
            settings.courses().retryPause());
    Worker worker =
        new Worker(
            vertx,
            queue,
            stage,
            (lease, running) ->
                tasks
                    .run(lease, running)
                    .recover(
                        error ->
                            Future.failedFuture(
                                error instanceof ModelUnavailable
                                        || error instanceof CaptionFailure
                                        || error instanceof CourseVoices.NotRead
                                    ? error
                                    : ProgramFault.presentable(
                                        error, log, CourseStages.TABLE.idKey(), lease.id()))),
            WorkerOptions.of(parts.node() + "/CourseGenerator-" + deploymentID())
                .withConcurrency(concurrency)
                .withPollInterval(settings.work().pollInterval())
                .withLease(settings.work().lease())
                .withJobTimeLimit(LONGEST_TASK)
                .withObserver(new StageMeter(parts.stageMetrics())));
    workers.add(worker);
    MessageConsumer<Object> wakeUp =
        vertx.eventBus().consumer(stage.address(), message -> worker.wake());
    consumers.add(wakeUp);
    return wakeUp.completion().compose(registered -> worker.start());
  }

  private void upkeep() {
    var settings = parts.settings().courses();
    nodes
        .heartbeat(parts.node(), settings.concurrency() + settings.extractConcurrency())
        .compose(alive -> nodes.age())
        .compose(aged -> new JobBudget(parts.databases().postgres()).resumeDue())
        .compose(
            aged ->
                upkeeps++ % UPKEEPS_PER_MEASURE == 0
                    ? nodes.measure()
                    : Future.<Void>succeededFuture())
        .onFailure(
            error -> log.debug("the courses' upkeep waits for the database: {}", error.toString()));
  }

  @Override
  public Future<?> stop() {
    vertx.cancelTimer(timer);
    return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
        .transform(
            deaf ->
                Future.join(
                    workers.stream()
                        .map(worker -> worker.drain(parts.settings().drainTimeout()))
                        .toList()))
        .transform(
            done -> {
              if (models != null) {
                models.close();
              }
              return Future.succeededFuture();
            })
        .transform(done -> nodes == null ? Future.succeededFuture() : nodes.leave(parts.node()))
        .otherwiseEmpty();
  }
}
