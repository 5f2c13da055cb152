package llm;

import io.vertx.core.Future;
import java.util.HashMap;
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
  public synchronized Future<Grant> exchange(Report report) {
    long now = millis.getAsLong();
    return Future.succeededFuture(
        states
            .computeIfAbsent(report.quota(), key -> new QuotaState(marginMillis))
            .exchange(now, now, report));
  }
}
