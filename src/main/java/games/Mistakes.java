package games;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads learners' mistakes. Mistakes of items that are gone, or that the learner may no longer see,
 * stay stored and are left out everywhere.
 */
public final class Mistakes {
  /** Which mistakes come first. */
  public enum Order {
    NEWEST("m.last_answered_at DESC, m.id DESC"),
    /** Most often wrong, then newest. */
    WORST("m.mistake_count DESC, m.last_answered_at DESC, m.id DESC");

    private final String sql;

    Order(String sql) {
      this.sql = sql;
    }
  }

  private static final String COLUMNS =
      "m.id, m.user_id, m.game_type, m.item_id, m.user_answer, m.correct_answer,"
          + " m.selected_answers, m.error_type, m.mistake_count, m.last_answered_at, m.created_at";

  private final SqlClient mysql;
  private final Games games;

  public Mistakes(SqlClient mysql, Games games) {
    this.mysql = mysql;
    this.games = games;
  }

  /** One page of a game's mistakes, newest first, with what the game shows of the items. */
  public Future<GamePage<Mistake>> ofGame(String learner, GameType game, int page, int limit) {
    GameItems items = games.items(game);
    return page(games.mistakes(Optional.of(game)).of(learner), Order.NEWEST, page, limit)
        .compose(
            found ->
                items
                    .load(mysql, learner, found.rows().stream().map(Mistake::itemId).toList())
                    .map(
                        byId ->
                            new GamePage<>(
                                found.rows().stream().map(m -> m.with(members(byId, m))).toList(),
                                found.total())));
  }

  /**
   * One page of the mistakes of any game, worst first.
   *
   * @param game empty for all games
   */
  public Future<GamePage<Mistake>> ofAll(
      String learner, Optional<GameType> game, int page, int limit) {
    return page(games.mistakes(game).of(learner), Order.WORST, page, limit);
  }

  /** For mode {@code mistakes}: the ids of the items to practise, at most {@code limit}. */
  static Future<List<String>> practice(
      SqlClient db, String learner, GameItems items, Order order, int limit) {
    GameItems.Condition shown = ShownMistakes.in(List.of(items)).of(learner);
    List<Object> arguments = new ArrayList<>(shown.arguments());
    arguments.add(limit);
    return db.preparedQuery(
            "SELECT m.item_id" + shown.sql() + " ORDER BY " + order.sql + " LIMIT ?")
        .execute(Tuple.from(arguments))
        .map(
            rows -> {
              List<String> ids = new ArrayList<>();
              rows.forEach(row -> ids.add(row.getString(0)));
              return ids;
            });
  }

  private static JsonObject members(Map<String, GameItem> byId, Mistake mistake) {
    GameItem item = byId.get(mistake.itemId());
    return item == null ? new JsonObject() : item.mistakeMembers();
  }

  // A temporary table with a long text is a file on MariaDB: the page is cut from ids, and what it
  // shows is joined by key.
  private Future<GamePage<Mistake>> page(
      GameItems.Condition shown, Order order, int page, int limit) {
    List<Object> arguments = new ArrayList<>(shown.arguments());
    arguments.add(limit);
    arguments.add((page - 1L) * limit);
    return mysql
        .preparedQuery(
            "SELECT "
                + COLUMNS
                + ", p.total, p.place FROM (SELECT m.id AS mistake, COUNT(*) OVER () AS total,"
                + " ROW_NUMBER() OVER (ORDER BY "
                + order.sql
                + ") AS place"
                + shown.sql()
                + " ORDER BY place LIMIT ? OFFSET ?) p JOIN user_mistakes m ON m.id = p.mistake")
        .execute(Tuple.from(arguments))
        .compose(
            rows ->
                rows.size() == 0 && page > 1
                    // the total stands in the rows, and there are none past the end
                    ? count(shown).map(total -> new GamePage<Mistake>(List.of(), total))
                    : Future.succeededFuture(
                        new GamePage<>(
                            TotalAndPage.inPlace(rows).stream().map(Mistakes::mistake).toList(),
                            rows.size() == 0 ? 0 : rows.iterator().next().getLong("total"))));
  }

  private Future<Long> count(GameItems.Condition shown) {
    return mysql
        .preparedQuery("SELECT COUNT(*) AS total" + shown.sql())
        .execute(Tuple.from(shown.arguments()))
        .map(rows -> rows.iterator().next().getLong("total"));
  }

  private static Mistake mistake(Row row) {
    return new Mistake(
        row.getLong("id"),
        row.getString("user_id"),
        GameType.stored(row.getString("game_type")),
        row.getString("item_id"),
        row.getString("user_answer"),
        row.getString("correct_answer"),
        Columns.texts(row, "selected_answers"),
        row.getString("error_type"),
        row.getInteger("mistake_count"),
        Columns.instant(row, "last_answered_at"),
        Columns.instant(row, "created_at"),
        new JsonObject());
  }
}
