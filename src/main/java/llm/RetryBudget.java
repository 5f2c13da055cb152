package llm;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How often calls are repeated because a provider failed: a share of a pool's calls, or {@value
 * #ALWAYS} a minute, so that a provider that is ill is not burdened with twice the load. A bucket
 * of a minute's repetitions that is refilled evenly: after a bad moment the next one comes in
 * seconds and not when the minute is over; at worst a minute has two minutes' repetitions. Whoever
 * gets none waits; waiting for quota is no repetition. Not thread-safe.
 */
final class RetryBudget {
  static final int ALWAYS = 5;
  private static final long WINDOW = Duration.ofMinutes(1).toMillis();

  /** One pool's. */
  private static final class Bucket {
    private final UseLog calls = new UseLog(WINDOW);
    private double left = ALWAYS;
    private long filledAt;

    Bucket(long now) {
      this.filledAt = now;
    }
  }

  private final double share;
  private final Map<String, Bucket> buckets = new HashMap<>();

  /**
   * @param share 0 to 1
   */
  RetryBudget(double share) {
    this.share = share;
  }

  private Bucket bucket(String pool, long now) {
    return buckets.computeIfAbsent(pool, name -> new Bucket(now));
  }

  void called(String pool, long now) {
    bucket(pool, now).calls.add(now, 1);
  }

  /** Takes one repetition; false when there is none at present. */
  boolean take(String pool, long now) {
    Bucket bucket = bucket(pool, now);
    double most = Math.max(ALWAYS, share * bucket.calls.used(now));
    bucket.left = Math.min(most, bucket.left + most * (now - bucket.filledAt) / WINDOW);
    bucket.filledAt = now;
    if (bucket.left < 1) {
      return false;
    }
    bucket.left--;
    return true;
  }
}
