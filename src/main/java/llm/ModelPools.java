package llm;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import settings.LanguageModel;

/**
 * The key pools of this node with all they need: providers over HTTP, quotas and usage in Postgres.
 * Confined to the event loop it is opened on.
 */
public final class ModelPools {
  private static final Logger log = LoggerFactory.getLogger(ModelPools.class);
  private static final long REPORT_MILLIS = 5_000;

  private static final long UPKEEP_MILLIS = Duration.ofHours(6).toMillis();

  private final Pool postgres;
  private final MeterRegistry registry;
  private final Timers timers;
  private final HttpCalls http;
  private final UsageBook book;
  private final PostgresQuotas quotas;
  private final PostgresSpends spends;
  private final BudgetNotices notices;
  private final Set<KeyPools> retiring = new HashSet<>();
  private KeyPools pools;
  private Chat chat;
  private Gauges gauges;

  private ModelPools(
      Vertx vertx, LanguageModel settings, Pool postgres, String node, MeterRegistry registry) {
    this.postgres = postgres;
    this.registry = registry;
    this.timers = Timers.of(vertx);
    this.http = new HttpCalls(vertx, settings.providers(), settings.callTimeout(), registry);
    this.book = new UsageBook(postgres, node, registry);
    this.quotas = new PostgresQuotas(postgres, timers::millis, settings.margin().toMillis());
    this.spends = new PostgresSpends(postgres);
    this.notices = new BudgetNotices(vertx, postgres, registry);
    use(settings);
  }

  private void use(LanguageModel settings) {
    pools = new KeyPools(settings, quotas, spends, http, timers, book, notices);
    chat = new HedgedChat(pools, timers, settings.retryShare());
    gauges = Gauges.of(pools, timers, registry);
    checkModels(settings).onComplete(done -> book.report(pools.status()));
  }

  /**
   * Opens the pools, on the event loop of whoever calls this, and goes on to check models' names.
   */
  public static ModelPools open(
      Vertx vertx, LanguageModel settings, Pool postgres, String node, MeterRegistry registry) {
    ModelPools pools = new ModelPools(vertx, settings, postgres, node, registry);
    vertx.setPeriodic(REPORT_MILLIS, id -> pools.book.report(pools.pools.status()));
    pools.book.start(vertx);
    vertx.setPeriodic(0, UPKEEP_MILLIS, id -> pools.upkeep());
    return pools;
  }

  private void upkeep() {
    ModelUpkeep.run(postgres)
        .onFailure(error -> log.debug("old rows of budgets and quotas stay for now", error));
  }

  /**
   * Goes on with other keys. Calls that wait or are under way end with those they came to; what was
   * known of keys, such as that they are refused, is forgotten. A provider's address stays.
   */
  public void reload(LanguageModel settings) {
    KeyPools old = pools;
    gauges.remove();
    http.know(settings.providers());
    use(settings);
    retiring.add(old);
    old.retire().onComplete(done -> retiring.remove(old));
  }

  public Chat chat() {
    return chat;
  }

  public JsonObject status() {
    return pools.status();
  }

  /** Says which configured models a provider does not list, before a lesson finds out. */
  private Future<Void> checkModels(LanguageModel settings) {
    List<Future<?>> checks =
        settings.providers().stream()
            .<Future<?>>map(provider -> ModelCheck.run(http, provider, settings.keys()))
            .toList();
    return Future.join(checks)
        .transform(
            done -> {
              checks.forEach(
                  check -> {
                    if (check.result() instanceof String problem && !problem.isEmpty()) {
                      log.warn(problem);
                    }
                  });
              return Future.succeededFuture();
            });
  }

  /** Writes what is not written yet, and lets go of connections. */
  public Future<Void> close() {
    gauges.remove();
    List<Future<Void>> closing = new ArrayList<>(List.of(pools.close()));
    retiring.forEach(old -> closing.add(old.close()));
    return Future.join(closing)
        .transform(done -> book.flush())
        .transform(done -> book.leave())
        .transform(done -> http.close());
  }
}
