package llm;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import llm.Routes.Route;

/** The answer on {@code llm.status}: what operators may know of the pools. */
final class PoolStatus {

  private PoolStatus() {}

  static JsonObject of(
      Routes routes, ToIntFunction<String> waiting, ToIntFunction<String> context, long now) {
    JsonObject contexts = new JsonObject();
    JsonObject pools = new JsonObject();
    List<String> services = new ArrayList<>(routes.named());
    services.add(PoolCount.ANY);
    for (String service : services) {
      contexts.put(service, context.applyAsInt(service));
      pools.put(service, pool(routes.of(service), waiting.applyAsInt(service), now));
    }
    JsonArray groups = new JsonArray();
    routes.groups().forEach(group -> groups.add(group(group, now)));
    return new JsonObject()
        .put("context_tokens", contexts)
        .put("pools", pools)
        .put("quotas", groups);
  }

  private static JsonObject pool(List<Route> routes, int waiting, long now) {
    List<KeyState> keys = routes.stream().flatMap(route -> route.keys().stream()).toList();
    JsonObject counts = new JsonObject().put("keys", keys.size());
    for (String state : List.of("healthy", "open", "disabled")) {
      counts.put(state, keys.stream().filter(key -> key.state(now).equals(state)).count());
    }
    return counts
        .put("inFlight", keys.stream().mapToInt(key -> key.inFlight).sum())
        .put("waiting", waiting);
  }

  private static JsonObject group(QuotaGroup group, long now) {
    JsonArray keys = new JsonArray();
    for (KeyState key : group.keys) {
      keys.add(
          new JsonObject()
              .put("alias", key.key.alias())
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
