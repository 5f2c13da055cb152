package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a learner's sessions come to: the rows of {@code learner_totals}, which hold finished
 * sessions, and the sessions that are not in them yet. Both are read by one statement, so a session
 * counts once at every moment, whoever finished it and whenever it is folded in.
 *
 * <p>Finished sessions never change again, so totals need no correction.
 */
public final class LearnerTotals {
  private static final Logger LOG = LoggerFactory.getLogger(LearnerTotals.class);

  /** Reading this many finished sessions one by one is what a reader still does. */
  static final int TOLERATED = 20;

  /** Sessions of one transaction: its locks are held for milliseconds. */
  private static final int CHUNK = 200;

  /** Learners whose sessions are folded in at the same time, by one event loop. */
  private static final int MOST_AT_ONCE = 2;

  private static final String COMPLETED = "status = 'completed'";
  private static final String COUNTED =
      "COUNT(*) AS sessions, SUM("
          + COMPLETED
          + ") AS completed, SUM(correct_count) AS correct, SUM(incorrect_count) AS incorrect,"
          + " SUM(CASE WHEN "
          + COMPLETED
          + " THEN correct_count ELSE 0 END) AS completed_correct, SUM(CASE WHEN "
          + COMPLETED
          + " THEN incorrect_count ELSE 0 END) AS completed_incorrect, SUM(CASE WHEN "
          + COMPLETED
          + " THEN "
          + SessionHistory.SCORE
          + " ELSE 0 END) AS score_sum, MAX(updated_at) AS last_played";
  private static final String COLUMNS =
      "sessions, completed, correct, incorrect, completed_correct, completed_incorrect, score_sum,"
          + " last_played";

  /** As many columns as {@link #rows} has behind the first two. */
  static final String NOTHING_ELSE = ", 0, 0, 0, 0, 0, 0, NULL, 0";

  private static final String FINISHED =
      "SELECT id FROM game_sessions WHERE user_id = ? AND in_totals = 0 AND status IN ('abandoned',"
          + " 'completed') LIMIT ? FOR UPDATE";

  private final Pool mysql;
  private final Set<String> folding = ConcurrentHashMap.newKeySet();

  public LearnerTotals(Pool mysql) {
    this.mysql = mysql;
  }

  /**
   * The learner's games, up to two rows each: columns {@code game_type}, those of {@code
   * learner_totals}, and {@code unfolded}, the finished sessions that are not in the totals yet.
   *
   * @param game empty for all games
   */
  static GameItems.Condition rows(String learner, Optional<GameType> game) {
    String ofGame = game.isPresent() ? " AND game_type = ?" : "";
    List<Object> arguments = new ArrayList<>();
    for (int part = 0; part < 2; part++) {
      arguments.add(learner);
      game.ifPresent(type -> arguments.add(type.wireName()));
    }
    return new GameItems.Condition(
        "SELECT game_type, "
            + COLUMNS
            + ", 0 AS unfolded FROM learner_totals WHERE user_id = ?"
            + ofGame
            + " UNION ALL SELECT game_type, "
            + COUNTED
            + ", SUM(status <> 'active') AS unfolded FROM game_sessions WHERE user_id = ? AND"
            + " in_totals = 0"
            + ofGame
            + " GROUP BY game_type",
        arguments);
  }

  /**
   * Has a learner's finished sessions folded into the totals when reading them one by one has
   * become dear. Returns at once; what fails is tried again by the next reader.
   */
  void read(String learner, long unfolded) {
    if (unfolded <= TOLERATED || folding.size() >= MOST_AT_ONCE || !folding.add(learner)) {
      return;
    }
    fold(learner)
        .onComplete(
            done -> {
              folding.remove(learner);
              if (done.failed()) {
                LOG.warn(
                    "finished sessions of a learner could not be summed up; the next look at their"
                        + " statistics tries again: {}",
                    done.cause().getMessage());
              }
            });
  }

  /**
   * Moves all of a learner's finished sessions into the totals. Safe on several nodes at once.
   *
   * @return how many were moved
   */
  Future<Integer> fold(String learner) {
    return Transactions.run(mysql, transaction -> chunk(transaction, learner))
        .compose(
            moved ->
                moved < CHUNK
                    ? Future.succeededFuture(moved)
                    : fold(learner).map(further -> moved + further));
  }

  private static Future<Integer> chunk(SqlConnection transaction, String learner) {
    return transaction
        .preparedQuery(FINISHED)
        .execute(Tuple.of(learner, CHUNK))
        .compose(
            rows -> {
              List<Object> ids = new ArrayList<>();
              rows.forEach(row -> ids.add(row.getString(0)));
              return ids.isEmpty()
                  ? Future.succeededFuture(0)
                  : add(transaction, ids).map(ids.size());
            });
  }

  private static Future<Void> add(SqlConnection transaction, List<Object> ids) {
    String chosen = " WHERE id IN (" + Columns.placeholders(ids.size()) + ")";
    return transaction
        .preparedQuery(
            "INSERT INTO learner_totals (user_id, game_type, "
                + COLUMNS
                + ") SELECT user_id, game_type, "
                + COUNTED
                + " FROM game_sessions"
                + chosen
                + " GROUP BY user_id, game_type ON DUPLICATE KEY UPDATE "
                + "sessions = learner_totals.sessions + VALUES(sessions),"
                + " completed = learner_totals.completed + VALUES(completed),"
                + " correct = learner_totals.correct + VALUES(correct),"
                + " incorrect = learner_totals.incorrect + VALUES(incorrect),"
                + " completed_correct = learner_totals.completed_correct +"
                + " VALUES(completed_correct),"
                + " completed_incorrect = learner_totals.completed_incorrect +"
                + " VALUES(completed_incorrect),"
                + " score_sum = learner_totals.score_sum + VALUES(score_sum),"
                + " last_played = GREATEST(learner_totals.last_played, VALUES(last_played))")
        .execute(Tuple.from(ids))
        .compose(
            added ->
                transaction
                    .preparedQuery("UPDATE game_sessions SET in_totals = 1" + chosen)
                    .execute(Tuple.from(ids)))
        .mapEmpty();
  }
}
