package llm;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.List;
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

  private final LanguageModel settings;
  private final HttpCalls http;
  private final UsageBook book;
  private final KeyPools pools;
  private final Chat chat;

  private ModelPools(
      LanguageModel settings, HttpCalls http, UsageBook book, KeyPools pools, Timers timers) {
    this.settings = settings;
    this.http = http;
    this.book = book;
    this.pools = pools;
    this.chat = new HedgedChat(pools, timers, settings.retryShare());
  }

  /**
   * Opens the pools, on the event loop of whoever calls this, and goes on to check models' names.
   */
  public static ModelPools open(
      Vertx vertx, LanguageModel settings, Pool postgres, String node, MeterRegistry registry) {
    Timers timers = Timers.of(vertx);
    HttpCalls http = new HttpCalls(vertx, settings.providers(), settings.callTimeout(), registry);
    UsageBook book = new UsageBook(postgres, node, registry);
    PostgresQuotas quotas =
        new PostgresQuotas(postgres, timers::millis, settings.margin().toMillis());
    KeyPools keys =
        new KeyPools(
            settings,
            quotas,
            new PostgresSpends(postgres),
            http,
            timers,
            book,
            new BudgetNotices(vertx, postgres, registry));
    ModelPools pools = new ModelPools(settings, http, book, keys, timers);
    vertx.setPeriodic(REPORT_MILLIS, id -> book.report(keys.status()));
    book.start(vertx);
    Gauges.of(keys, timers, registry);
    pools.checkModels().onComplete(done -> book.report(keys.status()));
    return pools;
  }

  public Chat chat() {
    return chat;
  }

  public JsonObject status() {
    return pools.status();
  }

  /** Says which configured models a provider does not list, before a lesson finds out. */
  private Future<Void> checkModels() {
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
    return pools
        .close()
        .transform(done -> book.flush())
        .transform(done -> book.leave())
        .transform(done -> http.close());
  }
}
