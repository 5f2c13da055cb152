package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;

/**
 * How much learners played and how well, from the sessions' counters, which always equal the
 * recorded results.
 */
public final class GameStats {
  /**
   * One game of one learner.
   *
   * @param sessions started
   * @param completed of them
   * @param correct right answers in all of them
   * @param averageScore of the completed ones, 0 to 100, two decimals; 0 without any
   * @param lastPlayed time of the last start, answer or completion; null when never played
   */
  public record Totals(
      GameType game,
      long sessions,
      long completed,
      long correct,
      long incorrect,
      double averageScore,
      Instant lastPlayed) {
    /** Percent of right answers, 0 to 100; 0 without answers. */
    public int accuracy() {
      return Practice.percent(correct, correct + incorrect);
    }
  }

  /**
   * All games of one learner.
   *
   * @param games those that were played
   * @param mistakes in all of them
   */
  public record All(List<Totals> games, long mistakes) {}

  /** What a learner collected. */
  public record Lists(long lists, long favoriteLists, long words, long favoriteWords) {}

  private static final String SELECT =
      "SELECT game_type, COUNT(*) AS sessions, COALESCE(SUM(status = 'completed'), 0) AS completed,"
          + " COALESCE(SUM(correct_count), 0) AS rights, COALESCE(SUM(incorrect_count), 0) AS"
          + " wrongs, COALESCE(ROUND(AVG(CASE WHEN status = 'completed' THEN "
          + SessionHistory.SCORE
          + " END), 2), 0) AS score, MAX(updated_at) AS last_played FROM game_sessions WHERE"
          + " user_id = ?";
  private static final String LISTS =
      "SELECT COUNT(DISTINCT l.id) AS lists, COUNT(DISTINCT CASE WHEN l.is_favorite THEN l.id END)"
          + " AS favorite_lists, COUNT(w.id) AS words, COALESCE(SUM(w.is_favorite), 0) AS"
          + " favorite_words FROM word_lists l LEFT JOIN words w ON w.list_id = l.id WHERE"
          + " l.user_id = ?";

  private final Pool mysql;
  private final Games games;

  public GameStats(Pool mysql, Games games) {
    this.mysql = mysql;
    this.games = games;
  }

  /** One game; all zero when never played. */
  public Future<Totals> ofGame(String learner, GameType game) {
    return mysql
        .preparedQuery(SELECT + " AND game_type = ? GROUP BY game_type")
        .execute(Tuple.of(learner, game.wireName()))
        .map(
            rows -> {
              for (Row row : rows) {
                return totals(row);
              }
              return new Totals(game, 0, 0, 0, 0, 0, null);
            });
  }

  /** The games the learner has played, and the mistakes there are to practise. */
  public Future<All> ofAll(String learner) {
    return TotalAndPage.run(
            mysql,
            Mistakes.total(learner, games),
            new GameItems.Condition(
                SELECT.substring("SELECT ".length()) + " GROUP BY game_type", List.of(learner)),
            "p.game_type")
        .map(found -> new All(found.map(GameStats::totals), found.totals().getLong("total")));
  }

  public Future<Lists> lists(String learner) {
    return mysql
        .preparedQuery(LISTS)
        .execute(Tuple.of(learner))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Lists(
                  row.getLong("lists"),
                  row.getLong("favorite_lists"),
                  row.getLong("words"),
                  row.getLong("favorite_words"));
            });
  }

  private static Totals totals(Row row) {
    return new Totals(
        GameType.stored(row.getString("game_type")),
        row.getLong("sessions"),
        row.getLong("completed"),
        row.getLong("rights"),
        row.getLong("wrongs"),
        row.getDouble("score"),
        Columns.instant(row, "last_played"));
  }
}
