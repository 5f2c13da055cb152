package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The words of learners' own lists, as the word games play them. */
final class ListWords {
  private static final String SELECT =
      "SELECT "
          + Word.COLUMNS
          + " FROM words w JOIN word_lists l ON l.id = w.list_id WHERE l.user_id = ?";
  // Only the word is locked: its list belongs to whoever renames or counts it.
  private static final String LOCK =
      "SELECT "
          + Word.COLUMNS
          + " FROM words w WHERE w.id = ? AND EXISTS (SELECT 1 FROM word_lists l WHERE l.id ="
          + " w.list_id AND l.user_id = ?) FOR UPDATE";

  private final GameType game;

  ListWords(GameType game) {
    this.game = game;
  }

  /** A list's chosen words in the order of choice, or else its words, newest first or at random. */
  Future<List<GameItem>> ofList(SqlClient db, String learner, String listId, Selection selection) {
    boolean chosen = !selection.itemIds().isEmpty();
    List<Object> arguments = new ArrayList<>(List.of(learner, listId));
    Future<Map<String, GameItem>> looked;
    if (chosen) {
      arguments.addAll(selection.itemIds());
      looked =
          db.preparedQuery(
                  SELECT
                      + " AND l.id = ? AND w.id IN ("
                      + Columns.placeholders(selection.itemIds().size())
                      + ")")
              .execute(Tuple.from(arguments))
              .map(this::byId);
    } else {
      looked = pick(db, " AND l.id = ?", arguments, selection);
    }
    return looked.compose(
        found -> {
          if (found.isEmpty() || !found.keySet().containsAll(selection.itemIds())) {
            return owned(db, learner, listId).map(mine -> refuse(mine, listId, selection, found));
          }
          List<GameItem> words =
              chosen
                  ? selection.itemIds().stream().map(found::get).toList()
                  : List.copyOf(found.values());
          return Future.succeededFuture(words);
        });
  }

  private List<GameItem> refuse(
      boolean mine, String listId, Selection selection, Map<String, GameItem> found) {
    if (!mine) {
      throw GameProblem.wordListNotFound(listId);
    }
    List<String> missing =
        selection.itemIds().stream().filter(id -> !found.containsKey(id)).toList();
    throw missing.isEmpty()
        ? GameProblem.nothingToPlay("this word list has no words yet; add some first")
        : GameProblem.unknownItems(game, missing);
  }

  /** Words never practised, of one list or of all. */
  Future<List<GameItem>> unpractised(SqlClient db, String learner, Selection selection) {
    List<Object> arguments = new ArrayList<>(List.of(learner));
    String sql = " AND w.practice_count = 0";
    if (selection.wordListId().isPresent()) {
      sql += " AND l.id = ?";
      arguments.add(selection.wordListId().get());
    }
    return pick(db, sql, arguments, selection)
        .compose(
            found -> {
              if (found.isEmpty() && selection.wordListId().isPresent()) {
                String listId = selection.wordListId().get();
                return owned(db, learner, listId)
                    .map(
                        mine -> {
                          throw mine ? nothingUnpractised() : GameProblem.wordListNotFound(listId);
                        });
              }
              if (found.isEmpty()) {
                throw nothingUnpractised();
              }
              return Future.succeededFuture(List.copyOf(found.values()));
            });
  }

  private static GameProblem nothingUnpractised() {
    return GameProblem.nothingToPlay("every word has been practised already; choose another mode");
  }

  /** Words at random or the newest first: picked by their ids, since texts are slow to sort. */
  private Future<Map<String, GameItem>> pick(
      SqlClient db, String condition, List<Object> arguments, Selection selection) {
    arguments.add(selection.limit());
    String place =
        selection.shuffle()
            ? "RAND()"
            : "ROW_NUMBER() OVER (ORDER BY w.created_at DESC, w.id DESC)";
    return db.preparedQuery(
            "SELECT "
                + Word.COLUMNS
                + ", p.place FROM (SELECT w.id, "
                + place
                + " AS place FROM words w JOIN word_lists l ON l.id = w.list_id WHERE l.user_id = ?"
                + condition
                + " ORDER BY place LIMIT ?) p JOIN words w ON w.id = p.id")
        .execute(Tuple.from(arguments))
        .map(rows -> byId(TotalAndPage.inPlace(rows)));
  }

  /** Whether the learner has this list. */
  static Future<Boolean> owned(SqlClient db, String learner, String listId) {
    return db.preparedQuery("SELECT 1 FROM word_lists WHERE id = ? AND user_id = ?")
        .execute(Tuple.of(listId, learner))
        .map(rows -> rows.size() > 0);
  }

  /** The learner's words among these ids. */
  Future<Map<String, GameItem>> load(SqlClient db, String learner, Collection<String> ids) {
    if (ids.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    List<Object> arguments = new ArrayList<>(List.of(learner));
    arguments.addAll(ids);
    return db.preparedQuery(SELECT + " AND w.id IN (" + Columns.placeholders(ids.size()) + ")")
        .execute(Tuple.from(arguments))
        .map(this::byId);
  }

  /** A word, locked so that its counters are counted one after the other. */
  Future<Optional<GameItem>> lock(SqlConnection transaction, String learner, String id) {
    return transaction
        .preparedQuery(LOCK)
        .execute(Tuple.of(id, learner))
        .map(rows -> Optional.ofNullable(byId(rows).get(id)));
  }

  private Map<String, GameItem> byId(Iterable<Row> rows) {
    Map<String, GameItem> words = new LinkedHashMap<>();
    rows.forEach(
        row -> {
          Word word = Word.read(row, 0);
          words.put(word.id(), WordCard.of(game, word));
        });
    return words;
  }
}
