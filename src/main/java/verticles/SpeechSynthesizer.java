package verticles;

import courses.CourseAudio;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import messages.Addresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import speech.AudioLibrary;
import speech.AudioStore;
import speech.Narrator;
import speech.NotSpokenException;
import speech.SpeechEngines;
import speech.Synthesizer;

/**
 * Reads texts aloud. Woken by requests on {@link Addresses#SPEECH_SYNTHESIZE}, for which it leaves
 * audio in MySQL and in the data folder, and on {@link Addresses#SPEECH_NARRATE}, for which it
 * leaves pieces of courses' recordings in Postgres; stops by taking no more requests. The work is
 * done on a pool of its own, so one instance a node is enough.
 */
public final class SpeechSynthesizer extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(SpeechSynthesizer.class);

  /** {@code failureCode} of an answer: the text will not be spoken. */
  public static final int UNSPEAKABLE = 422;

  /** {@code failureCode} of an answer: it may be spoken later. */
  public static final int BUSY = 429;

  private static final int FAULT = 500;
  private static final long TIDY_MILLIS = TimeUnit.MINUTES.toMillis(15);

  private final ActorParts parts;
  private WorkerExecutor cpu;
  private Synthesizer synthesizer;
  private AudioStore store;
  private AudioLibrary library;
  private CourseAudio recordings;
  private Narrator narrator;
  private MessageConsumer<JsonObject> requests;
  private MessageConsumer<JsonObject> scripts;
  private final Map<String, Future<JsonObject>> narrating = new HashMap<>();

  public SpeechSynthesizer(ActorParts parts) {
    this.parts = parts;
  }

  @Override
  public Future<?> start() {
    var mysql = parts.databases().mysql();
    cpu = vertx.createSharedWorkerExecutor("speech", Runtime.getRuntime().availableProcessors());
    synthesizer = SpeechEngines.synthesizer(vertx, cpu, parts.settings(), mysql, parts.registry());
    store = new AudioStore(mysql);
    library = SpeechEngines.library(vertx, parts.settings(), mysql);
    vertx.setPeriodic(TIDY_MILLIS, id -> tidy());
    requests = vertx.eventBus().consumer(Addresses.SPEECH_SYNTHESIZE, this::answer);
    recordings = new CourseAudio(parts.databases().postgres());
    narrator = SpeechEngines.narrator(vertx, cpu, parts.settings(), parts.registry());
    scripts = vertx.eventBus().consumer(Addresses.SPEECH_NARRATE, this::narrate);
    return Future.all(requests.completion(), scripts.completion());
  }

  private void narrate(Message<JsonObject> message) {
    JsonObject wanted = message.body();
    if (!wanted.containsKey("audio")) {
      Set<String> without =
          wanted.getJsonArray("without").stream()
              .map(String.class::cast)
              .collect(Collectors.toSet());
      message.reply(
          narrator
              .voice(wanted.getString("language"), without)
              .map(
                  voice ->
                      new JsonObject()
                          .put("voice", voice.name())
                          .put("piece_characters", voice.pieceCharacters()))
              .orElseGet(JsonObject::new));
      return;
    }
    String piece = wanted.getString("audio") + "/" + wanted.getInteger("ordinal");
    // whoever lost its lease and whoever took over may want the same piece: it is paid once
    Future<JsonObject> reading = reading(piece, wanted);
    reading
        .onSuccess(message::reply)
        .onFailure(
            error -> {
              LOG.warn("a piece of a course could not be read aloud: {}", error.toString());
              message.fail(BUSY, error.getMessage());
            });
  }

  private Future<JsonObject> reading(String piece, JsonObject wanted) {
    Future<JsonObject> begun = narrating.get(piece);
    if (begun != null) {
      return begun;
    }
    Promise<JsonObject> promise = Promise.promise();
    narrating.put(piece, promise.future());
    UUID audio = UUID.fromString(wanted.getString("audio"));
    int ordinal = wanted.getInteger("ordinal");
    long task = wanted.getLong("task");
    String voice = wanted.getString("voice");
    recordings
        .wanted(task, audio, ordinal, voice)
        .compose(
            missing ->
                missing
                    ? narrator
                        .read(voice, wanted.getString("text"), wanted.getString("language"))
                        .compose(reading -> stored(reading, task, audio, ordinal, voice))
                    : Future.succeededFuture(new JsonObject().put("outcome", "read")))
        .onComplete(
            done -> {
              narrating.remove(piece);
              promise.handle(done);
            });
    return promise.future();
  }

  private Future<JsonObject> stored(
      Narrator.Reading reading, long task, UUID audio, int ordinal, String voice) {
    if (reading instanceof Narrator.Read read) {
      return recordings
          .add(task, audio, ordinal, voice, read.sound().frames(), read.sound().millis())
          .map(done -> new JsonObject().put("outcome", "read"));
    }
    if (reading instanceof Narrator.Refused refused) {
      return Future.succeededFuture(
          new JsonObject().put("outcome", "refused").put("why", refused.why()));
    }
    Narrator.Resting resting = (Narrator.Resting) reading;
    return Future.succeededFuture(
        new JsonObject()
            .put("outcome", "resting")
            .put("why", resting.why())
            .put("rest_ms", resting.rest().toMillis()));
  }

  private void answer(Message<JsonObject> message) {
    if (!(message.body().getValue("text") instanceof String text)) {
      message.fail(UNSPEAKABLE, "the member text is missing");
      return;
    }
    synthesizer
        .speak(text)
        .onSuccess(audio -> message.reply(audio.toJson()))
        .onFailure(
            error -> {
              if (error instanceof NotSpokenException none) {
                message.fail(
                    none.reason() == NotSpokenException.Reason.TEXT ? UNSPEAKABLE : BUSY,
                    none.getMessage());
              } else {
                LOG.warn("a text could not be spoken", error);
                message.fail(FAULT, error.getClass().getSimpleName());
              }
            });
  }

  private void tidy() {
    Future.join(
            store.trim(parts.settings().speech().storeMaxBytes()),
            library.trim(parts.settings().speech().filesMaxBytes()))
        .onFailure(error -> LOG.warn("kept audio could not be tidied: {}", error.toString()));
  }

  @Override
  public Future<?> stop() {
    Future<?> deaf =
        Future.join(
            Stream.of(requests, scripts)
                .filter(Objects::nonNull)
                .map(MessageConsumer::unregister)
                .toList());
    return deaf.transform(
        done -> {
          if (narrator != null) {
            narrator.close();
          }
          if (synthesizer != null) {
            synthesizer.close();
          }
          return cpu == null ? Future.succeededFuture() : cpu.close();
        });
  }
}
