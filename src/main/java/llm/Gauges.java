package llm;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What monitoring reads of the pools at any time, beside the counters of {@link UsageBook}. */
final class Gauges {
  private Gauges() {}

  /**
   * {@code llm.key.state} by key alias (0 healthy, 1 resting after failures, 2 refused by its
   * provider), {@code llm.key.in.flight}, and {@code llm.waiting}, the calls that wait.
   */
  static void of(KeyPools pools, Timers timers, MeterRegistry registry) {
    Gauge.builder("llm.waiting", pools, KeyPools::waiting).register(registry);
    for (KeyState key : pools.keys()) {
      Gauge.builder("llm.key.state", key, state -> number(state.state(timers.millis())))
          .tag("key", key.key.alias())
          .tag("provider", key.key.provider())
          .register(registry);
      Gauge.builder("llm.key.in.flight", key, state -> state.inFlight)
          .tag("key", key.key.alias())
          .tag("provider", key.key.provider())
          .register(registry);
    }
  }

  private static int number(String state) {
    return switch (state) {
      case "healthy" -> 0;
      case "open" -> 1;
      default -> 2;
    };
  }
}
