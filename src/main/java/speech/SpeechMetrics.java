package speech;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What operators see of speech: how long engines take and how they end, how requests were met, how
 * many wait.
 */
final class SpeechMetrics {
  private final MeterRegistry registry;

  SpeechMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * @param outcome spoken, refused (this text) or failed (the engine)
   */
  void engine(String engine, String outcome, int characters, long nanos) {
    Timer.builder("lessonweave.speech")
        .description("Texts given to speech engines")
        .tag("engine", engine)
        .tag("outcome", outcome)
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
    if (outcome.equals("spoken")) {
      registry.counter("lessonweave.speech.characters", "engine", engine).increment(characters);
    }
  }

  /**
   * @param answer kept (was there already), made, joined (being made), busy, or unspoken (no engine
   *     could)
   */
  void request(String answer) {
    registry.counter("lessonweave.speech.requests", "answer", answer).increment();
  }

  void waiting(Supplier<Number> count) {
    Gauge.builder("lessonweave.speech.waiting", count)
        .description("Texts that wait for an engine")
        .register(registry);
  }
}
