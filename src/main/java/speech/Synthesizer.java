package speech;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Texts to audio: what is kept is found, what is being made is waited for, the rest is made, a few
 * at a time, and kept. Belongs to one context (a verticle's), on which all of it runs.
 */
public final class Synthesizer {
  private final EngineChain engines;
  private final int maxCharacters;
  private final int concurrency;
  private final int maxWaiting;
  private final SpeechMetrics metrics;
  private final Map<String, Future<Audio>> making = new HashMap<>();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int running;

  /**
   * @param maxCharacters longer texts are refused
   * @param concurrency texts that engines work on at a time
   * @param maxWaiting further texts that may wait; more are refused
   */
  Synthesizer(
      EngineChain engines,
      int maxCharacters,
      int concurrency,
      int maxWaiting,
      SpeechMetrics metrics) {
    this.engines = engines;
    this.maxCharacters = maxCharacters;
    this.concurrency = concurrency;
    this.maxWaiting = maxWaiting;
    this.metrics = metrics;
    metrics.waiting(waiting::size);
  }

  /**
   * A text's audio; fails with {@link NotSpokenException} when there will be none. Two requests for
   * the same text make it once.
   */
  public Future<Audio> speak(String written) {
    String text = Wording.line(written);
    if (text.isEmpty() || text.codePointCount(0, text.length()) > maxCharacters) {
      metrics.request("unspoken");
      return Future.failedFuture(
          new NotSpokenException(
              NotSpokenException.Reason.TEXT,
              "a text must have 1 to " + maxCharacters + " characters to be spoken"));
    }
    Future<Audio> running = making.get(text);
    if (running != null) {
      metrics.request("joined");
      return running;
    }
    Promise<Audio> promise = Promise.promise();
    making.put(text, promise.future());
    engines
        .kept(text)
        .compose(
            kept -> {
              if (kept.isPresent()) {
                metrics.request("kept");
                return Future.succeededFuture(kept.get());
              }
              return queued(() -> engines.make(text).onSuccess(made -> metrics.request("made")));
            })
        .onComplete(
            result -> {
              making.remove(text);
              if (result.failed() && result.cause() instanceof NotSpokenException none) {
                metrics.request(
                    none.reason() == NotSpokenException.Reason.BUSY ? "busy" : "unspoken");
              }
              promise.handle(result);
            });
    return promise.future();
  }

  private Future<Audio> queued(Supplier<Future<Audio>> work) {
    Promise<Audio> promise = Promise.promise();
    Runnable start =
        () -> {
          running++;
          Future.succeededFuture()
              .compose(now -> work.get())
              .onComplete(
                  result -> {
                    running--;
                    Runnable next = waiting.poll();
                    if (next != null) {
                      next.run();
                    }
                    promise.handle(result);
                  });
        };
    if (running < concurrency) {
      start.run();
    } else if (waiting.size() < maxWaiting) {
      waiting.add(start);
    } else {
      promise.fail(
          new NotSpokenException(
              NotSpokenException.Reason.BUSY, maxWaiting + " texts wait already"));
    }
    return promise.future();
  }

  /** Frees what the engines hold. */
  public void close() {
    engines.close();
  }
}
