package games;

import io.vertx.core.json.JsonObject;

/**
 * What became of a result.
 *
 * @param progress the session's, as it is now
 * @param result the stored result; of a duplicate, the one stored first
 * @param duplicate whether nothing was changed, because the result had been recorded before
 * @param outcome what the game says of it, see {@link GameItem#outcome}; empty when the item is
 *     gone meanwhile
 */
public record Recording(
    Session.Progress progress, RecordedResult result, boolean duplicate, JsonObject outcome) {}
