package games;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Words drawn at random from a learner's lists, for first-generation clients that play them without
 * a session.
 */
public final class SpellingWords {
  private final Pool mysql;

  public SpellingWords(Pool mysql) {
    this.mysql = mysql;
  }

  /**
   * Which words.
   *
   * @param classId only those of lists of this class
   * @param difficulty only those of this difficulty
   */
  public record Filter(Optional<String> classId, Optional<String> difficulty) {}

  /**
   * At most {@code limit} words, as sessions show them with {@code listName}; the total is the
   * number of words to draw from.
   *
   * @param order the same text gives the same order, so that pages don't overlap; empty: another
   *     one each time
   * @param page from 1
   */
  public Future<GamePage<JsonObject>> draw(
      String learner, Filter filter, Optional<String> order, int page, int limit) {
    List<Object> arguments = new ArrayList<>(List.of(learner));
    StringBuilder where =
        new StringBuilder(
            " FROM words w JOIN word_lists l ON l.id = w.list_id WHERE l.user_id = ?");
    filter
        .classId()
        .ifPresent(
            id -> {
              where.append(" AND l.class_id = ?");
              arguments.add(id);
            });
    filter
        .difficulty()
        .ifPresent(
            level -> {
              where.append(" AND w.difficulty = ?");
              arguments.add(level);
            });
    Future<RowSet<Row>> total =
        mysql.preparedQuery("SELECT COUNT(*)" + where).execute(Tuple.from(arguments));
    List<Object> limited = new ArrayList<>(arguments);
    order.ifPresent(limited::add);
    limited.addAll(List.of(limit, (page - 1L) * limit));
    Future<RowSet<Row>> rows =
        mysql
            .preparedQuery(
                "SELECT "
                    + Word.COLUMNS
                    + ", l.name AS list_name"
                    + where
                    + (order.isPresent()
                        ? " ORDER BY MD5(CONCAT(?, w.id)), w.id"
                        : " ORDER BY RAND()")
                    + " LIMIT ? OFFSET ?")
            .execute(Tuple.from(limited));
    return Future.all(total, rows)
        .map(
            both -> {
              List<JsonObject> words = new ArrayList<>();
              rows.result()
                  .forEach(
                      row ->
                          words.add(
                              WordCard.of(GameType.SPELLING_BEE, Word.read(row, 0))
                                  .json()
                                  .put("listName", row.getString("list_name"))));
              return new GamePage<>(words, total.result().iterator().next().getLong(0));
            });
  }
}
