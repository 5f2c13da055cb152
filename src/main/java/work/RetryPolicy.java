package work;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * When a failed item is tried again: after {@code base}·2^(n-1) for the n-th failure, never more
 * than {@code max}, spread by {@code jitter} so that items that failed together don't come back
 * together.
 *
 * @param base wait after the first failure; positive
 * @param max longest wait before jitter; at least {@code base}
 * @param maxAttempts failures after which the item is {@code failed}; at least 1
 * @param jitter part of the wait it may differ by in either direction, 0 to below 1
 */
public record RetryPolicy(Duration base, Duration max, int maxAttempts, double jitter) {
  /** 60 s, 120 s, 240 s, 480 s, each ±10 %; failed at the fifth failure. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Duration.ofSeconds(60), Duration.ofHours(1), 5, 0.1);

  public RetryPolicy {
    if (base.isNegative() || base.isZero() || max.compareTo(base) < 0) {
      throw new IllegalArgumentException(
          "a retry's wait must be positive and not above its maximum: " + base + ", " + max);
    }
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("at least one attempt is needed, not " + maxAttempts);
    }
    if (!(jitter >= 0 && jitter < 1)) {
      throw new IllegalArgumentException("jitter lies between 0 and 1, not " + jitter);
    }
  }

  /** Whether an item whose {@code attempt}-th run failed is tried no more. */
  boolean exhausted(int attempt) {
    return attempt >= maxAttempts;
  }

  /**
   * How long to wait after the {@code attempt}-th failure.
   *
   * @param attempt from 1
   * @param random gives values from 0 to 1
   */
  Duration delay(int attempt, DoubleSupplier random) {
    // 2^40 times any base is past every sensible maximum, and a double holds it without overflow
    double exact = base.toMillis() * Math.pow(2, Math.min(Math.max(attempt, 1) - 1, 40));
    double capped = Math.min(exact, max.toMillis());
    return Duration.ofMillis(Math.round(capped * (1 + jitter * (2 * random.getAsDouble() - 1))));
  }
}
