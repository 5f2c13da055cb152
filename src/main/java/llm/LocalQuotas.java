package llm;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Quotas that this process alone uses. */
final class LocalQuotas implements QuotaStore {
  private final Map<String, QuotaState> states = new HashMap<>();
  private final LongSupplier millis;
  private final long marginMillis;

  /**
   * @param millis a clock that never goes back
   */
  LocalQuotas(LongSupplier millis, long marginMillis) {
    this.millis = millis;
    this.marginMillis = marginMillis;
  }

  @Override
  public synchronized Future<QuotaState.Verdict> exchange(
      String quota, QuotaLimits limits, List<QuotaState.News> news, List<Integer> wantedTokens) {
    QuotaState state = states.computeIfAbsent(quota, key -> new QuotaState(marginMillis));
    long now = millis.getAsLong();
    news.forEach(item -> state.learn(now, limits, item));
    return Future.succeededFuture(state.reserve(now, limits, wantedTokens));
  }
}
