package outbound;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What operators see of one service: calls by outcome, attempts by result, who runs and waits. */
final class Metrics {
  private final MeterRegistry registry;
  private final String service;
  private final List<Meter> gauges = new ArrayList<>();

  Metrics(MeterRegistry registry, String service, Gate gate, Breaker breaker) {
    this.registry = registry;
    this.service = service;
    gauge("lessonweave.outbound.running", "Attempts under way", gate::inside);
    gauge("lessonweave.outbound.waiting", "Attempts waiting for a free slot", gate::waiting);
    gauge(
        "lessonweave.outbound.resting",
        "1 while nothing is sent because the service failed too often in a row",
        () -> breaker.isOpen() ? 1 : 0);
  }

  private void gauge(String name, String description, Supplier<Number> value) {
    gauges.add(
        Gauge.builder(name, value)
            .description(description)
            .tag("service", service)
            .strongReference(true)
            .register(registry));
  }

  /**
   * A call has ended.
   *
   * @param outcome ok, or a {@link Failure.Kind}'s word
   */
  void call(String outcome, long nanos) {
    Timer.builder("lessonweave.outbound")
        .description("Calls of outside services with their retries, by outcome")
        .tag("service", service)
        .tag("outcome", outcome)
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * An attempt has ended.
   *
   * @param result 2xx, 3xx, 4xx, 5xx, or none without an answer
   */
  void attempt(String result) {
    registry
        .counter("lessonweave.outbound.attempts", "service", service, "result", result)
        .increment();
  }

  void close() {
    gauges.forEach(registry::remove);
  }
}
