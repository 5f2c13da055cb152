package llm;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the object in what a model wrote. Only mendings with one possible meaning are made: code
 * fences and prose around the object go, and so do trailing commas; single quotes become double
 * ones, {@code NaN} becomes null, of a cut-off array the complete items are kept, and an object in
 * the wrong wrapper is taken out of it. What an item lacks is never made up.
 */
final class JsonRepair {
  private static final int MOST_CHARACTERS = 2_000_000;
  private static final int MOST_TRIES = 8;

  private JsonRepair() {}

  /**
   * The object in {@code text}.
   *
   * @param schema what it should be, to tell a wrapper from the object itself
   */
  static Optional<JsonObject> read(String text, JsonObject schema) {
    if (text.length() > MOST_CHARACTERS) {
      return Optional.empty();
    }
    Optional<Object> exact = decode(text.strip());
    if (exact.isPresent()) {
      return fitted(exact.get(), schema);
    }
    int from = 0;
    Optional<JsonObject> best = Optional.empty();
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      int start = nextOpening(text, from);
      if (start < 0) {
        break;
      }
      LenientJson json = new LenientJson(text, start);
      Optional<JsonObject> found = json.value().flatMap(value -> fitted(value, schema));
      if (found.isPresent() && members(found.get(), schema) > 0) {
        // Prose may hold small objects; the one with the schema's members is meant.
        if (best.isEmpty() || members(found.get(), schema) > members(best.get(), schema)) {
          best = found;
        }
        from = Math.max(start + 1, json.position());
      } else {
        from = start + 1;
      }
    }
    return best;
  }

  private static Optional<Object> decode(String text) {
    if (text.isEmpty() || (text.charAt(0) != '{' && text.charAt(0) != '[')) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(Json.decodeValue(text));
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  private static int nextOpening(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '{' || text.charAt(i) == '[') {
        return i;
      }
    }
    return -1;
  }

  private static int members(JsonObject object, JsonObject schema) {
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    return (int) object.fieldNames().stream().filter(properties::containsKey).count();
  }

  /** The object itself, taken out of a wrapper or put into the one the schema has. */
  private static Optional<JsonObject> fitted(Object value, JsonObject schema) {
    List<String> arrays = arrayMembers(schema);
    if (value instanceof JsonArray array) {
      if (array.size() == 1
          && array.getValue(0) instanceof JsonObject only
          && members(only, schema) > 0) {
        return fitted(only, schema);
      }
      // A bare list can only be the schema's one list.
      return arrays.size() == 1
          ? Optional.of(coerced(new JsonObject().put(arrays.get(0), array), schema))
          : Optional.empty();
    }
    if (!(value instanceof JsonObject object)) {
      return Optional.empty();
    }
    if (members(object, schema) == 0 && object.size() == 1) {
      Object inner = object.getValue(object.fieldNames().iterator().next());
      if (inner instanceof JsonArray || inner instanceof JsonObject) {
        Optional<JsonObject> unwrapped = fitted(inner, schema);
        if (unwrapped.isPresent()) {
          return unwrapped;
        }
      }
    }
    return Optional.of(coerced(object, schema));
  }

  private static List<String> arrayMembers(JsonObject schema) {
    List<String> arrays = new ArrayList<>();
    for (Map.Entry<String, Object> property :
        schema.getJsonObject("properties", new JsonObject())) {
      if (property.getValue() instanceof JsonObject type && is(type, "array")) {
        arrays.add(property.getKey());
      }
    }
    return arrays;
  }

  private static boolean is(JsonObject schema, String type) {
    Object declared = schema.getValue("type");
    return type.equals(declared) || declared instanceof JsonArray several && several.contains(type);
  }

  /** Numbers and truth values that came as texts, where the schema leaves no other reading. */
  private static JsonObject coerced(JsonObject object, JsonObject schema) {
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    for (String name : Set.copyOf(object.fieldNames())) {
      if (properties.getValue(name) instanceof JsonObject type) {
        Object fitting = coerced(object.getValue(name), type);
        object.put(name, fitting);
      }
    }
    return object;
  }

  private static Object coerced(Object value, JsonObject schema) {
    if (value instanceof JsonObject object) {
      return coerced(object, schema);
    }
    if (value instanceof JsonArray array && schema.getValue("items") instanceof JsonObject items) {
      JsonArray fitting = new JsonArray();
      array.forEach(item -> fitting.add(coerced(item, items)));
      return fitting;
    }
    if (value instanceof String text && !is(schema, "string")) {
      try {
        if (is(schema, "integer")) {
          return Long.valueOf(text.strip());
        }
        if (is(schema, "number")) {
          return Double.valueOf(text.strip());
        }
      } catch (NumberFormatException e) {
        return value;
      }
      if (is(schema, "boolean") && (text.equals("true") || text.equals("false"))) {
        return Boolean.valueOf(text);
      }
    }
    return value;
  }
}
