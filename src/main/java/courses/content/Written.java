package courses.content;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Content that passed the gate, with where it is from.
 *
 * @param author {@code model} or {@code rules}
 * @param warnings what the owner may want to know, such as fewer items than asked for
 * @param rejected items the gate took out, counted by rule
 */
public record Written<T extends Record & Content>(
    T content, String author, List<String> warnings, Map<String, Integer> rejected) {
  public static final String MODEL = "model";
  public static final String RULES = "rules";

  /** As JSON, with the content below {@code content}. */
  public JsonObject toJson() {
    return origin().put("content", content.toJson());
  }

  /** As JSON without the content itself: where it is from. */
  public JsonObject origin() {
    JsonObject counts = new JsonObject();
    new TreeMap<>(rejected).forEach(counts::put);
    return new JsonObject()
        .put("author", author)
        .put("warnings", new JsonArray(warnings))
        .put("rejected", counts);
  }

  /** Reads what {@link #toJson} wrote. */
  public static <T extends Record & Content> Written<T> read(Class<T> type, JsonObject json) {
    Map<String, Integer> counts = new TreeMap<>();
    JsonObject rejected = json.getJsonObject("rejected", new JsonObject());
    rejected.fieldNames().forEach(rule -> counts.put(rule, rejected.getInteger(rule)));
    return new Written<>(
        Content.read(type, json.getJsonObject("content")),
        json.getString("author"),
        json.getJsonArray("warnings", new JsonArray()).stream().map(String.class::cast).toList(),
        Map.copyOf(counts));
  }
}
