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
  // behind the total and the page's mark
  private static final int WORD_AT = 2;

  private final Pool mysql;

  public SpellingWords(Pool mysql) {
    this.mysql = mysql;
  }

  /**
   * At most {@code limit} words, as sessions show them with {@code listName}; the total is the
   * number of words to draw from.
   *
   * @param classId only lists of this class
   * @param difficulty only words of this difficulty
   */
  public Future<GamePage<JsonObject>> draw(
      String learner, Optional<String> classId, Optional<String> difficulty, int limit) {
    List<Object> arguments = new ArrayList<>(List.of(learner));
    StringBuilder where =
        new StringBuilder(
            " FROM words w JOIN word_lists l ON l.id = w.list_id WHERE l.user_id = ?");
    classId.ifPresent(
        id -> {
          where.append(" AND l.class_id = ?");
          arguments.add(id);
        });
    difficulty.ifPresent(
        level -> {
          where.append(" AND w.difficulty = ?");
          arguments.add(level);
        });
    List<Object> limited = new ArrayList<>(arguments);
    limited.add(limit);
    return TotalAndPage.run(
            mysql,
            new GameItems.Condition("SELECT COUNT(*) AS total" + where, arguments),
            new GameItems.Condition(
                Word.COLUMNS + ", l.name AS list_name" + where + " ORDER BY RAND() LIMIT ?",
                limited),
            "RAND()")
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
