package lessons;

import io.vertx.core.json.JsonArray;
import java.util.Optional;

/**
 * A lesson's stored texts.
 *
 * @param original as it was received; before cleaning, what another writer put into {@code
 *     transcript}
 * @param cleaned a turn a line, present once cleaned
 * @param utterances the turns with speakers and times, present once cleaned
 */
public record TranscriptRow(
    Lesson lesson,
    Optional<String> original,
    Optional<String> cleaned,
    Optional<JsonArray> utterances) {}
