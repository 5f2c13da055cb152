package http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Values for one schema of the interface's document: one that obeys it, and many that may not. */
final class OpenApiFuzzSchema {
  /** Stands for half a surrogate pair, which no JSON library would write. */
  static final String LONE_SURROGATE = "@@lone@@";

  private static final List<String> SAMPLES =
      List.of(
          "abc",
          "stu-1",
          "16:00",
          "2026-02-03",
          "t@example.org",
          "he",
          "easy",
          "a",
          "1",
          "flashcards",
          "word_order",
          "https://example.org/a");
  private static final List<String> NASTY =
      List.of(
          "' OR '1'='1' --",
          "\"; DROP TABLE words; --",
          "%_\\",
          "<script>alert(1)</script>",
          "<b>&amp;</b>",
          "../../etc/passwd",
          "${jndi:ldap://x}",
          "{{7*7}}",
          "שלום עולם",
          "\u202Emirror\u202C",
          "👩‍👩‍👧‍👦🏳️‍🌈",
          "e\u0301\u0301\u0301",
          "\uFEFFx",
          "\r\nSet-Cookie: a=b",
          "\t",
          "\u0001\u001f\u007f",
          "NaN",
          "-0",
          "null",
          "﷽".repeat(20),
          LONE_SURROGATE);
  private static final int HUGE = 60_000;

  private final JsonObject document;
  private final JsonObject schema;
  private final Set<String> types = new LinkedHashSet<>();
  private final boolean composed;

  OpenApiFuzzSchema(JsonObject document, JsonObject reference) {
    this.document = document;
    this.schema = SchemaRules.follow(document, reference == null ? new JsonObject() : reference);
    Object type = schema.getValue("type");
    if (type instanceof JsonArray several) {
      several.forEach(one -> types.add((String) one));
    } else if (type instanceof String one) {
      types.add(one);
    }
    this.composed =
        Set.of("oneOf", "anyOf", "allOf", "not", "if", "const").stream()
            .anyMatch(schema::containsKey);
  }

  /**
   * A value to be sent.
   *
   * @param invalid whether the schema surely forbids it
   */
  record Probe(String label, Object value, boolean invalid) {}

  /** Whether first-generation paths move a number outside the bounds to the nearest one. */
  boolean isClamped() {
    return schema.getBoolean("x-clamp", false);
  }

  /** Member to schema, of an object with plain members. */
  Map<String, OpenApiFuzzSchema> members() {
    Map<String, OpenApiFuzzSchema> members = new LinkedHashMap<>();
    schema
        .getJsonObject("properties", new JsonObject())
        .forEach(
            member ->
                members.put(
                    member.getKey(),
                    new OpenApiFuzzSchema(document, (JsonObject) member.getValue())));
    for (Object part : schema.getJsonArray("allOf", new JsonArray())) {
      members.putAll(new OpenApiFuzzSchema(document, (JsonObject) part).members());
    }
    return members;
  }

  /** A value that obeys the schema as far as that can be read from it. */
  Object valid() {
    return valid(0);
  }

  private Object valid(int depth) {
    for (String given : List.of("example", "default", "const")) {
      if (schema.getValue(given) != null) {
        return schema.copy().getValue(given);
      }
    }
    if (schema.containsKey("enum")) {
      return schema.getJsonArray("enum").getValue(0);
    }
    for (String choice : List.of("oneOf", "anyOf")) {
      if (schema.containsKey(choice)) {
        return new OpenApiFuzzSchema(document, schema.getJsonArray(choice).getJsonObject(0))
            .valid(depth + 1);
      }
    }
    String type =
        types.isEmpty()
            ? (schema.containsKey("properties") || schema.containsKey("allOf")
                ? "object"
                : "string")
            : types.iterator().next();
    return switch (type) {
      case "integer" ->
          Math.max(schema.getLong("minimum", 1L), Math.min(1L, schema.getLong("maximum", 1L)));
      case "number" ->
          Math.max(
              schema.getDouble("minimum", 1.0), Math.min(1.0, schema.getDouble("maximum", 1.0)));
      case "boolean" -> true;
      case "array" -> array(Math.max(1, schema.getInteger("minItems", 0)), depth);
      case "object" -> object(depth);
      default -> text();
    };
  }

  private JsonObject object(int depth) {
    JsonObject object = new JsonObject();
    members()
        .forEach(
            (name, member) -> {
              if (depth < 4
                  && (depth == 0
                      || schema.getJsonArray("required", new JsonArray()).contains(name))) {
                object.put(name, member.valid(depth + 1));
              }
            });
    return object;
  }

  private JsonArray array(int length, int depth) {
    JsonArray array = new JsonArray();
    for (int i = 0; i < length && i < 3_000; i++) {
      array.add(new OpenApiFuzzSchema(document, schema.getJsonObject("items")).valid(depth + 1));
    }
    return array;
  }

  private String text() {
    for (String sample : SAMPLES) {
      if (fits(sample)) {
        return sample;
      }
    }
    return "a".repeat(Math.max(1, schema.getInteger("minLength", 1)));
  }

  private boolean fits(String text) {
    int length = text.codePointCount(0, text.length());
    return length >= schema.getInteger("minLength", 0)
        && length <= schema.getInteger("maxLength", Integer.MAX_VALUE)
        && (!schema.containsKey("pattern")
            || Pattern.compile(schema.getString("pattern")).matcher(text).find())
        && (!"date".equals(schema.getString("format")) || text.equals("2026-02-03"));
  }

  /**
   * Values around every rule of the schema.
   *
   * @param inQuery where everything is text, an empty value is none and the length is limited
   */
  List<Probe> probes(boolean inQuery) {
    List<Probe> probes = new ArrayList<>();
    boolean known = !composed && types.size() - (types.contains("null") ? 1 : 0) == 1;
    boolean sure = known && !inQuery;
    if (types.isEmpty() || types.contains("string")) {
      texts(probes, known, inQuery);
    }
    if (types.contains("integer") || types.contains("number")) {
      numbers(probes, known, inQuery);
    }
    if (types.contains("boolean")) {
      probes.add(new Probe("no boolean", "maybe", known));
      probes.add(new Probe("false", false, false));
    }
    if (types.contains("array") && !inQuery) {
      arrays(probes, sure);
    }
    if (!inQuery) {
      for (Object wrong : wrongTypes()) {
        probes.add(new Probe("wrong type", wrong, sure));
      }
      probes.add(new Probe("null", null, false));
      probes.add(new Probe("deep", deep(60), sure && !types.contains("object")));
    }
    return probes;
  }

  private List<Object> wrongTypes() {
    List<Object> wrong = new ArrayList<>();
    if (!types.contains("string")) {
      wrong.add("<b>x</b>");
    }
    if (!types.contains("integer") && !types.contains("number") && !types.contains("boolean")) {
      wrong.add(7);
      wrong.add(true);
    }
    if (!types.contains("array")) {
      wrong.add(new JsonArray().add("x"));
    }
    if (!types.contains("object")) {
      wrong.add(new JsonObject().put("x", 1));
    }
    return wrong;
  }

  private void texts(List<Probe> probes, boolean known, boolean inQuery) {
    int least = schema.getInteger("minLength", 0);
    int most = schema.getInteger("maxLength", -1);
    boolean plain =
        known
            && !schema.containsKey("enum")
            && !schema.containsKey("pattern")
            && !schema.containsKey("format");
    boolean trimmed = schema.getBoolean("x-trim", false);
    if (!inQuery) {
      probes.add(new Probe("empty", "", known && least > 0));
      probes.add(new Probe("white space", " \t ", known && trimmed && least > 0));
    }
    if (least > 1) {
      probes.add(new Probe("below minLength", "a".repeat(least - 1), known));
    }
    if (most >= 0 && (!inQuery || most < 2_000)) {
      probes.add(new Probe("at maxLength", "a".repeat(most), false));
      probes.add(new Probe("at maxLength, beyond the BMP", "😀".repeat(most), false));
      probes.add(new Probe("above maxLength", "a".repeat(most + 1), known));
    }
    String huge = "x".repeat(inQuery ? 2_500 : HUGE);
    probes.add(new Probe("huge", huge, known && most >= 0 && most < huge.length()));
    probes.add(new Probe("NUL", "a\0b", known && !inQuery || plain));
    for (String nasty : NASTY) {
      boolean forbidden =
          known
              && (schema.containsKey("enum")
                  ? !schema.getJsonArray("enum").contains(nasty)
                  : !nasty.equals(LONE_SURROGATE) && !fits(trimmed ? nasty.strip() : nasty));
      probes.add(new Probe("nasty", nasty, forbidden && !nasty.equals(LONE_SURROGATE)));
    }
    if ("date".equals(schema.getString("format"))) {
      List.of("2026-02-30", "2025-99-99", "0000-00-00", "2026-2-3", "+292278994-08-17")
          .forEach(date -> probes.add(new Probe("no date", date, known)));
    }
  }

  private void numbers(List<Probe> probes, boolean known, boolean inQuery) {
    boolean whole = !types.contains("number");
    if (schema.containsKey("minimum")) {
      long least = (long) Math.ceil(schema.getDouble("minimum"));
      probes.add(new Probe("at minimum", least, false));
      probes.add(new Probe("below minimum", least - 1, known));
    }
    if (schema.containsKey("maximum")) {
      long most = (long) Math.floor(schema.getDouble("maximum"));
      probes.add(new Probe("at maximum", most, false));
      probes.add(new Probe("above maximum", most + 1, known));
    }
    probes.add(new Probe("largest long", Long.MAX_VALUE, known && schema.containsKey("maximum")));
    probes.add(new Probe("smallest long", Long.MIN_VALUE, known && schema.containsKey("minimum")));
    probes.add(new Probe("fraction", 1.5, known && whole));
    probes.add(new Probe("beyond double", new java.math.BigDecimal("1e400"), false));
    probes.add(new Probe("no number", "seven", known));
    if (inQuery) {
      List.of("1e3", "0x10", "١٢", "--1", "9".repeat(40))
          .forEach(
              text ->
                  probes.add(
                      new Probe(
                          "no number",
                          text,
                          known && (text.length() < 40 || schema.containsKey("maximum")))));
    }
  }

  private void arrays(List<Probe> probes, boolean sure) {
    int least = schema.getInteger("minItems", 0);
    int most = schema.getInteger("maxItems", -1);
    probes.add(new Probe("empty list", new JsonArray(), sure && least > 0));
    if (most >= 0 && most <= 2_000) {
      probes.add(new Probe("above maxItems", array(most + 1, 1), sure));
    }
    OpenApiFuzzSchema items = new OpenApiFuzzSchema(document, schema.getJsonObject("items"));
    for (Probe probe : items.probes(false)) {
      if (!probe.label().equals("huge") && !probe.label().equals("null")) {
        JsonArray list = array(Math.max(1, least), 1);
        list.getList().set(0, probe.value());
        probes.add(
            new Probe(
                "entry: " + probe.label(),
                list,
                sure && probe.invalid() && !items.types.contains("object")));
      }
    }
    probes.add(new Probe("nulls", new JsonArray().addNull().addNull(), false));
  }

  static JsonObject deep(int levels) {
    JsonObject deep = new JsonObject();
    for (int i = 0; i < levels; i++) {
      deep = new JsonObject().put("x", new JsonArray().add(deep));
    }
    return deep;
  }
}
