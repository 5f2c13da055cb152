package llm;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
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
                             tokens_in, tokens_out, cost_usd, wait_ms, took_ms, owner_id)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, nullif($14, ''))
      """;
  private static final String STATUS =
      """
      INSERT INTO llm_pools (node, status) VALUES ($1, $2)
      ON CONFLICT (node) DO UPDATE SET status = excluded.status, updated_at = now()
      """;

  private static final Duration[] WAITS = {
    Duration.ofMillis(10),
    Duration.ofMillis(100),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30)
  };

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
    if (log.isDebugEnabled()) {
      log.atDebug()
          .addKeyValue("account", usage.account())
          .addKeyValue("service", usage.service())
          .addKeyValue("prompt", usage.prompt())
          .addKeyValue("key", usage.keyAlias())
          .addKeyValue("model", usage.model())
          .addKeyValue("status", usage.status())
          .addKeyValue("took_ms", usage.tookMillis())
          .log("a model was asked");
    }
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
            "model",
            usage.model(),
            "status",
            usage.status())
        .record(usage.tookMillis(), TimeUnit.MILLISECONDS);
    Timer.builder("llm.wait")
        .tag("service", usage.service())
        .serviceLevelObjectives(WAITS)
        .register(registry)
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
            u.tookMillis(),
            u.user()));
  }

  /**
   * What an account used so far, see {@link ModelReports#ofAccount}.
   *
   * @param account e.g. {@code course:<id>}
   */
  public static Future<JsonObject> of(Pool postgres, String account) {
    return new ModelReports(postgres).ofAccount(account);
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
