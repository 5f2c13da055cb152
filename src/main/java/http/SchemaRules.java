package http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One schema of the document as a check that tells every broken rule in words. */
final class SchemaRules {
  static final String BASE_URI = "app://";

  // The other keywords only say that something below them failed.
  private static final Set<String> TELLING =
      Set.of(
          "type",
          "enum",
          "const",
          "required",
          "minLength",
          "maxLength",
          "pattern",
          "format",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minItems",
          "maxItems",
          "uniqueItems");
  private static final Set<String> REPLACED =
      Set.of(
          "not",
          "if",
          "then",
          "else",
          "items",
          "contains",
          "propertyNames",
          "additionalItems",
          "additionalProperties",
          "unevaluatedItems",
          "unevaluatedProperties");
  private static final Pattern QUOTED = Pattern.compile("\"(.*)\"");

  private final JsonObject document;
  private final Validator validator;
  private final String pointer;
  private final Optional<Predicate<Object>> pass;

  /**
   * @param pointer JSON pointer of the schema in the document
   */
  SchemaRules(JsonObject document, SchemaRepository schemas, String pointer) {
    this.document = document;
    this.validator = schemas.validator(BASE_URI + "#" + pointer);
    this.pointer = pointer;
    this.pass = SchemaPass.of(document, at(pointer));
  }

  /**
   * Makes checks of a document's schemas safe on several threads. A validator only reads, but for
   * one thing (vertx-json-schema 5.0.10, {@code Utils.Schemas.wrap}): when it first meets a schema
   * under one of these keywords, it replaces the object there by its own kind of object. Done here,
   * ahead of all checks, nothing is left to replace.
   *
   * @param node the document or a part of it, dereferenced by the repository
   */
  static void settle(Object node) {
    if (node instanceof JsonObject object) {
      for (String key : new ArrayList<>(object.getMap().keySet())) {
        Object value = object.getValue(key);
        if (REPLACED.contains(key)
            && value instanceof JsonObject schema
            && !(value instanceof JsonSchema)) {
          value = JsonSchema.of(schema);
          object.put(key, value);
        }
        settle(value);
      }
    } else if (node instanceof JsonArray list) {
      for (int i = 0; i < list.size(); i++) {
        settle(list.getValue(i));
      }
    }
  }

  /** Whether {@code value} breaks nothing, by the validator alone. */
  boolean valid(JsonObject value) {
    return validator.validate(value).getValid();
  }

  /** Whether {@code value} needs no validator. */
  boolean surelyValid(JsonObject value) {
    return pass.isPresent() && pass.get().test(value);
  }

  /** What {@code value} breaks, one entry a member; empty when it is fine. */
  List<ApiException.Field> broken(JsonObject value) {
    if (surelyValid(value)) {
      return List.of();
    }
    OutputUnit result = validator.validate(value);
    if (result.getValid()) {
      return List.of();
    }
    Map<String, String> reasons = new LinkedHashMap<>();
    for (OutputUnit error : result.getErrors()) {
      tell(error, reasons);
    }
    List<ApiException.Field> fields = new ArrayList<>();
    reasons.forEach((field, reason) -> fields.add(new ApiException.Field(field, reason)));
    return fields;
  }

  private void tell(OutputUnit error, Map<String, String> reasons) {
    String location = error.getAbsoluteKeywordLocation();
    String keyword = location.substring(location.lastIndexOf('/') + 1);
    if (!TELLING.contains(keyword)) {
      return;
    }
    String fragment = location.substring(location.indexOf('#') + 1, location.lastIndexOf('/'));
    JsonObject schema = at(isRooted(fragment) ? fragment : pointer + fragment);
    String field = field(error.getInstanceLocation());
    if (keyword.equals("required")) {
      Matcher name = QUOTED.matcher(error.getError());
      if (name.find()) {
        JsonObject member =
            follow(
                document,
                schema.getJsonObject("properties", new JsonObject()).getJsonObject(name.group(1)));
        reasons.putIfAbsent(
            (field.isEmpty() ? "" : field + ".") + name.group(1),
            "is missing; it must be " + allowed(member));
      }
      return;
    }
    reasons.putIfAbsent(field.isEmpty() ? "body" : field, "must be " + allowed(schema));
  }

  // The repository counts from the schema it was asked for, except behind a reference, where it
  // counts from the document.
  private static boolean isRooted(String fragment) {
    return fragment.startsWith("/components/") || fragment.startsWith("/paths/");
  }

  private JsonObject at(String fragment) {
    Object found = JsonPointer.from(fragment).queryJson(document);
    return found instanceof JsonObject schema ? follow(document, schema) : new JsonObject();
  }

  private static String field(String instanceLocation) {
    String path =
        instanceLocation.startsWith("#") ? instanceLocation.substring(1) : instanceLocation;
    StringBuilder field = new StringBuilder();
    for (String part : path.split("/")) {
      if (part.isEmpty()) {
        continue;
      }
      String name = part.replace("~1", "/").replace("~0", "~");
      if (name.chars().allMatch(Character::isDigit)) {
        field.append('[').append(name).append(']');
      } else {
        field.append(field.isEmpty() ? "" : ".").append(name);
      }
    }
    return field.toString();
  }

  /** What a schema allows, in words that follow "must be". */
  static String allowed(JsonObject schema) {
    if (schema.containsKey("x-rule")) {
      return schema.getString("x-rule");
    }
    if (schema.containsKey("enum")) {
      return "one of "
          + schema.getJsonArray("enum").stream()
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
    }
    Object type = schema.getValue("type");
    if (type instanceof JsonArray types) {
      type = types.getValue(0);
    }
    return switch (String.valueOf(type)) {
      case "integer" -> "a whole number" + bounds(schema, "minimum", "maximum", "");
      case "number" -> "a number" + bounds(schema, "minimum", "maximum", "");
      case "boolean" -> "true or false";
      case "array" -> "a list" + bounds(schema, "minItems", "maxItems", " entries");
      case "object" -> "a JSON object";
      default -> "text" + bounds(schema, "minLength", "maxLength", " characters");
    };
  }

  private static String bounds(JsonObject schema, String least, String most, String unit) {
    Object from = schema.getValue(least);
    Object to = schema.getValue(most);
    if (from != null && to != null) {
      return (unit.isEmpty() ? " from " : " of ") + from + " to " + to + unit;
    }
    return from != null
        ? " of at least " + from + unit
        : to != null ? " of at most " + to + unit : "";
  }

  /** A schema, or what it refers to. */
  static JsonObject follow(JsonObject document, JsonObject schema) {
    JsonObject at = schema;
    while (at != null && at.containsKey("$ref")) {
      at = (JsonObject) JsonPointer.from(at.getString("$ref").substring(1)).queryJson(document);
    }
    return at == null ? new JsonObject() : at;
  }
}
