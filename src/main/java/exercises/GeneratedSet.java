package exercises;

import exercises.understanding.Understanding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A set and where it comes from.
 *
 * @param model the models whose answers are in it, joined by commas; empty for rules alone
 * @param parts for each kind of items {@code model}, {@code rules}, {@code model+rules} or {@code
 *     none}; empty when no model was asked
 * @param understanding what the rules understood of the lesson
 * @param rejections what was dropped and why, one line each
 * @param spending calls and tokens of this lesson
 */
public record GeneratedSet(
    ExerciseSet set,
    Optional<String> model,
    Map<String, String> parts,
    Understanding understanding,
    List<String> rejections,
    JsonObject spending) {

  /** The set as clients get it, with its origin in {@code metadata}. */
  public JsonObject toJson() {
    JsonObject json = set.toJson();
    if (!parts.isEmpty()) {
      JsonObject origins = new JsonObject();
      new TreeMap<>(parts).forEach(origins::put);
      String gaps = parts.getOrDefault("fill_blank", "") + parts.get("grammar_challenge");
      json.getJsonObject("metadata")
          .put("model", model.orElse(null))
          .put("distractors_enhanced", gaps.contains("model"))
          .put("parts", origins)
          .put("model_usage", spending);
    }
    return json;
  }

  /** What the gate dropped from a set, one line each. */
  public static List<String> told(ExerciseSet set) {
    return set.metadata().rejections().stream()
        .map(r -> r.rule() + ": " + r.kind() + ": " + r.text())
        .toList();
  }

  /** What {@code --explain} shows beside the set. */
  public JsonObject explanation() {
    return understanding.toJson().put("rejections", new JsonArray(List.copyOf(rejections)));
  }
}
