package llm;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import llm.ChatFailure.Kind;

/** What went through each pool on this node in the last minutes. Not thread-safe. */
final class PoolTraffic {
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long FIVE_MINUTES = Duration.ofMinutes(5).toMillis();

  private static final class Counts {
    private final UseLog requests = new UseLog(MINUTE);
    private final UseLog tokens = new UseLog(MINUTE);
    private final UseLog calls = new UseLog(FIVE_MINUTES);
    private final UseLog limited = new UseLog(FIVE_MINUTES);
    private final UseLog failed = new UseLog(FIVE_MINUTES);
  }

  private final Map<String, Counts> pools = new HashMap<>();

  /**
   * @param failure null for an answer
   */
  void attempt(String pool, long now, int tokens, ChatFailure failure) {
    Counts counts = pools.computeIfAbsent(pool, name -> new Counts());
    counts.requests.add(now, 1);
    counts.calls.add(now, 1);
    if (tokens > 0) {
      counts.tokens.add(now, tokens);
    }
    if (failure != null) {
      counts.failed.add(now, 1);
      if (failure.kind() == Kind.RATE_LIMITED || failure.kind() == Kind.DAY_LIMITED) {
        counts.limited.add(now, 1);
      }
    }
  }

  /**
   * {@code rpm} and {@code tpm} of the last minute, {@code calls5m}, {@code rateLimited5m} and
   * {@code failed5m} of the last five.
   */
  JsonObject toJson(String pool, long now) {
    Counts counts = pools.getOrDefault(pool, new Counts());
    return new JsonObject()
        .put("rpm", counts.requests.used(now))
        .put("tpm", counts.tokens.used(now))
        .put("calls5m", counts.calls.used(now))
        .put("rateLimited5m", counts.limited.used(now))
        .put("failed5m", counts.failed.used(now));
  }
}
