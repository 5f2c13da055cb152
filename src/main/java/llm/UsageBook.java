package llm;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Books every call in {@code llm_usage}, a second's at a time, and counts them for the metrics.
 * While Postgres is away a bounded number waits; more are lost and said so, because a lesson is
 * worth more than its bill.
 *
 * <p>Confined to one event loop.
 */
public final class UsageBook implements Meter {
  private static final Logger log = LoggerFactory.getLogger(UsageBook.class);
  private static final int MOST_WAITING = 10_000;
  private static final int MOST_AT_ONCE = 500;
  private static final long FLUSH_MILLIS = 1_000;

  private static final String INSERT =
      """
      INSERT INTO llm_usage (node, service, account, prompt, key_alias, provider, model, status,
                             tokens_in, tokens_out, cost_usd, wait_ms, took_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      """;
  private static final String ACCOUNT =
      """
      SELECT count(*) AS calls, COALESCE(sum(tokens_in), 0) AS tokens_in,
             COALESCE(sum(tokens_out), 0) AS tokens_out, COALESCE(sum(cost_usd), 0) AS cost_usd
        FROM llm_usage WHERE account = $1
      """;
  private static final String STATUS =
      """
      INSERT INTO llm_pools (node, status) VALUES ($1, $2)
      ON CONFLICT (node) DO UPDATE SET status = excluded.status, updated_at = now()
      """;

  private final Pool postgres;
  private final String node;
  private final MeterRegistry registry;
  private final List<Usage> unwritten = new ArrayList<>();
  private boolean writing;
  private boolean losing;

  public UsageBook(Pool postgres, String node, MeterRegistry registry) {
    this.postgres = postgres;
    this.node = node;
    this.registry = registry;
  }

  /** Begins to write; on the event loop of whoever calls this, for as long as that actor lives. */
  public void start(Vertx vertx) {
    vertx.setPeriodic(FLUSH_MILLIS, id -> flush());
  }

  @Override
  public void book(Usage usage) {
    count(usage);
    if (unwritten.size() >= MOST_WAITING) {
      if (!losing) {
        log.warn("usage of models is not written any more until Postgres answers");
      }
      losing = true;
      return;
    }
    losing = false;
    unwritten.add(usage);
  }

  private void count(Usage usage) {
    registry
        .timer(
            "llm.calls",
            "service",
            usage.service(),
            "provider",
            usage.provider(),
            "status",
            usage.status())
        .record(usage.tookMillis(), TimeUnit.MILLISECONDS);
    registry
        .timer("llm.wait", "service", usage.service())
        .record(usage.waitMillis(), TimeUnit.MILLISECONDS);
    registry
        .counter("llm.tokens", "provider", usage.provider(), "direction", "in")
        .increment(usage.tokensIn());
    registry
        .counter("llm.tokens", "provider", usage.provider(), "direction", "out")
        .increment(usage.tokensOut());
    registry.counter("llm.cost.usd", "provider", usage.provider()).increment(usage.costUsd());
  }

  /** Writes what waits; never fails. */
  public Future<Void> flush() {
    if (writing || unwritten.isEmpty()) {
      return Future.succeededFuture();
    }
    writing = true;
    List<Usage> batch = List.copyOf(unwritten.subList(0, Math.min(MOST_AT_ONCE, unwritten.size())));
    return postgres
        .preparedQuery(INSERT)
        .executeBatch(batch.stream().map(this::row).toList())
        .transform(
            done -> {
              writing = false;
              if (done.succeeded()) {
                unwritten.subList(0, batch.size()).clear();
                return unwritten.isEmpty() ? Future.succeededFuture() : flush();
              }
              log.debug("usage can't be written yet", done.cause());
              return Future.succeededFuture();
            });
  }

  private Tuple row(Usage u) {
    return Tuple.from(
        List.of(
            node,
            u.service(),
            u.account(),
            u.prompt(),
            u.keyAlias(),
            u.provider(),
            u.model(),
            u.status(),
            u.tokensIn(),
            u.tokensOut(),
            u.costUsd(),
            u.waitMillis(),
            u.tookMillis()));
  }

  /**
   * What an account used so far: {@code {calls, tokensIn, tokensOut, costUsd}}.
   *
   * @param account e.g. {@code lesson:123}
   */
  public static Future<JsonObject> of(Pool postgres, String account) {
    return postgres
        .preparedQuery(ACCOUNT)
        .execute(Tuple.of(account))
        .map(rows -> rows.iterator().next())
        .map(
            row ->
                new JsonObject()
                    .put("calls", row.getLong("calls"))
                    .put("tokensIn", row.getLong("tokens_in"))
                    .put("tokensOut", row.getLong("tokens_out"))
                    .put("costUsd", row.getDouble("cost_usd")));
  }

  /** Leaves the pools' status where the command line finds it; never fails. */
  public Future<Void> report(JsonObject status) {
    return postgres
        .preparedQuery(STATUS)
        .execute(Tuple.of(node, status))
        .timeout(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS)
        .transform(done -> Future.succeededFuture());
  }

  /** Takes the status away: this node has no pools any more. Never fails. */
  Future<Void> leave() {
    return postgres
        .preparedQuery("DELETE FROM llm_pools WHERE node = $1")
        .execute(Tuple.of(node))
        .timeout(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS)
        .transform(done -> Future.succeededFuture());
  }
}
