package speech;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Engines in order of preference, each asked when those before it can't. An engine that failed
 * rests for a while; meanwhile what it has made stays in use, and new texts get the next voice,
 * which is kept apart: once the engine is back, it speaks them. Belongs to one context.
 */
final class EngineChain {
  private static final Logger LOG = LoggerFactory.getLogger(EngineChain.class);

  private static final int REMEMBERED = 1_000;

  private final List<Engine> engines;
  private final AudioStore store;
  private final AudioLibrary library;
  private final SpeechMetrics metrics;
  private final Map<Engine, Long> restingUntil = new HashMap<>();
  // Keys of texts that an engine has refused: it need not be asked, and paid, again. The oldest are
  // forgotten.
  private final Map<String, Boolean> refused =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  EngineChain(List<Engine> engines, AudioStore store, AudioLibrary library, SpeechMetrics metrics) {
    this.engines = List.copyOf(engines);
    this.store = store;
    this.library = library;
    this.metrics = metrics;
  }

  /** What is kept of a text in the best voice there is at present. */
  Future<Optional<Audio>> kept(String text) {
    return kept(text, 0);
  }

  private Future<Optional<Audio>> kept(String text, int from) {
    if (from >= engines.size()) {
      return Future.succeededFuture(Optional.empty());
    }
    Engine engine = engines.get(from);
    String key = AudioStore.key(engine.voice(), text);
    return store
        .find(key)
        .compose(
            found ->
                found.isPresent() || !skipped(engine, key)
                    ? Future.succeededFuture(found)
                    : kept(text, from + 1));
  }

  /** Makes and stores a text's audio; fails with {@link NotSpokenException} when no engine can. */
  Future<Audio> make(String text) {
    return make(text, 0, NotSpokenException.Reason.ENGINES);
  }

  private Future<Audio> make(String text, int from, NotSpokenException.Reason why) {
    if (from >= engines.size()) {
      return Future.failedFuture(new NotSpokenException(why, "no engine can speak it"));
    }
    Engine engine = engines.get(from);
    String key = AudioStore.key(engine.voice(), text);
    if (skipped(engine, key)) {
      return make(text, from + 1, refused.containsKey(key) ? NotSpokenException.Reason.TEXT : why);
    }
    // The first one has been looked for already; after a failure the next voice may have it.
    Future<Optional<Audio>> kept =
        from == 0 ? Future.succeededFuture(Optional.empty()) : store.find(key);
    return kept.compose(
        found ->
            found.isPresent()
                ? Future.succeededFuture(found.get())
                : make(engine, key, text, from));
  }

  private Future<Audio> make(Engine engine, String key, String text, int index) {
    long begun = System.nanoTime();
    return Future.succeededFuture()
        .compose(now -> engine.speak(text))
        .transform(
            spoken -> {
              int characters = text.codePointCount(0, text.length());
              if (spoken.succeeded()) {
                metrics.engine(engine.name(), "spoken", characters, System.nanoTime() - begun);
                return keep(engine, key, spoken.result());
              }
              Throwable cause = spoken.cause();
              EngineFailure failure =
                  cause instanceof EngineFailure known
                      ? known
                      : new EngineFailure(
                          "failed with " + cause.getClass().getSimpleName(),
                          Duration.ofSeconds(30));
              boolean ofText = failure.rest().isZero();
              metrics.engine(
                  engine.name(),
                  ofText ? "refused" : "failed",
                  characters,
                  System.nanoTime() - begun);
              if (!ofText) {
                restingUntil.put(engine, System.nanoTime() + failure.rest().toNanos());
                LOG.warn(
                    "speech engine {} rests for {} s: {}",
                    engine.name(),
                    failure.rest().toSeconds(),
                    failure.getMessage());
              } else {
                refused.put(key, true);
                LOG.debug(
                    "speech engine {} leaves out a text: {}", engine.name(), failure.getMessage());
              }
              return make(
                  text,
                  index + 1,
                  ofText ? NotSpokenException.Reason.TEXT : NotSpokenException.Reason.ENGINES);
            });
  }

  private Future<Audio> keep(Engine engine, String key, Buffer content) {
    return store
        .store(key, engine.name(), content)
        // Of another node's audio there is a copy when it is first played.
        .compose(
            stored ->
                stored.own()
                    ? library.copy(stored.audio().id(), content).map(stored.audio())
                    : Future.succeededFuture(stored.audio()));
  }

  private boolean skipped(Engine engine, String key) {
    Long until = restingUntil.get(engine);
    return refused.containsKey(key) || (until != null && until - System.nanoTime() > 0);
  }

  void close() {
    engines.forEach(Engine::close);
  }
}
