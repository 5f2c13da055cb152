package llm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import settings.LanguageModel;

/**
 * Which quota groups serve a service, in order of preference, and with which of their keys. At each
 * provider a service uses its own keys; without any, the shared ones; without those, the keys of
 * service {@code chapter}, which has the most (section 4.1 of the courses' contract).
 */
final class Routes {
  private static final String AUDIO = "audio";

  /** Whose keys serve those that have none. */
  static final String LENDER = "chapter";

  /**
   * @param keys of the group that the service may use; never empty
   */
  record Route(QuotaGroup group, List<KeyState> keys) {}

  private final LanguageModel settings;
  private final Map<String, QuotaGroup> groups = new LinkedHashMap<>();
  private final Map<LanguageModel.Key, KeyState> keys = new LinkedHashMap<>();
  private final Map<String, List<Route>> byService = new HashMap<>();
  private final List<Route> forOthers;

  /** To look at, not to call by. */
  Routes(LanguageModel settings) {
    this(settings, group -> null);
  }

  /**
   * @param blocks opens a quota group's block
   */
  Routes(LanguageModel settings, Function<QuotaGroup, QuotaBlock> blocks) {
    this.settings = settings;
    Map<String, LanguageModel.Provider> providers = new HashMap<>();
    settings.providers().forEach(provider -> providers.put(provider.name(), provider));
    for (LanguageModel.Key key : settings.keys()) {
      QuotaGroup group =
          groups.computeIfAbsent(
              key.group(), name -> new QuotaGroup(name, providers.get(key.provider()), blocks));
      KeyState state = new KeyState(key);
      group.keys.add(state);
      keys.put(key, state);
    }
    Set<String> named = new TreeSet<>(Set.of(AUDIO));
    settings.keys().forEach(key -> named.addAll(key.services()));
    named.forEach(service -> byService.put(service, routes(service)));
    forOthers = routes("");
  }

  Collection<QuotaGroup> groups() {
    return groups.values();
  }

  /** Services that have routes of their own; the others share one. */
  Set<String> named() {
    return byService.keySet();
  }

  /** The pool that a service has: its own name, or {@link PoolCount#ANY}. */
  String named(String service) {
    return byService.containsKey(service) ? service : PoolCount.ANY;
  }

  List<Route> of(String service) {
    return byService.getOrDefault(service, forOthers);
  }

  private List<Route> routes(String service) {
    List<Route> routes = new ArrayList<>();
    List<String> order = new ArrayList<>();
    if (service.equals(AUDIO)) {
      order.addAll(settings.audioOrder());
    }
    settings.providers().forEach(provider -> order.add(provider.name()));
    for (String provider : order.stream().distinct().toList()) {
      Map<QuotaGroup, List<KeyState>> chosen = new LinkedHashMap<>();
      for (LanguageModel.Key key : keysAt(provider, service)) {
        chosen
            .computeIfAbsent(groups.get(key.group()), group -> new ArrayList<>())
            .add(keys.get(key));
      }
      chosen.forEach((group, usable) -> routes.add(new Route(group, List.copyOf(usable))));
    }
    return List.copyOf(routes);
  }

  private List<LanguageModel.Key> keysAt(String provider, String service) {
    List<LanguageModel.Key> there =
        settings.keys().stream().filter(key -> key.provider().equals(provider)).toList();
    List<LanguageModel.Key> own =
        there.stream().filter(key -> key.services().contains(service)).toList();
    if (!own.isEmpty()) {
      return own;
    }
    List<LanguageModel.Key> shared =
        there.stream().filter(key -> key.services().isEmpty()).toList();
    return shared.isEmpty()
        ? there.stream().filter(key -> key.services().contains(LENDER)).toList()
        : shared;
  }
}
