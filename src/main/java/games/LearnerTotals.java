package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a learner's sessions come to: the rows of {@code learner_totals}, which hold finished
 * sessions, those of {@code learner_open_totals}, which hold sessions that rest, and what sessions
 * have beyond that. All is read by one statement, so a session counts once at every moment, whoever
 * plays or finishes it and whenever it is folded in.
 *
 * <p>Finished sessions never change again, so their totals need no correction. One that rested when
 * it was summed up may go on; what it had then stands beside its counters, and the difference
 * counts until it is summed up again.
 */
public final class LearnerTotals {
  private static final Logger LOG = LoggerFactory.getLogger(LearnerTotals.class);

  /** Reading this many sessions one by one is what a reader still does. */
  static final int TOLERATED = 20;

  /** Sessions of one transaction: its locks are held for milliseconds. */
  private static final int CHUNK = 200;

  /** Learners whose sessions are folded in at the same time, by one event loop. */
  private static final int MOST_AT_ONCE = 2;

  private static final String COMPLETED = "status = 'completed'";
  private static final String NOT_YET = "in_totals = 0 AND ";

  /** Whoever has not answered for so long may have gone for good. */
  private static final Duration REST = Duration.ofMinutes(1);

  /** Of sessions that are in no totals. */
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

  // What sessions have that no totals say: nothing of a finished one that is in the totals, and of
  // the others what was summed up before is taken off.
  private static final String BEYOND =
      "SUM(in_totals = 0) - SUM(summed) AS sessions, SUM("
          + NOT_YET
          + COMPLETED
          + ") AS completed, SUM(CASE WHEN in_totals = 0 THEN correct_count ELSE 0 END -"
          + " summed_correct) AS correct, SUM(CASE WHEN in_totals = 0 THEN incorrect_count ELSE 0"
          + " END - summed_incorrect) AS incorrect, SUM(CASE WHEN "
          + NOT_YET
          + COMPLETED
          + " THEN correct_count ELSE 0 END) AS completed_correct, SUM(CASE WHEN "
          + NOT_YET
          + COMPLETED
          + " THEN incorrect_count ELSE 0 END) AS completed_incorrect, SUM(CASE WHEN "
          + NOT_YET
          + COMPLETED
          + " THEN "
          + SessionHistory.SCORE
          + " ELSE 0 END) AS score_sum, MAX(updated_at) AS last_played";

  /** What is worth summing up: finished sessions, and those that rest. */
  private static final String SETTLED = "to_sum = 1 AND (status <> 'active' OR updated_at < ?)";

  private static final String CANDIDATES =
      "SELECT id FROM game_sessions WHERE user_id = ? AND " + SETTLED + " LIMIT ?";

  private final Pool mysql;
  private final Set<String> folding = ConcurrentHashMap.newKeySet();

  public LearnerTotals(Pool mysql) {
    this.mysql = mysql;
  }

  /**
   * The learner's games, up to three rows each: columns {@code game_type}, those of {@code
   * learner_totals}, and {@code unfolded}, the sessions that could be summed up and are not yet.
   *
   * @param game empty for all games
   */
  static GameItems.Condition rows(String learner, Optional<GameType> game) {
    String ofGame = game.isPresent() ? " AND game_type = ?" : "";
    List<Object> arguments = new ArrayList<>();
    for (int part = 0; part < 3; part++) {
      if (part == 2) {
        arguments.add(resting());
      }
      arguments.add(learner);
      game.ifPresent(type -> arguments.add(type.wireName()));
    }
    return new GameItems.Condition(
        "SELECT game_type, "
            + COLUMNS
            + ", 0 AS unfolded FROM learner_totals WHERE user_id = ?"
            + ofGame
            + " UNION ALL SELECT game_type, sessions, 0, correct, incorrect, 0, 0, 0, last_played,"
            + " 0 FROM learner_open_totals WHERE user_id = ?"
            + ofGame
            + " UNION ALL SELECT game_type, "
            + BEYOND
            + ", SUM(status <> 'active' OR updated_at < ?) AS unfolded FROM game_sessions WHERE"
            + " user_id = ? AND to_sum = 1"
            + ofGame
            + " GROUP BY game_type",
        arguments);
  }

  private static LocalDateTime resting() {
    return Columns.time(Columns.now().minus(REST));
  }

  /**
   * Has a learner's sessions folded into the totals when reading them one by one has become dear.
   * Returns at once; what fails is tried again by the next reader.
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
                    "sessions of a learner could not be summed up; the next look at their"
                        + " statistics tries again: {}",
                    done.cause().getMessage());
              }
            });
  }

  /**
   * Sums up all of a learner's finished and resting sessions. Safe on several nodes at once.
   *
   * @return how many were summed up
   */
  Future<Integer> fold(String learner) {
    LocalDateTime resting = resting();
    return mysql
        .preparedQuery(CANDIDATES)
        .execute(Tuple.of(learner, resting, CHUNK))
        .compose(
            rows -> {
              List<Object> ids = ids(rows);
              return ids.isEmpty()
                  ? Future.succeededFuture(0)
                  : Transactions.run(mysql, transaction -> chunk(transaction, ids, resting))
                      .compose(
                          moved ->
                              ids.size() < CHUNK || moved == 0
                                  ? Future.succeededFuture(moved)
                                  : fold(learner).map(further -> moved + further));
            });
  }

  private static List<Object> ids(RowSet<Row> rows) {
    List<Object> ids = new ArrayList<>(rows.size());
    rows.forEach(row -> ids.add(row.getString(0)));
    return ids;
  }

  /** Locks these sessions and no others, as far as they still rest. */
  private static Future<Integer> chunk(
      SqlConnection transaction, List<Object> candidates, LocalDateTime resting) {
    List<Object> arguments = new ArrayList<>(candidates);
    arguments.add(resting);
    return transaction
        .preparedQuery(
            "SELECT id FROM game_sessions WHERE "
                + among(candidates)
                + " AND "
                + SETTLED
                + " ORDER BY id FOR UPDATE")
        .execute(Tuple.from(arguments))
        .compose(
            rows -> {
              List<Object> ids = ids(rows);
              return ids.isEmpty()
                  ? Future.succeededFuture(0)
                  : addFinished(transaction, ids)
                      .compose(added -> addResting(transaction, ids))
                      .compose(added -> mark(transaction, ids))
                      .map(ids.size());
            });
  }

  private static String among(List<Object> ids) {
    return "id IN (" + Columns.placeholders(ids.size()) + ")";
  }

  private static Future<Void> addFinished(SqlConnection transaction, List<Object> ids) {
    return transaction
        .preparedQuery(
            "INSERT INTO learner_totals (user_id, game_type, "
                + COLUMNS
                + ") SELECT user_id, game_type, "
                + COUNTED
                + " FROM game_sessions WHERE "
                + among(ids)
                + " AND in_totals = 0 AND status <> 'active'"
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
        .mapEmpty();
  }

  /** What finished sessions were summed up with while they rested is taken off again. */
  private static Future<Void> addResting(SqlConnection transaction, List<Object> ids) {
    return transaction
        .preparedQuery(
            "INSERT INTO learner_open_totals (user_id, game_type, sessions, correct, incorrect,"
                + " last_played) SELECT user_id, game_type, SUM(status = 'active') - SUM(summed),"
                + " SUM(CASE WHEN status = 'active' THEN correct_count ELSE 0 END -"
                + " summed_correct), SUM(CASE WHEN status = 'active' THEN incorrect_count ELSE 0"
                + " END - summed_incorrect), MAX(updated_at) FROM game_sessions WHERE "
                + among(ids)
                + " AND (status = 'active' OR summed = 1) GROUP BY user_id, game_type ON DUPLICATE"
                + " KEY UPDATE sessions = learner_open_totals.sessions + VALUES(sessions),"
                + " correct = learner_open_totals.correct + VALUES(correct),"
                + " incorrect = learner_open_totals.incorrect + VALUES(incorrect),"
                + " last_played = GREATEST(learner_open_totals.last_played, VALUES(last_played))")
        .execute(Tuple.from(ids))
        .mapEmpty();
  }

  private static Future<Void> mark(SqlConnection transaction, List<Object> ids) {
    return transaction
        .preparedQuery(
            "UPDATE game_sessions SET in_totals = (status <> 'active'), summed = (status ="
                + " 'active'), summed_correct = CASE WHEN status = 'active' THEN correct_count ELSE"
                + " 0 END, summed_incorrect = CASE WHEN status = 'active' THEN incorrect_count ELSE"
                + " 0 END WHERE "
                + among(ids))
        .execute(Tuple.from(ids))
        .mapEmpty();
  }
}
