package outbound;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Spares a service that fails: after so many failures in a row nothing is sent for a while, then
 * one attempt goes first and decides. Safe to use from any thread.
 */
final class Breaker {
  private final int limit;
  private final long restNanos;
  private final LongSupplier clock;

  private int failures;
  private boolean open;
  private long until;

  Breaker(int limit, Duration rest, LongSupplier nanoClock) {
    this.limit = limit;
    this.restNanos = rest.toNanos();
    this.clock = nanoClock;
  }

  /** Empty: the attempt may be made and must be reported. Otherwise until when it may not. */
  synchronized Optional<Instant> refusal() {
    if (!open) {
      return Optional.empty();
    }
    long left = until - clock.getAsLong();
    if (left > 0) {
      return Optional.of(Instant.now().plusNanos(left));
    }
    // This one goes first; the others wait as long again, or less when it comes back sooner.
    until = clock.getAsLong() + restNanos;
    return Optional.empty();
  }

  synchronized void succeeded() {
    failures = 0;
    open = false;
  }

  synchronized void failed() {
    failures++;
    if (failures >= limit) {
      open = true;
      until = clock.getAsLong() + restNanos;
    }
  }

  synchronized boolean isOpen() {
    return open;
  }
}
