package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Whole lists in and out, some hundred words at a time. */
public final class WordTransfer {
  /** Words in one step. */
  public static final int STEP = 250;

  private final Pool mysql;

  /**
   * @param mysql the database of the games
   */
  public WordTransfer(Pool mysql) {
    this.mysql = mysql;
  }

  /**
   * The next words of a list, oldest first.
   *
   * @param after the last word of the step before; empty for the first step
   */
  public Future<List<Word>> next(String userId, String listId, Optional<Word> after) {
    List<Object> arguments = new ArrayList<>(List.of(listId, userId));
    String position = "";
    if (after.isPresent()) {
      position = " AND (w.created_at > ? OR (w.created_at = ? AND w.id > ?))";
      arguments.addAll(
          List.of(
              WordListStore.utc(after.get().createdAt()),
              WordListStore.utc(after.get().createdAt()),
              after.get().id()));
    }
    arguments.add(STEP);
    return mysql
        .preparedQuery(
            "SELECT "
                + Word.COLUMNS
                + " FROM words w JOIN word_lists l ON l.id = w.list_id WHERE w.list_id = ? AND"
                + " l.user_id = ?"
                + position
                + " ORDER BY w.created_at, w.id LIMIT ?")
        .execute(Tuple.from(arguments))
        .map(
            rows -> {
              List<Word> words = new ArrayList<>(rows.size());
              for (Row row : rows) {
                words.add(Word.read(row, 0));
              }
              return words;
            });
  }

  /**
   * Adds words to a list in one transaction: all that come, or, when anything fails, none.
   *
   * @param steps gives up to {@link #STEP} words at each call, and none at the end
   * @param inside what else belongs to the transaction, given how many words came in; may fail to
   *     undo all
   * @return empty when the learner has no such list
   * @throws ListFullException in the future, when the list can't take so many
   */
  public Future<Optional<Integer>> add(
      String userId,
      String listId,
      Supplier<Future<List<NewWord>>> steps,
      BiFunction<SqlConnection, Integer, Future<Void>> inside) {
    return mysql.withTransaction(
        tx ->
            WordListStore.lock(tx, userId, listId)
                .compose(
                    list ->
                        list.isEmpty()
                            ? Future.succeededFuture(Optional.empty())
                            : addSteps(tx, list.get(), steps, WordListStore.now(), 0)
                                .compose(
                                    added ->
                                        WordListStore.recount(tx, listId, WordListStore.now())
                                            .compose(done -> inside.apply(tx, added))
                                            .map(Optional.of(added)))));
  }

  private static Future<Integer> addSteps(
      SqlConnection tx,
      WordList list,
      Supplier<Future<List<NewWord>>> steps,
      Instant start,
      int before) {
    return steps
        .get()
        .compose(
            words -> {
              if (words.isEmpty()) {
                return Future.succeededFuture(before);
              }
              int now = before + words.size();
              if (list.wordCount() + now > WordStore.MOST_WORDS) {
                return Future.failedFuture(new ListFullException(list.wordCount()));
              }
              // a microsecond apart, so that the list keeps the order of the file
              return WordStore.insert(tx, list.id(), words, start.plusNanos(before * 1_000L))
                  .compose(done -> addSteps(tx, list, steps, start, now));
            });
  }

  /** A list would become longer than {@link WordStore#MOST_WORDS}. */
  public static final class ListFullException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int there;

    private ListFullException(int there) {
      super("the list has " + there + " words", null, false, false);
      this.there = there;
    }

    /** How many words the list has. */
    public int there() {
      return there;
    }
  }
}
