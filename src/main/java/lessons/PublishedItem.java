package lessons;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A generated item in the form in which games play it: one row of MySQL's {@code lesson_exercises}.
 *
 * @param id as generated; empty when the producer gave none that fits
 * @param type a game type of the wire contract
 * @param topicId empty for the pseudo-topic of lessons
 * @param data shape of section 3.5 of the wire contract
 * @param difficulty easy, medium or hard
 */
record PublishedItem(
    Optional<String> id,
    String type,
    Optional<String> topicId,
    Optional<String> topicName,
    JsonObject data,
    String difficulty,
    Optional<String> hint,
    Optional<String> explanation) {}
