package http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Puts the interface's document together: the main file, and the parts that an index names, one for
 * each resource. A part adds paths, components and tags; it can't change what another file says.
 */
final class DocumentParts {
  private static final String INDEX = "index.txt";
  private static final Set<String> MERGED = Set.of("paths", "components", "tags");

  private final Map<String, Object> document;
  private final Map<String, String> sources = new HashMap<>();

  private DocumentParts(Map<String, Object> document) {
    this.document = document;
  }

  /**
   * The whole document.
   *
   * @param main name of the main file
   * @param folder of the parts and their index, with a slash at the end
   * @param text of a file by name
   * @throws IllegalStateException when a file isn't YAML, or two files say the same path, operation
   *     id, component or tag
   */
  static Map<String, Object> merged(String main, String folder, UnaryOperator<String> text) {
    DocumentParts parts = new DocumentParts(parse(main, text.apply(main)));
    parts.note(main, parts.document);
    for (String line : text.apply(folder + INDEX).split("\\R")) {
      String name = line.strip();
      if (!name.isEmpty() && !name.startsWith("#")) {
        parts.add(folder + name, parse(folder + name, text.apply(folder + name)));
      }
    }
    parts.checkReferences(parts.document, new ArrayList<>());
    return parts.document;
  }

  private static Map<String, Object> parse(String name, String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try {
      Object parsed = new Yaml(new SafeConstructor(options)).load(text);
      if (parsed instanceof Map<?, ?>) {
        return members(parsed);
      }
    } catch (YAMLException broken) {
      throw new IllegalStateException(name + " is not valid YAML: " + broken.getMessage(), broken);
    }
    throw new IllegalStateException(
        name + " must be a YAML mapping with paths, components or tags");
  }

  private void add(String source, Map<String, Object> part) {
    for (String key : part.keySet()) {
      if (!MERGED.contains(key)) {
        throw new IllegalStateException(
            source + " has the member " + key + "; a part may have " + MERGED + " only");
      }
    }
    note(source, part);
    within(document, "paths").putAll(within(part, "paths"));
    within(part, "components")
        .forEach(
            (kind, added) -> within(within(document, "components"), kind).putAll(members(added)));
    list(document).addAll(list(part));
  }

  /** Remembers who says what, and refuses what was said before. */
  private void note(String source, Map<String, Object> part) {
    within(part, "paths")
        .forEach(
            (path, item) -> {
              claim("path " + path, source);
              members(item)
                  .values()
                  .forEach(
                      operation -> {
                        if (operation instanceof Map<?, ?> map && map.get("operationId") != null) {
                          claim("operationId " + map.get("operationId"), source);
                        }
                      });
            });
    within(part, "components")
        .forEach(
            (kind, added) ->
                members(added)
                    .keySet()
                    .forEach(name -> claim("component " + kind + "/" + name, source)));
    list(part).forEach(tag -> claim("tag " + members(tag).get("name"), source));
  }

  private void claim(String what, String source) {
    String before = sources.putIfAbsent(what, source);
    if (before != null) {
      throw new IllegalStateException(
          "the interface's document has the "
              + what
              + " twice: in "
              + before
              + " and in "
              + source
              + "; take one of them out");
    }
  }

  private void checkReferences(Object value, List<String> way) {
    if (value instanceof Map<?, ?> map) {
      if (map.get("$ref") instanceof String reference && missing(reference)) {
        throw new IllegalStateException(
            "the interface's document refers to "
                + reference
                + " at "
                + String.join("/", way)
                + ", but has no such thing");
      }
      map.forEach((key, inner) -> descend(String.valueOf(key), inner, way));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        descend(String.valueOf(i), list.get(i), way);
      }
    }
  }

  private void descend(String step, Object inner, List<String> way) {
    way.add(step);
    checkReferences(inner, way);
    way.remove(way.size() - 1);
  }

  private boolean missing(String reference) {
    if (!reference.startsWith("#/")) {
      return true; // nothing outside the document is ever loaded
    }
    Object at = document;
    for (String step : reference.substring(2).split("/")) {
      at = at instanceof Map<?, ?> map ? map.get(step.replace("~1", "/").replace("~0", "~")) : null;
    }
    return at == null;
  }

  /** A member that is a mapping itself; made when it is not there. */
  private static Map<String, Object> within(Map<String, Object> map, String key) {
    return members(map.computeIfAbsent(key, k -> new LinkedHashMap<String, Object>()));
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Map<String, Object> map) {
    return (List<Object>) map.computeIfAbsent("tags", k -> new ArrayList<>());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> members(Object mapping) {
    if (!(mapping instanceof Map<?, ?>)) {
      throw new IllegalStateException(
          "the interface's document has " + mapping + " where a mapping is needed");
    }
    return (Map<String, Object>) mapping;
  }

  /** A resource's text. */
  static String resource(String name) {
    return ApiDocument.resource(name).toString(StandardCharsets.UTF_8);
  }
}
