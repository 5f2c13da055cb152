package http;

import games.RepeatedTransactions;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** Measurements for Prometheus. Rendering walks every series, so it runs on a worker thread. */
final class MetricsEndpoint {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;

  MetricsEndpoint(PrometheusMeterRegistry registry) {
    this.registry = registry;
    RepeatedTransactions.bindTo(registry);
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("metrics", this::scrape);
  }

  private Future<Reply> scrape(Call call) {
    return call.vertx()
        .executeBlocking(() -> Buffer.buffer(registry.scrape()), false)
        .map(text -> Reply.bytes(TEXT, text, Map.of("Cache-Control", "no-store")));
  }
}
