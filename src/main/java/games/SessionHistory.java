package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What learners have completed. */
public final class SessionHistory {
  /** A completed session's score as SQL; rows that came without one count as computed. */
  static final String SCORE =
      "COALESCE(final_score, 100 * correct_count / GREATEST(1, correct_count + incorrect_count))";

  /** A completed session. */
  public record Entry(
      String id,
      GameType game,
      String classId,
      String mode,
      double score,
      int correct,
      int incorrect,
      Instant startedAt,
      Instant completedAt) {}

  /**
   * A page of completed sessions, newest first, with the totals of all pages.
   *
   * @param averageScore 0 to 100, two decimals
   */
  public record Completed(
      List<Entry> page, long sessions, long correct, long incorrect, double averageScore) {}

  private final Pool mysql;
  private final LearnerTotals totals;

  public SessionHistory(Pool mysql, LearnerTotals totals) {
    this.mysql = mysql;
    this.totals = totals;
  }

  /**
   * A learner's completed sessions.
   *
   * @param game empty for all games
   * @param page from 1
   */
  public Future<Completed> completed(String learner, Optional<GameType> game, int page, int limit) {
    List<Object> arguments = new ArrayList<>(List.of(learner));
    String where = " FROM game_sessions WHERE user_id = ? AND status = 'completed'";
    if (game.isPresent()) {
      where += " AND game_type = ?";
      arguments.add(game.get().wireName());
    }
    GameItems.Condition all = LearnerTotals.rows(learner, game);
    List<Object> paged = new ArrayList<>(arguments);
    paged.add(limit);
    paged.add((page - 1L) * limit);
    return TotalAndPage.run(
            mysql,
            new GameItems.Condition(
                "SELECT COALESCE(SUM(completed), 0) AS sessions, COALESCE(SUM(completed_correct),"
                    + " 0) AS rights, COALESCE(SUM(completed_incorrect), 0) AS wrongs,"
                    + " COALESCE(ROUND(SUM(score_sum) / SUM(completed), 2), 0) AS average,"
                    + " COALESCE(SUM(unfolded), 0) AS unfolded FROM ("
                    + all.sql()
                    + ") g",
                all.arguments()),
            new GameItems.Condition(
                "id, game_type, class_id, mode, "
                    + SCORE
                    + " AS score, correct_count, incorrect_count, started_at, completed_at"
                    + where
                    + " ORDER BY completed_at DESC, id DESC LIMIT ? OFFSET ?",
                paged),
            "p.completed_at DESC, p.id DESC")
        .map(
            found -> {
              totals.read(learner, found.totals().getLong("unfolded"));
              return new Completed(
                  found.map(SessionHistory::entry),
                  found.totals().getLong("sessions"),
                  found.totals().getLong("rights"),
                  found.totals().getLong("wrongs"),
                  found.totals().getDouble("average"));
            });
  }

  private static Entry entry(Row row) {
    return new Entry(
        row.getString("id"),
        GameType.stored(row.getString("game_type")),
        row.getString("class_id"),
        row.getString("mode"),
        row.getDouble("score"),
        row.getInteger("correct_count"),
        row.getInteger("incorrect_count"),
        Columns.instant(row, "started_at"),
        Columns.instant(row, "completed_at"));
  }
}
