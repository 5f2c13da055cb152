package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Map;

/** What a session's items were taken from; at most one is not null. */
record Origin(String wordListId, String topicId, String categoryId) {
  private static final Origin NOWHERE = new Origin(null, null, null);
  private static final Map<GameType, String> CATALOGUES =
      Map.of(
          GameType.ADVANCED_CLOZE, "cloze_topics",
          GameType.GRAMMAR_CHALLENGE, "grammar_categories",
          GameType.SENTENCE_BUILDER, "sentence_topics");

  /**
   * What a reference of a first-generation client names: a list of the learner, a topic, a
   * category, or nothing we know.
   */
  static Future<Origin> of(SqlClient db, String learner, GameType game, String reference) {
    // the database's comparison pads: it would take a name with a blank at its end for another's
    if (reference == null || reference.endsWith(" ")) {
      return Future.succeededFuture(NOWHERE);
    }
    if (game.playsWords()) {
      return ListWords.owned(db, learner, reference)
          .map(mine -> mine ? new Origin(reference, null, null) : NOWHERE);
    }
    return db.preparedQuery(
            "SELECT 1 FROM "
                + CATALOGUES.get(game)
                + " WHERE id = ? UNION ALL SELECT 1 FROM lesson_exercises WHERE exercise_type = ?"
                + " AND topic_id = ? LIMIT 1")
        .execute(Tuple.of(reference, game.wireName(), reference))
        .map(
            rows ->
                rows.size() == 0
                    ? NOWHERE
                    : game == GameType.GRAMMAR_CHALLENGE
                        ? new Origin(null, null, reference)
                        : new Origin(null, reference, null));
  }
}
