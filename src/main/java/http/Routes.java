package http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.internal.net.RFC3986;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds what is mounted at a path by its segments. A router of vertx-web tries one expression after
 * the other, and there are some hundreds; here a path costs as many lookups as it has segments.
 * Immutable once filled.
 *
 * @param <T> what is mounted
 */
final class Routes<T> {
  private final Place<T> root = new Place<>();

  /** One segment's worth of the table. */
  private static final class Place<T> {
    private final Map<String, Place<T>> named = new HashMap<>();
    private final Map<HttpMethod, Target<T>> targets = new HashMap<>();
    private Place<T> any;
  }

  private record Target<T>(T mounted, List<String> parameters) {}

  /**
   * A path that exists.
   *
   * @param mounted what takes the method; empty when nothing does
   * @param parameters of the path by name, decoded
   * @param allowed methods of this path, sorted; empty unless the method is none of them
   */
  record Found<T>(Optional<T> mounted, Map<String, String> parameters, Set<String> allowed) {}

  /**
   * Mounts something; what takes GET takes HEAD as well.
   *
   * @param route such as {@code /v1/word-lists/:listId}
   */
  void add(String route, HttpMethod method, T mounted) {
    Place<T> place = root;
    List<String> parameters = new ArrayList<>();
    for (String segment : segments(route)) {
      if (segment.startsWith(":")) {
        parameters.add(segment.substring(1));
        place.any = place.any == null ? new Place<>() : place.any;
        place = place.any;
      } else {
        place = place.named.computeIfAbsent(segment, s -> new Place<>());
      }
    }
    Target<T> target = new Target<>(mounted, List.copyOf(parameters));
    if (place.targets.putIfAbsent(method, target) != null) {
      throw new IllegalStateException("two operations take " + method + " " + route);
    }
    if (method == HttpMethod.GET) {
      place.targets.put(HttpMethod.HEAD, target);
    }
  }

  /**
   * What a path leads to; a segment's own name goes before a parameter, and a slash at the end says
   * nothing.
   *
   * @param path normalized, still percent-encoded
   * @throws IllegalArgumentException when a parameter can't be decoded
   */
  Optional<Found<T>> find(String path, HttpMethod method) {
    if (!path.startsWith("/")) {
      return Optional.empty(); // such as that of OPTIONS *
    }
    List<String> segments = segments(path);
    List<String> values = new ArrayList<>(2);
    Place<T> place = descend(root, segments, 0, values);
    if (place == null) {
      return Optional.empty();
    }
    Target<T> target = place.targets.get(method);
    if (target == null) {
      TreeSet<String> allowed = new TreeSet<>();
      place.targets.keySet().forEach(known -> allowed.add(known.name()));
      return Optional.of(new Found<>(Optional.empty(), Map.of(), allowed));
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      parameters.put(
          target.parameters().get(i),
          value.indexOf('%') < 0 ? value : RFC3986.decodeURIComponent(value, false));
    }
    return Optional.of(new Found<>(Optional.of(target.mounted()), parameters, Set.of()));
  }

  private static <T> Place<T> descend(
      Place<T> place, List<String> segments, int at, List<String> values) {
    if (at == segments.size()) {
      return place.targets.isEmpty() ? null : place;
    }
    String segment = segments.get(at);
    Place<T> named = place.named.get(segment);
    if (named != null) {
      Place<T> found = descend(named, segments, at + 1, values);
      if (found != null) {
        return found;
      }
    }
    if (place.any == null || segment.isEmpty()) {
      return null;
    }
    values.add(segment);
    Place<T> found = descend(place.any, segments, at + 1, values);
    if (found == null) {
      values.remove(values.size() - 1);
    }
    return found;
  }

  /** Without the slash at the beginning and one at the end. */
  private static List<String> segments(String path) {
    int end = path.length() > 1 && path.endsWith("/") ? path.length() - 1 : path.length();
    return end <= 1 ? List.of() : Arrays.asList(path.substring(1, end).split("/", -1));
  }
}
