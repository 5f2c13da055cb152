package llm;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How often calls are repeated because a provider failed: in any minute at most a share of a
 * service's calls, or {@value #ALWAYS}, so that a provider that is ill is not burdened with twice
 * the load. Whoever gets none waits; waiting for quota is no repetition. Not thread-safe.
 */
final class RetryBudget {
  static final int ALWAYS = 5;
  private static final long WINDOW = Duration.ofMinutes(1).toMillis();

  private final double share;
  private final Map<String, UseLog> calls = new HashMap<>();
  private final Map<String, UseLog> retries = new HashMap<>();

  /**
   * @param share 0 to 1
   */
  RetryBudget(double share) {
    this.share = share;
  }

  void called(String service, long now) {
    calls.computeIfAbsent(service, name -> new UseLog(WINDOW)).add(now, 1);
  }

  /** Takes one repetition; false when the minute's are used up. */
  boolean take(String service, long now) {
    UseLog taken = retries.computeIfAbsent(service, name -> new UseLog(WINDOW));
    UseLog all = calls.get(service);
    double most = Math.max(ALWAYS, share * (all == null ? 0 : all.used(now)));
    if (taken.used(now) + 1 > most) {
      return false;
    }
    taken.add(now, 1);
    return true;
  }
}
