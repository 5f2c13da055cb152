package http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Brings an object into the shape its schema documents before the rules apply: members under
 * another spelling get the documented name, texts are trimmed where the schema says so, a null that
 * is as good as nothing goes, missing members get their defaults.
 */
final class MemberNames {
  private final Map<String, String> names = new HashMap<>();
  private final Set<String> own = new LinkedHashSet<>();
  private final Map<String, MemberNames> objects = new HashMap<>();
  private final Map<String, MemberNames> lists = new HashMap<>();
  private final Set<String> trimmed = new HashSet<>();
  private final Set<String> nullable = new HashSet<>();
  private final Map<String, Object> defaults = new HashMap<>();

  private MemberNames() {}

  /** The shape of {@code schema}, an object schema of {@code document} or a reference to one. */
  static MemberNames of(JsonObject document, JsonObject schema) {
    MemberNames shape = new MemberNames();
    JsonObject object = SchemaRules.follow(document, schema);
    for (Map.Entry<String, Object> member : object.getJsonObject("properties", new JsonObject())) {
      shape.add(
          document, member.getKey(), SchemaRules.follow(document, (JsonObject) member.getValue()));
    }
    return shape;
  }

  private void add(JsonObject document, String name, JsonObject schema) {
    names.put(plain(name), name);
    own.add(name);
    for (Object alias : schema.getJsonArray("x-aliases", new JsonArray())) {
      names.putIfAbsent(plain((String) alias), name);
    }
    if (schema.getBoolean("x-trim", false)) {
      trimmed.add(name);
    }
    if (schema.getValue("type") instanceof JsonArray types && types.contains("null")) {
      nullable.add(name);
    }
    if (schema.containsKey("default")) {
      defaults.put(name, schema.getValue("default"));
    }
    if (schema.containsKey("properties")) {
      objects.put(name, of(document, schema));
    }
    if (schema.getJsonObject("items") != null
        && SchemaRules.follow(document, schema.getJsonObject("items")).containsKey("properties")) {
      lists.put(name, of(document, schema.getJsonObject("items")));
    }
  }

  /** A name without what tells camelCase from snake_case. */
  static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** The documented name for {@code name}, or null when no member is called so. */
  String documented(String name) {
    return own.contains(name) ? name : names.get(plain(name));
  }

  /** Changes {@code object} in place. */
  void apply(JsonObject object) {
    for (String name : new ArrayList<>(object.fieldNames())) {
      String documented = documented(name);
      if (documented != null && !documented.equals(name) && !object.containsKey(documented)) {
        object.put(documented, object.remove(name));
      }
    }
    for (String name : own) {
      if (object.containsKey(name)) {
        tidy(object, name);
      }
    }
    defaults.forEach(
        (name, value) -> {
          if (!object.containsKey(name)) {
            object.put(name, value);
          }
        });
  }

  private void tidy(JsonObject object, String name) {
    Object value = object.getValue(name);
    if (value == null && !nullable.contains(name)) {
      object.remove(name);
    } else if (value instanceof String text && trimmed.contains(name)) {
      object.put(name, text.strip());
    } else if (value instanceof JsonObject inner && objects.containsKey(name)) {
      objects.get(name).apply(inner);
    } else if (value instanceof JsonArray list && lists.containsKey(name)) {
      List<?> entries = list.getList();
      for (int i = 0; i < entries.size(); i++) {
        if (list.getValue(i) instanceof JsonObject inner) {
          lists.get(name).apply(inner);
        }
      }
    }
  }
}
