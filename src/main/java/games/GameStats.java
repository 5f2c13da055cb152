package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** Stands where rows of games have their name; the number is where they have their sessions. */
  private static final String MISTAKES = "mistakes";

  private static final String LISTS =
      "SELECT COUNT(DISTINCT l.id) AS lists, COUNT(DISTINCT CASE WHEN l.is_favorite THEN l.id END)"
          + " AS favorite_lists, COUNT(w.id) AS words, COALESCE(SUM(w.is_favorite), 0) AS"
          + " favorite_words FROM word_lists l LEFT JOIN words w ON w.list_id = l.id WHERE"
          + " l.user_id = ?";

  private final Pool mysql;
  private final Games games;
  private final LearnerTotals totals;

  public GameStats(Pool mysql, Games games, LearnerTotals totals) {
    this.mysql = mysql;
    this.games = games;
    this.totals = totals;
  }

  /** One game; all zero when never played. */
  public Future<Totals> ofGame(String learner, GameType game) {
    GameItems.Condition wanted = LearnerTotals.rows(learner, Optional.of(game));
    return mysql
        .preparedQuery(wanted.sql())
        .execute(Tuple.from(wanted.arguments()))
        .map(
            rows -> {
              List<Totals> found = byGame(learner, rows);
              return found.isEmpty() ? new Totals(game, 0, 0, 0, 0, 0, null) : found.get(0);
            });
  }

  /** The games the learner has played, and the mistakes there are to practise. */
  public Future<All> ofAll(String learner) {
    GameItems.Condition played = LearnerTotals.rows(learner, Optional.empty());
    GameItems.Condition mistakes = games.mistakes(Optional.empty()).of(learner);
    List<Object> arguments = new ArrayList<>(played.arguments());
    arguments.addAll(mistakes.arguments());
    return mysql
        .preparedQuery(
            played.sql()
                + " UNION ALL SELECT '"
                + MISTAKES
                + "', COUNT(*)"
                + LearnerTotals.NOTHING_ELSE
                + mistakes.sql())
        .execute(Tuple.from(arguments))
        .map(
            rows -> {
              List<Row> ofGames = new ArrayList<>();
              long mistaken = 0;
              for (Row row : rows) {
                if (row.getString("game_type").equals(MISTAKES)) {
                  mistaken = row.getLong("sessions");
                } else {
                  ofGames.add(row);
                }
              }
              return new All(byGame(learner, ofGames), mistaken);
            });
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

  private List<Totals> byGame(String learner, Iterable<Row> rows) {
    Map<GameType, Sum> sums = new EnumMap<>(GameType.class);
    long unfolded = 0;
    for (Row row : rows) {
      sums.merge(GameType.stored(row.getString("game_type")), Sum.of(row), Sum::and);
      unfolded += row.getLong("unfolded");
    }
    totals.read(learner, unfolded);
    List<Totals> found = new ArrayList<>();
    sums.forEach((game, sum) -> found.add(sum.totals(game)));
    found.sort(Comparator.comparing(each -> each.game().wireName()));
    return found;
  }

  private record Sum(
      long sessions,
      long completed,
      long correct,
      long incorrect,
      BigDecimal scores,
      Instant last) {
    static Sum of(Row row) {
      return new Sum(
          row.getLong("sessions"),
          row.getLong("completed"),
          row.getLong("correct"),
          row.getLong("incorrect"),
          row.getBigDecimal("score_sum"),
          Columns.instant(row, "last_played"));
    }

    Sum and(Sum other) {
      return new Sum(
          sessions + other.sessions,
          completed + other.completed,
          correct + other.correct,
          incorrect + other.incorrect,
          scores.add(other.scores),
          last.isAfter(other.last) ? last : other.last);
    }

    Totals totals(GameType game) {
      double average =
          completed == 0
              ? 0
              : scores.divide(BigDecimal.valueOf(completed), 2, RoundingMode.HALF_UP).doubleValue();
      return new Totals(game, sessions, completed, correct, incorrect, average, last);
    }
  }
}
