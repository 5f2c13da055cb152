package http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A schema made into a check that says "surely valid" or "look closer". The library's validator
 * reads the schema's text anew for each value, patterns included, which is a tenth of what a
 * request costs here; nearly all values are valid, and then its reasons are not needed. What this
 * does not understand for certain it leaves to the validator.
 */
final class SchemaPass {
  // Deeper than the schemas of the document are; a schema that contains itself ends here.
  private static final int DEEPEST = 12;

  // Said about a value, not demanded of it.
  private static final Set<String> SILENT =
      Set.of(
          "title",
          "description",
          "default",
          "example",
          "examples",
          "deprecated",
          "readOnly",
          "writeOnly",
          "contentMediaType");

  private final JsonObject document;

  private SchemaPass(JsonObject document) {
    this.document = document;
  }

  /** The check of a schema; empty when it has a rule that this does not know. */
  static Optional<Predicate<Object>> of(JsonObject document, JsonObject schema) {
    try {
      return Optional.of(new SchemaPass(document).check(schema, 0));
    } catch (UnknownRule unknown) {
      return Optional.empty();
    }
  }

  private static final class UnknownRule extends RuntimeException {
    private static final long serialVersionUID = 1;

    private UnknownRule() {
      super(null, null, false, false);
    }
  }

  private Predicate<Object> check(Object reference, int depth) {
    if (!(reference instanceof JsonObject object) || depth > DEEPEST) {
      throw new UnknownRule();
    }
    JsonObject schema = SchemaRules.follow(document, object);
    Set<String> rules = new TreeSet<>(schema.fieldNames());
    rules.removeIf(rule -> SILENT.contains(rule) || rule.startsWith("x-") || rule.startsWith("__"));
    Predicate<Object> allowed = types(schema, rules);
    Set<Object> values = values(schema, rules);
    List<Predicate<Object>> checks = new ArrayList<>();
    checks.add(value -> allowed.test(value) && (values == null || values.contains(value)));
    texts(schema, rules, checks);
    numbers(schema, rules, checks);
    lists(schema, rules, checks, depth);
    objects(schema, rules, checks, depth);
    if (!rules.isEmpty()) {
      throw new UnknownRule();
    }
    List<Predicate<Object>> all = List.copyOf(checks);
    return value -> {
      for (Predicate<Object> one : all) {
        if (!one.test(value)) {
          return false;
        }
      }
      return true;
    };
  }

  private static Predicate<Object> types(JsonObject schema, Set<String> rules) {
    rules.remove("type");
    Object type = schema.getValue("type");
    if (type == null) {
      return value -> true;
    }
    Set<String> names = new HashSet<>();
    if (type instanceof JsonArray several) {
      several.forEach(name -> names.add(String.valueOf(name)));
    } else {
      names.add(String.valueOf(type));
    }
    return value -> names.contains(name(value)) || whole(value) && names.contains("number");
  }

  /** The type of a value; of numbers only those that are beyond doubt. */
  private static String name(Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof String) {
      return "string";
    }
    if (value instanceof Boolean) {
      return "boolean";
    }
    if (whole(value)) {
      return "integer";
    }
    if (value instanceof JsonObject) {
      return "object";
    }
    return value instanceof JsonArray ? "array" : value instanceof Double ? "number" : "unknown";
  }

  private static boolean whole(Object value) {
    return value instanceof Integer || value instanceof Long;
  }

  private static Set<Object> values(JsonObject schema, Set<String> rules) {
    rules.remove("enum");
    JsonArray values = schema.getJsonArray("enum");
    if (values == null) {
      return null;
    }
    Set<Object> allowed = new HashSet<>();
    for (Object value : values) {
      if (!(value instanceof String)) {
        throw new UnknownRule();
      }
      allowed.add(value);
    }
    return allowed;
  }

  private static void texts(JsonObject schema, Set<String> rules, List<Predicate<Object>> checks) {
    rules.remove("minLength");
    rules.remove("maxLength");
    rules.remove("pattern");
    int least = schema.getInteger("minLength", 0);
    int most = schema.getInteger("maxLength", Integer.MAX_VALUE);
    if (least > 0 || most < Integer.MAX_VALUE) {
      // whatever is counted, characters or their halves
      checks.add(
          value ->
              !(value instanceof String text)
                  || text.length() <= most && text.codePointCount(0, text.length()) >= least);
    }
    if (schema.getString("pattern") != null) {
      Pattern pattern = Pattern.compile(schema.getString("pattern"));
      checks.add(value -> !(value instanceof String text) || pattern.matcher(text).find());
    }
  }

  private static void numbers(
      JsonObject schema, Set<String> rules, List<Predicate<Object>> checks) {
    rules.remove("minimum");
    rules.remove("maximum");
    Number least = schema.getNumber("minimum");
    Number most = schema.getNumber("maximum");
    if (least == null && most == null) {
      return;
    }
    checks.add(
        value ->
            !(value instanceof Number number)
                || (whole(value) || value instanceof Double)
                    && (least == null || number.doubleValue() >= least.doubleValue())
                    && (most == null || number.doubleValue() <= most.doubleValue()));
  }

  private void lists(
      JsonObject schema, Set<String> rules, List<Predicate<Object>> checks, int depth) {
    rules.remove("minItems");
    rules.remove("maxItems");
    int least = schema.getInteger("minItems", 0);
    int most = schema.getInteger("maxItems", Integer.MAX_VALUE);
    Predicate<Object> each =
        rules.remove("items") ? check(schema.getValue("items"), depth + 1) : value -> true;
    checks.add(
        value -> {
          if (!(value instanceof JsonArray list)) {
            return true;
          }
          if (list.size() < least || list.size() > most) {
            return false;
          }
          for (int i = 0; i < list.size(); i++) {
            if (!each.test(list.getValue(i))) {
              return false;
            }
          }
          return true;
        });
  }

  private void objects(
      JsonObject schema, Set<String> rules, List<Predicate<Object>> checks, int depth) {
    rules.remove("required");
    rules.remove("properties");
    List<String> required =
        schema.getJsonArray("required", new JsonArray()).stream().map(String.class::cast).toList();
    List<Map.Entry<String, Predicate<Object>>> members = new ArrayList<>();
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    for (String name : properties.fieldNames()) {
      if (!name.startsWith("__")) {
        members.add(Map.entry(name, check(properties.getValue(name), depth + 1)));
      }
    }
    checks.add(
        value -> {
          if (!(value instanceof JsonObject object)) {
            return true;
          }
          for (String name : required) {
            if (!object.containsKey(name)) {
              return false;
            }
          }
          for (Map.Entry<String, Predicate<Object>> member : members) {
            Object found = object.getValue(member.getKey());
            if ((found != null || object.containsKey(member.getKey()))
                && !member.getValue().test(found)) {
              return false;
            }
          }
          return true;
        });
  }
}
