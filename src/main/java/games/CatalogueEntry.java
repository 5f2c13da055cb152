package games;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * What the items of all three catalogues have in common.
 *
 * @param topicId topic or category; {@link #GENERAL} for an item of a lesson without one
 * @param lessonId null for an authored item that belongs to no lesson
 * @param difficulty {@code easy}, {@code medium}, {@code hard} or null
 * @param hint null when there is none
 * @param explanation null when there is none
 */
record CatalogueEntry(
    String id,
    String topicId,
    String lessonId,
    String difficulty,
    String hint,
    String explanation,
    Instant createdAt) {

  /** The pseudo-topic of lesson items that have no topic. */
  static final String GENERAL = "general";

  private static final String NO_HINT = "There is no hint for this one yet.";

  /** The hint as learners get it. Never made of the explanation or the answer. */
  String hintOrNone() {
    return hint == null || hint.isBlank() ? NO_HINT : hint;
  }

  /**
   * Adds the members that say where the item belongs: {@code topicMember} and its twin with {@code
   * Id}, and so on.
   */
  JsonObject addPlace(JsonObject json, String topicMember) {
    return json.put(topicMember, topicId)
        .put(topicMember + "Id", topicId)
        .put("lesson", lessonId)
        .put("lessonId", lessonId)
        .put("difficulty", difficulty)
        .put("createdAt", IsoTime.of(createdAt));
  }
}
