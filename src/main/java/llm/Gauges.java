package llm;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;

/** What monitoring reads of the pools at any time, beside the counters of {@link UsageBook}. */
final class Gauges {
  private final MeterRegistry registry;
  private final List<Gauge> gauges = new ArrayList<>();

  private Gauges(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * {@code llm.key.state} by key alias (0 healthy, 1 resting after failures, 2 refused by its
   * provider), {@code llm.key.in.flight}, and {@code llm.waiting}, the calls that wait.
   */
  static Gauges of(KeyPools pools, Timers timers, MeterRegistry registry) {
    Gauges made = new Gauges(registry);
    made.gauges.add(Gauge.builder("llm.waiting", pools, KeyPools::waiting).register(registry));
    for (KeyState key : pools.keys()) {
      made.gauges.add(
          Gauge.builder("llm.key.state", key, state -> number(state.state(timers.millis())))
              .tag("key", key.key.alias())
              .tag("provider", key.key.provider())
              .register(registry));
      made.gauges.add(
          Gauge.builder("llm.key.in.flight", key, state -> state.inFlight)
              .tag("key", key.key.alias())
              .tag("provider", key.key.provider())
              .register(registry));
    }
    return made;
  }

  /** Others may be registered in their place. */
  void remove() {
    gauges.forEach(registry::remove);
    gauges.clear();
  }

  private static int number(String state) {
    return switch (state) {
      case "healthy" -> 0;
      case "open" -> 1;
      default -> 2;
    };
  }
}
