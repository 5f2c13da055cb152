package llm;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import llm.Routes.Route;
import settings.Secret;

/**
 * The answer on {@code llm.status}: what operators may know of this node's pools. Never a key.
 *
 * @param context tokens that a call of a service may have
 */
record PoolStatus(Routes routes, PoolTraffic traffic, ToIntFunction<String> context, long now) {

  /**
   * @param waiting when the calls came that wait in a pool
   */
  JsonObject toJson(Function<String, List<Long>> waiting) {
    JsonObject contexts = new JsonObject();
    JsonObject pools = new JsonObject();
    List<String> services = new ArrayList<>(routes.named());
    services.add(PoolCount.ANY);
    for (String service : services) {
      contexts.put(service, context.applyAsInt(service));
      pools.put(service, pool(service, waiting.apply(service)));
    }
    JsonArray groups = new JsonArray();
    routes.groups().forEach(group -> groups.add(group(group, now)));
    return new JsonObject()
        .put("context_tokens", contexts)
        .put("pools", pools)
        .put("quotas", groups);
  }

  private JsonObject pool(String service, List<Long> waiting) {
    List<Route> ways = routes.of(service);
    List<KeyState> keys = ways.stream().flatMap(route -> route.keys().stream()).toList();
    JsonObject pool = new JsonObject().put("keys", keys.size());
    for (String state : List.of("healthy", "open", "disabled")) {
      pool.put(state, keys.stream().filter(key -> key.state(now).equals(state)).count());
    }
    long oldest = waiting.stream().mapToLong(Long::longValue).min().orElse(now);
    return pool.put("inFlight", keys.stream().mapToInt(key -> key.inFlight).sum())
        .put("waiting", waiting.size())
        .put("oldestWaitMs", now - oldest)
        .put("limitRpm", limit(ways, QuotaLimits::requestsPerMinute))
        .put("limitTpm", limit(ways, QuotaLimits::tokensPerMinute))
        .mergeIn(traffic.toJson(service, now));
  }

  /** Of all its quotas; 0 when one of them has no limit. */
  private static long limit(List<Route> ways, ToIntFunction<QuotaLimits> of) {
    long sum = 0;
    for (Route way : ways) {
      int one = of.applyAsInt(way.group().limits());
      if (one == 0) {
        return 0;
      }
      sum += one;
    }
    return sum;
  }

  private static JsonObject group(QuotaGroup group, long now) {
    JsonArray keys = new JsonArray();
    for (KeyState key : group.keys) {
      keys.add(
          new JsonObject()
              .put("alias", key.key.alias())
              .put("hash", key.key.secret().map(Secret::fingerprint).orElse(""))
              .put("state", key.state(now))
              .put("services", new JsonArray(key.key.services().stream().sorted().toList()))
              .put("last_error", key.lastError()));
    }
    QuotaLimits limits = group.limits();
    return new JsonObject()
        .put("name", group.name)
        .put("provider", group.provider.name())
        .put("model", group.model())
        .put("requests_per_minute", limits.requestsPerMinute())
        .put("tokens_per_minute", limits.tokensPerMinute())
        .put("requests_per_day", limits.requestsPerDay())
        .put("tokens_per_day", limits.tokensPerDay())
        .put("concurrency", group.concurrency())
        .put("in_flight", group.inFlight)
        .put("opens_in_ms", Math.max(0, group.openAt() - now))
        .put("last_error", group.lastError())
        .put("keys", keys);
  }
}
