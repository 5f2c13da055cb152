package verticles;

import exercises.ExerciseSetReader;
import exercises.GeneratedSet;
import exercises.QualityGate;
import exercises.language.NlpModels;
import exercises.model.ModelGenerator;
import exercises.understanding.LessonMaterial;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import lessons.Lesson;
import lessons.LessonStages;
import lessons.LessonStore;
import lessons.SetStore;
import lessons.TranscriptRow;
import llm.Budget;
import llm.ModelOverBus;
import llm.ReplyCache;
import messages.Addresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import transcripts.Limits;
import transcripts.SpeakerHints;
import transcripts.Transcript;
import transcripts.TranscriptReader;
import transcripts.UnusableTranscriptException;
import transcripts.Utterance;
import work.Lease;
import work.Outcome;
import work.PermanentFailure;
import work.Running;

/**
 * Makes exercises of what was said. Woken by {@code lessons.generate} and its poll; takes lessons
 * of stage generate; leaves the set in {@code lesson_exercises} and the lesson completed, in one
 * transaction. Also answers {@link Addresses#EXERCISES_GENERATE}: a transcript in, a set out,
 * nothing stored.
 */
public final class ExerciseGenerator extends StageVerticle {
  private static final Logger log = LoggerFactory.getLogger(ExerciseGenerator.class);

  /** {@code failureCode} of an answer: the transcript can't be used, and the message says why. */
  public static final int UNUSABLE = 400;

  private static final int FAULT = 500;
  private static final String LOCAL = Addresses.EXERCISES_GENERATE + ".here";

  /** How long the rules may take, with waiting for models to load and for others' lessons. */
  private static final Duration RULES_LIMIT = Duration.ofSeconds(25);

  /** So many sets of a student are looked at, so that the next one holds something new. */
  private static final int EARLIER_SETS = 20;

  private static final String MODEL_SERVICE = "lesson";
  private static final String FRONT = "exercise-front";

  private LessonStore lessons;
  private SetStore sets;
  private WorkerExecutor cpu;
  private Future<NlpModels> models;
  private ModelOverBus languageModels;
  private ModelGenerator generator;
  private MessageConsumer<JsonObject> requests;
  private MessageConsumer<JsonObject> front;

  public ExerciseGenerator(ActorParts parts) {
    super(parts, LessonStages.GENERATE);
  }

  @Override
  Future<?> open() {
    lessons = new LessonStore(parts.databases().postgres());
    sets = new SetStore(parts.databases().postgres());
    cpu = vertx.createSharedWorkerExecutor("exercises", Runtime.getRuntime().availableProcessors());
    // Not waited for: the node is ready to serve a second before it can generate, and a lesson that
    // comes within that second waits for it.
    models = parts.models().get();
    models.onFailure(
        error -> log.error("the language models can't be loaded: {}", error.getMessage()));
    languageModels = ModelOverBus.of(vertx);
    generator =
        new ModelGenerator(
            () -> models.result(),
            languageModels,
            Optional.of(new ReplyCache(parts.databases().postgres())),
            this::think);
    requests = vertx.eventBus().localConsumer(LOCAL, this::answer);
    return requests.completion().compose(done -> openFront());
  }

  /**
   * One clustered consumer a node, however many instances: with unequal counts the bus would starve
   * nodes with a single one. The instance that comes first keeps it.
   */
  private Future<Void> openFront() {
    if (vertx.sharedData().getLocalMap(FRONT).putIfAbsent(FRONT, deploymentID()) != null) {
      return Future.succeededFuture();
    }
    front =
        vertx
            .eventBus()
            .consumer(
                Addresses.EXERCISES_GENERATE,
                message ->
                    vertx
                        .eventBus()
                        .<JsonObject>request(LOCAL, message.body(), requestLimit())
                        .onSuccess(reply -> message.reply(reply.body()))
                        .onFailure(error -> fail(message, error)));
    return front.completion();
  }

  @Override
  Future<Outcome> work(Lease lease, Running running) {
    return lessons
        .transcript(lease.id())
        .compose(
            found -> {
              TranscriptRow row =
                  found.orElseThrow(() -> new PermanentFailure("the lesson's row was deleted"));
              JsonArray turns =
                  row.utterances()
                      .orElseThrow(
                          () -> new PermanentFailure("the lesson has no cleaned transcript"));
              Lesson lesson = row.lesson();
              String language = parts.settings().exercises().language();
              return earlier(lesson)
                  .compose(
                      had ->
                          generate(
                              () ->
                                  new LessonMaterial(
                                      seed(lesson.id()),
                                      lesson.lessonNumber(),
                                      language,
                                      utterances(turns),
                                      lesson.transcriptLength().orElse(0),
                                      keys(had)),
                              parts.settings().exercises().modelPatience(),
                              running::lost,
                              lesson.userId()))
                  .map(GeneratedSet::toJson)
                  .map(
                      exercises ->
                          Outcome.completed(
                              connection ->
                                  SetStore.write(
                                      connection,
                                      set(lesson, exercises),
                                      parts.settings().approval().automatic())));
            });
  }

  private Future<List<JsonObject>> earlier(Lesson lesson) {
    return lesson
        .userId()
        .map(student -> sets.earlier(student, lesson.id(), EARLIER_SETS))
        .orElseGet(() -> Future.succeededFuture(List.of()));
  }

  private static Set<String> keys(List<JsonObject> earlier) {
    Set<String> keys = new HashSet<>();
    earlier.forEach(set -> keys.addAll(QualityGate.keys(ExerciseSetReader.read(set))));
    return keys;
  }

  private DeliveryOptions requestLimit() {
    return new DeliveryOptions()
        .setSendTimeout(
            parts.settings().exercises().requestPatience().plus(RULES_LIMIT).toMillis());
  }

  /** What blocks goes to the pool that is meant for it, and is counted as thinking. */
  private <T> Future<T> think(Callable<T> work) {
    return cpu.executeBlocking(() -> parts.stageMetrics().thinking("generate", work), false);
  }

  /**
   * Asks a model where there is one. The lease is renewed meanwhile like in any long work; when it
   * is lost all the same, nothing more is asked.
   */
  private Future<GeneratedSet> generate(
      Callable<LessonMaterial> material,
      Duration patience,
      BooleanSupplier unwanted,
      Optional<String> student) {
    // A node that has only just started may not have looked yet whether there are models.
    boolean look = parts.settings().exercises().model() && !languageModels.available(MODEL_SERVICE);
    return (look ? languageModels.look() : Future.<Void>succeededFuture())
        .compose(looked -> models)
        .compose(loaded -> cpu.executeBlocking(material, false))
        .compose(
            lesson ->
                parts.settings().exercises().model()
                    ? generator.generate(
                        lesson, patience, unwanted, student.map(Budget::ofUser).stream().toList())
                    : generator.byRules(lesson))
        .onSuccess(made -> parts.stageMetrics().rejected(made.set().metadata().rejected()));
  }

  private static List<Utterance> utterances(JsonArray turns) {
    return turns.stream().map(JsonObject.class::cast).map(Utterance::fromJson).toList();
  }

  private static SetStore.NewSet set(Lesson lesson, JsonObject exercises) {
    return new SetStore.NewSet(
        Optional.of(lesson.id()),
        lesson.userId().orElse(null),
        lesson.teacherId().orElse(null),
        lesson.classId().orElse(null),
        lesson.lessonNumber(),
        exercises);
  }

  /**
   * Body: {@code transcript}; optional {@code lesson_number}, {@code language}, {@code explain}
   * (adds what was understood and rejected under that name), and for a stored lesson {@code
   * zoom_summary_id} with its cleaned {@code utterances}. The same transcript gives the same item
   * ids, and a stored lesson those that its stage gives.
   */
  private void answer(Message<JsonObject> message) {
    JsonObject request = message.body();
    boolean explain = request.getBoolean("explain", false);
    generate(
            () -> material(request),
            parts.settings().exercises().requestPatience(),
            () -> false,
            Optional.empty())
        .map(made -> explain ? made.toJson().put("explain", made.explanation()) : made.toJson())
        .onSuccess(message::reply)
        .onFailure(error -> fail(message, error));
  }

  private LessonMaterial material(JsonObject request) {
    int number = request.getInteger("lesson_number", 1);
    String language = request.getString("language", parts.settings().exercises().language());
    String text = request.getString("transcript", "");
    JsonArray turns = request.getJsonArray("utterances");
    Long lesson = request.getLong("zoom_summary_id");
    String seed =
        lesson == null
            ? UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString()
            : seed(lesson);
    if (turns != null) {
      return new LessonMaterial(seed, number, language, utterances(turns), text.length());
    }
    Transcript transcript =
        TranscriptReader.read(text, SpeakerHints.NONE, Limits.of(parts.settings().transcripts()));
    return new LessonMaterial(
        seed, number, language, transcript.utterances(), transcript.text().length());
  }

  private static String seed(long lessonId) {
    return "lesson-" + lessonId;
  }

  private static void fail(Message<JsonObject> message, Throwable error) {
    if (error instanceof UnusableTranscriptException unusable) {
      message.fail(UNUSABLE, unusable.getMessage());
    } else if (error instanceof io.vertx.core.eventbus.ReplyException reply) {
      message.fail(reply.failureCode(), reply.getMessage());
    } else {
      message.fail(FAULT, error.toString());
    }
  }

  @Override
  Future<?> close() {
    if (front != null) {
      vertx.sharedData().getLocalMap(FRONT).remove(FRONT);
    }
    Future<?> deaf = front == null ? Future.succeededFuture() : front.unregister();
    if (languageModels != null) {
      languageModels.close();
    }
    return deaf.transform(
            done -> requests == null ? Future.succeededFuture() : requests.unregister())
        .transform(done -> cpu.close());
  }
}
