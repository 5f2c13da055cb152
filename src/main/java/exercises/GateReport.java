package exercises;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the quality gate decided.
 *
 * @param kept the set without the items that broke a rule; its metadata carries warnings and
 *     rejections
 * @param rejections the dropped items, in the order they were looked at
 */
public record GateReport(ExerciseSet kept, List<Rejection> rejections) {
  public GateReport {
    rejections = List.copyOf(rejections);
  }

  /**
   * One dropped item.
   *
   * @param kind the list of the set it stood in, such as {@code fill_blank}
   * @param itemId its id, or null when it had none
   * @param rule name of the first rule it broke
   * @param text what identifies the item to a reader: its word or sentence with its options, at
   *     most 300 characters
   */
  public record Rejection(String kind, String itemId, String rule, String text) {
    /** Why, in a sentence about all items. */
    public String reason() {
      return GateRules.reason(rule);
    }

    /** As kept with the set. */
    public JsonObject toJson() {
      return new JsonObject()
          .put("kind", kind)
          .put("rule", rule)
          .put("reason", reason())
          .put("text", text);
    }
  }

  /** Dropped items by the name of the first rule each broke. */
  public Map<String, Integer> rejected() {
    Map<String, Integer> counts = new TreeMap<>();
    rejections.forEach(rejection -> counts.merge(rejection.rule(), 1, Integer::sum));
    return counts;
  }
}
