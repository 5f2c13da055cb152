package verticles;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import messages.Addresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import speech.AudioLibrary;
import speech.AudioStore;
import speech.NotSpokenException;
import speech.SpeechEngines;
import speech.Synthesizer;

/**
 * Reads texts aloud. Woken by requests on {@link Addresses#SPEECH_SYNTHESIZE}; leaves audio in
 * MySQL and in the data folder; stops by taking no more requests. The work is done on a pool of its
 * own, so one instance a node is enough.
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
  private MessageConsumer<JsonObject> requests;

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
    return requests.completion();
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
    Future<?> deaf = requests == null ? Future.succeededFuture() : requests.unregister();
    return deaf.transform(
        done -> {
          if (synthesizer != null) {
            synthesizer.close();
          }
          return cpu == null ? Future.succeededFuture() : cpu.close();
        });
  }
}
