package llm;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.Map;
import java.util.TreeMap;
import settings.LanguageModel;

/**
 * What one pool has, after fallback: a service without keys of its own uses the shared ones, and
 * without those the keys of {@code chapter}. Never a key.
 *
 * @param keys that calls of the service may use, at all providers
 * @param healthy of them; the others rest after failures, or are refused by their provider
 * @param inFlight calls on their way with these keys, whatever their service
 * @param waiting calls of the service that wait for quota
 */
public record PoolCount(int keys, int healthy, int inFlight, int waiting) {
  /** Stands for every service that has no pool of its own. */
  public static final String ANY = "*";

  // Nodes tell every five seconds.
  private static final String NODES =
      "SELECT status->'pools' AS pools FROM llm_pools WHERE jsonb_exists(status, 'pools') AND"
          + " updated_at > now() - INTERVAL '20 seconds'";

  /** As configured on this node, by service and {@link #ANY}; nothing is under way. Never waits. */
  public static Map<String, PoolCount> configured(LanguageModel settings) {
    Routes routes = new Routes(settings);
    Map<String, PoolCount> counts = new TreeMap<>();
    routes.named().forEach(service -> counts.put(service, configured(routes, service)));
    counts.put(ANY, configured(routes, ANY));
    return counts;
  }

  private static PoolCount configured(Routes routes, String service) {
    int keys = routes.of(service).stream().mapToInt(route -> route.keys().size()).sum();
    return new PoolCount(keys, keys, 0, 0);
  }

  /**
   * As running nodes told within the last seconds, by service and {@link #ANY}; empty when no node
   * has keys. Nodes with the same keys count them once, and a key as healthy when it is so on every
   * node; calls under way and waiting are those of all nodes.
   */
  public static Future<Map<String, PoolCount>> running(Pool postgres) {
    return postgres
        .query(NODES)
        .execute()
        .map(
            rows -> {
              Map<String, PoolCount> counts = new TreeMap<>();
              for (Row row : rows) {
                JsonObject pools = row.getJsonObject("pools");
                for (String service : pools.fieldNames()) {
                  counts.merge(service, of(pools.getJsonObject(service)), PoolCount::and);
                }
              }
              return counts;
            });
  }

  private static PoolCount of(JsonObject pool) {
    return new PoolCount(
        pool.getInteger("keys", 0),
        pool.getInteger("healthy", 0),
        pool.getInteger("inFlight", 0),
        pool.getInteger("waiting", 0));
  }

  private PoolCount and(PoolCount other) {
    return new PoolCount(
        Math.max(keys, other.keys),
        Math.min(healthy, other.healthy),
        inFlight + other.inFlight,
        waiting + other.waiting);
  }

  /** {@code {keys, healthy, inFlight, waiting}}. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("keys", keys)
        .put("healthy", healthy)
        .put("inFlight", inFlight)
        .put("waiting", waiting);
  }
}
