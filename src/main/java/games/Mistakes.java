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
    return page(where(learner, List.of(items)), Order.NEWEST, page, limit)
        .compose(
            found ->
                items
                    .load(mysql, learner, found.rows().stream().map(Mistake::itemId).toList())
                    .map(
                        byId ->
                            new GamePage<>(
                                found.rows().stream().map(m -> m.with(shown(byId, m))).toList(),
                                found.total())));
  }

  /**
   * One page of the mistakes of any game, worst first.
   *
   * @param game empty for all games
   */
  public Future<GamePage<Mistake>> ofAll(
      String learner, Optional<GameType> game, int page, int limit) {
    return page(where(learner, wanted(game)), Order.WORST, page, limit);
  }

  /** The statement that counts a learner's mistakes in all games, as {@code total}. */
  static GameItems.Condition total(String learner, Games games) {
    return total(where(learner, games.list()));
  }

  /** For mode {@code mistakes}: the ids of the items to practise, at most {@code limit}. */
  static Future<List<String>> practice(
      SqlClient db, String learner, GameItems items, Order order, int limit) {
    GameItems.Condition where = where(learner, List.of(items));
    List<Object> arguments = new ArrayList<>(where.arguments());
    arguments.add(limit);
    return db.preparedQuery(
            "SELECT m.item_id FROM user_mistakes m WHERE "
                + where.sql()
                + " ORDER BY "
                + order.sql
                + " LIMIT ?")
        .execute(Tuple.from(arguments))
        .map(
            rows -> {
              List<String> ids = new ArrayList<>();
              rows.forEach(row -> ids.add(row.getString(0)));
              return ids;
            });
  }

  private List<GameItems> wanted(Optional<GameType> game) {
    return game.map(type -> List.of(games.items(type))).orElseGet(games::list);
  }

  private static JsonObject shown(Map<String, GameItem> byId, Mistake mistake) {
    GameItem item = byId.get(mistake.itemId());
    return item == null ? new JsonObject() : item.mistakeMembers();
  }

  private static GameItems.Condition where(String learner, List<GameItems> games) {
    List<Object> arguments = new ArrayList<>(List.of(learner));
    List<String> visible = new ArrayList<>();
    for (GameItems items : games) {
      GameItems.Condition condition = items.visibleMistakes(learner);
      visible.add("(m.game_type = ? AND (" + condition.sql() + "))");
      arguments.add(items.game().wireName());
      arguments.addAll(condition.arguments());
    }
    return new GameItems.Condition(
        "m.user_id = ? AND (" + String.join(" OR ", visible) + ")", arguments);
  }

  private Future<GamePage<Mistake>> page(
      GameItems.Condition where, Order order, int page, int limit) {
    List<Object> arguments = new ArrayList<>(where.arguments());
    arguments.add(limit);
    arguments.add((page - 1L) * limit);
    return TotalAndPage.runInPlace(
            mysql,
            total(where),
            new GameItems.Condition(
                "m.id AS mistake, ROW_NUMBER() OVER (ORDER BY "
                    + order.sql
                    + ") AS place FROM user_mistakes m WHERE "
                    + where.sql()
                    + " ORDER BY place LIMIT ? OFFSET ?",
                arguments),
            COLUMNS,
            "LEFT JOIN user_mistakes m ON m.id = p.mistake")
        .map(
            found -> new GamePage<>(found.map(Mistakes::mistake), found.totals().getLong("total")));
  }

  private static GameItems.Condition total(GameItems.Condition where) {
    return new GameItems.Condition(
        "SELECT COUNT(*) AS total FROM user_mistakes m WHERE " + where.sql(), where.arguments());
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
