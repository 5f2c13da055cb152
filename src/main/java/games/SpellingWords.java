package games;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Words drawn at random from a learner's lists, for first-generation clients that play them without
 * a session.
 */
public final class SpellingWords {
  // behind the total and the page's mark, place and id
  private static final int WORD_AT = 4;

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
    List<Object> limited = new ArrayList<>();
    order.ifPresent(limited::add);
    limited.addAll(arguments);
    limited.addAll(List.of(limit, (page - 1L) * limit));
    return TotalAndPage.runInPlace(
            mysql,
            new GameItems.Condition("SELECT COUNT(*) AS total" + where, arguments),
            new GameItems.Condition(
                (order.isPresent() ? "CONCAT(MD5(CONCAT(?, w.id)), w.id)" : "RAND()")
                    + " AS place, w.id AS word"
                    + where
                    + " ORDER BY place LIMIT ? OFFSET ?",
                limited),
            Word.COLUMNS + ", l.name AS list_name",
            "LEFT JOIN words w ON w.id = p.word LEFT JOIN word_lists l ON l.id = w.list_id")
        .map(
            found ->
                new GamePage<>(
                    found.map(
                        row ->
                            WordCard.of(GameType.SPELLING_BEE, Word.read(row, WORD_AT))
                                .json()
                                .put("listName", row.getString("list_name"))),
                    found.totals().getLong("total")));
  }
}
