package llm;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import messages.Addresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of each budget once that 80 % of it are spent, and once that it is spent, whichever of the
 * nodes notices first: as a line in the log, in metric {@code llm.budget.notices}, and as a message
 * on {@link Addresses#LLM_BUDGET}. A cap that is raised is told of anew.
 */
final class BudgetNotices implements SpendNotices {
  private static final Logger log = LoggerFactory.getLogger(BudgetNotices.class);

  private static final String FIRST =
      """
      INSERT INTO llm_budget AS b (id, told_percent, told_cap) VALUES ($1, $2, $3)
      ON CONFLICT (id) DO UPDATE SET told_percent = excluded.told_percent, told_cap = excluded.told_cap
       WHERE b.told_cap < excluded.told_cap OR b.told_cap = excluded.told_cap AND b.told_percent < excluded.told_percent
      RETURNING id
      """;

  private final Vertx vertx;
  private final Pool pool;
  private final MeterRegistry registry;

  BudgetNotices(Vertx vertx, Pool postgres, MeterRegistry registry) {
    this.vertx = vertx;
    this.pool = postgres;
    this.registry = registry;
  }

  @Override
  public void reached(String budget, int percent, long spent, long cap) {
    pool.preparedQuery(FIRST)
        .execute(Tuple.of(budget, percent, cap))
        .onFailure(error -> log.debug("a budget's notice can't be stored", error))
        .onSuccess(
            rows -> {
              if (rows.size() > 0) {
                tell(budget, percent, spent, cap);
              }
            });
  }

  private void tell(String budget, int percent, long spent, long cap) {
    registry.counter("llm.budget.notices", "percent", String.valueOf(percent)).increment();
    log.atWarn()
        .addKeyValue("budget", budget)
        .addKeyValue("spent_usd", Budget.usd(spent))
        .addKeyValue("cap_usd", Budget.usd(cap))
        .log(
            percent == ALL_PERCENT
                ? "a budget is spent: raise it, or only models without a price are asked"
                : "most of a budget is spent");
    vertx
        .eventBus()
        .send(
            Addresses.LLM_BUDGET,
            new JsonObject()
                .put("budget", budget)
                .put("percent", percent)
                .put("spentUsd", Budget.usd(spent))
                .put("maxUsd", Budget.usd(cap)));
  }
}
