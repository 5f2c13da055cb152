package http;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.SchemaRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one operation demands of query string and body. Immutable once bound; shared by all event
 * loops.
 */
final class RequestRules {
  private final JsonObject querySchema;
  private final boolean queryDemands;
  private final String queryPointer;
  private final MemberNames queryNames;
  private final boolean takesBody;
  private final boolean bodyRequired;
  private final String bodyPointer;
  private final MemberNames bodyNames;
  private final String otherTypes;
  private SchemaRules queryRules;
  private SchemaRules bodyRules;

  /** Levels of lists and objects in a body; nothing that clients send has half of them. */
  private static final int DEEPEST = 24;

  private RequestRules(JsonObject document, String path, HttpMethod method, JsonObject operation) {
    String pointer =
        "/paths/"
            + path.replace("~", "~0").replace("/", "~1")
            + "/"
            + method.name().toLowerCase(Locale.ROOT);
    this.querySchema = querySchema(document, operation);
    this.queryDemands = !querySchema.getJsonArray("required").isEmpty();
    operation.put("x-query", querySchema);
    this.queryPointer = pointer + "/x-query";
    this.queryNames = MemberNames.of(document, querySchema);
    JsonObject body = operation.getJsonObject("requestBody");
    this.takesBody = body != null;
    this.bodyRequired = takesBody && body.getBoolean("required", false);
    this.bodyPointer = pointer + "/requestBody/content/application~1json/schema";
    this.bodyNames =
        takesBody
            ? MemberNames.of(
                document,
                body.getJsonObject("content")
                    .getJsonObject("application/json")
                    .getJsonObject("schema"))
            : null;
    this.otherTypes = takesBody ? otherTypes(body) : "";
  }

  /** What else a body may be than JSON; empty where it may not. */
  private static String otherTypes(JsonObject body) {
    return body.getJsonObject("content").fieldNames().stream()
        .filter(type -> !type.equals("application/json"))
        .collect(Collectors.joining(", "));
  }

  static RequestRules of(
      JsonObject document, String path, HttpMethod method, JsonObject operation) {
    return new RequestRules(document, path, method, operation);
  }

  void bind(JsonObject document, SchemaRepository schemas) {
    queryRules = new SchemaRules(document, schemas, queryPointer);
    bodyRules = takesBody ? new SchemaRules(document, schemas, bodyPointer) : null;
  }

  /** Of the body; null when none is taken. */
  SchemaRules bodyRules() {
    return bodyRules;
  }

  private static JsonObject querySchema(JsonObject document, JsonObject operation) {
    JsonObject properties = new JsonObject();
    JsonArray required = new JsonArray();
    for (Object entry : operation.getJsonArray("parameters", new JsonArray())) {
      JsonObject parameter = SchemaRules.follow(document, (JsonObject) entry);
      if ("query".equals(parameter.getString("in"))) {
        properties.put(
            parameter.getString("name"),
            SchemaRules.follow(document, parameter.getJsonObject("schema")).copy());
        if (parameter.getBoolean("required", false)) {
          required.add(parameter.getString("name"));
        }
      }
    }
    return new JsonObject()
        .put("type", "object")
        .put("properties", properties)
        .put("required", required);
  }

  /**
   * Checks a request and throws {@link ApiException} with everything that is wrong with it.
   *
   * @param contentType of the body, or null
   * @param body null or empty when there is none
   * @param clamp whether paging out of range is moved into range
   */
  Input check(MultiMap query, String contentType, Buffer body, boolean clamp) {
    JsonObject parameters = query(query, clamp);
    JsonObject content = takesBody ? body(contentType, body) : new JsonObject();
    List<ApiException.Field> broken = brokenQuery(query, parameters);
    if (takesBody) {
      broken.addAll(bodyRules.broken(content));
      unstorable("", content, 0, broken);
    }
    if (!broken.isEmpty()) {
      throw ApiException.invalid(broken);
    }
    return new Input(parameters, content);
  }

  /**
   * As {@link #check}, for a body that is not JSON: the query string alone, with {@code standIn}
   * for the body.
   */
  Input checkQuery(MultiMap query, JsonObject standIn, boolean clamp) {
    JsonObject parameters = query(query, clamp);
    List<ApiException.Field> broken = brokenQuery(query, parameters);
    if (!broken.isEmpty()) {
      throw ApiException.invalid(broken);
    }
    return new Input(parameters, standIn);
  }

  /** Defaults alone keep the rules by themselves, and most requests send nothing else. */
  private List<ApiException.Field> brokenQuery(MultiMap query, JsonObject parameters) {
    if (query.isEmpty() && !queryDemands) {
      return new ArrayList<>();
    }
    List<ApiException.Field> broken = new ArrayList<>(queryRules.broken(parameters));
    unstorable("", parameters, 0, broken);
    return broken;
  }

  private JsonObject query(MultiMap query, boolean clamp) {
    JsonObject values = new JsonObject();
    for (boolean documentedSpelling : new boolean[] {true, false}) {
      for (Map.Entry<String, String> entry : query) {
        String name = queryNames.documented(entry.getKey());
        if (name != null
            && entry.getKey().equals(name) == documentedSpelling
            && !entry.getValue().isEmpty()
            && !values.containsKey(name)) {
          values.put(
              name,
              value(
                  entry.getValue(),
                  querySchema.getJsonObject("properties").getJsonObject(name),
                  clamp));
        }
      }
    }
    queryNames.apply(values);
    return values;
  }

  private static Object value(String text, JsonObject schema, boolean clamp) {
    switch (schema.getValue("type") instanceof String type ? type : "string") {
      case "integer":
        if (!text.matches("[+-]?[0-9]+")) {
          return text;
        }
        boolean clamped = clamp && schema.getBoolean("x-clamp", false);
        if (text.length() > 18) {
          return clamped
              ? (text.startsWith("-") ? schema.getValue("minimum") : schema.getValue("maximum"))
              : text;
        }
        long number = Long.parseLong(text);
        return clamped
            ? Math.max(schema.getLong("minimum"), Math.min(schema.getLong("maximum"), number))
            : number;
      case "boolean":
        return switch (text) {
          case "true", "1" -> true;
          case "false", "0" -> false;
          default -> text;
        };
      default:
        return text;
    }
  }

  private JsonObject body(String contentType, Buffer body) {
    if (body == null || body.length() == 0) {
      if (bodyRequired) {
        throw ApiException.invalid("body", "is missing; send a JSON object");
      }
      JsonObject empty = new JsonObject();
      bodyNames.apply(empty);
      return empty;
    }
    if (contentType != null && !isJson(contentType)) {
      throw new ApiException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "the body must be JSON in UTF-8: send it with Content-Type: application/json",
          new JsonObject().put("supported", new JsonArray().add("application/json")));
    }
    Object value;
    try {
      value = Json.decodeValue(body);
    } catch (DecodeException malformed) {
      throw ApiException.invalid(
          "body",
          "is not valid JSON"
              + place(malformed)
              + (contentType == null && !otherTypes.isEmpty()
                  ? "; what is not JSON needs its Content-Type, one of " + otherTypes
                  : ""));
    }
    if (!(value instanceof JsonObject object)) {
      throw ApiException.invalid("body", "must be a JSON object");
    }
    bodyNames.apply(object);
    return object;
  }

  /**
   * Checks an object as if it were this operation's body; changes it in place to the documented
   * names.
   *
   * @throws ApiException with everything that is wrong with it
   */
  void checkObject(JsonObject object) {
    bodyNames.apply(object);
    List<ApiException.Field> broken = new ArrayList<>(bodyRules.broken(object));
    unstorable("", object, 0, broken);
    if (!broken.isEmpty()) {
      throw ApiException.invalid(broken);
    }
  }

  static boolean isJson(String contentType) {
    if (contentType.equals("application/json")) {
      return true;
    }
    String[] parts = contentType.toLowerCase(Locale.ROOT).replace(" ", "").split(";");
    boolean json =
        parts.length > 0
            && (parts[0].equals("application/json")
                || parts[0].matches("application/[a-z0-9.+-]+\\+json"));
    for (int i = 1; i < parts.length; i++) {
      String value = parts[i].replace("\"", "");
      json &=
          !value.startsWith("charset=")
              || value.equals("charset=utf-8")
              || value.equals("charset=utf8");
    }
    return json;
  }

  private static String place(DecodeException malformed) {
    if (malformed.getCause() instanceof StreamConstraintsException) {
      return ": it is nested too deeply, or a number or name in it is too long";
    }
    if (malformed.getCause() instanceof com.fasterxml.jackson.core.JsonProcessingException cause
        && cause.getLocation() != null) {
      return ": look at line "
          + cause.getLocation().getLineNr()
          + ", column "
          + cause.getLocation().getColumnNr();
    }
    return "";
  }

  /**
   * Half a character can be written in JSON but not in UTF-8: stored, it would become a question
   * mark.
   */
  private static boolean encodable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isHighSurrogate(unit)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(unit)) {
        return false;
      }
    }
    return true;
  }

  /**
   * What is found here is the client's mistake and found in the database would look like ours:
   * Postgres stores every character but U+0000, MariaDB no JSON of more than 32 levels.
   */
  private static void unstorable(
      String field, Object value, int level, List<ApiException.Field> broken) {
    if (level > DEEPEST) {
      String member = field.replaceFirst("[.\\[].*", "");
      ApiException.Field deep =
          new ApiException.Field(member, "must not be nested deeper than " + DEEPEST + " levels");
      if (!broken.contains(deep)) {
        broken.add(deep);
      }
    } else if (value instanceof String text && text.indexOf('\0') >= 0) {
      broken.add(new ApiException.Field(field, "must not contain the character U+0000"));
    } else if (value instanceof String text && !encodable(text)) {
      broken.add(new ApiException.Field(field, "must not contain half of a surrogate pair"));
    } else if (value instanceof JsonObject object) {
      object.forEach(
          member ->
              unstorable(
                  field.isEmpty() ? member.getKey() : field + "." + member.getKey(),
                  member.getValue(),
                  level + 1,
                  broken));
    } else if (value instanceof JsonArray list) {
      for (int i = 0; i < list.size(); i++) {
        unstorable(field + "[" + i + "]", list.getValue(i), level + 1, broken);
      }
    }
  }
}
