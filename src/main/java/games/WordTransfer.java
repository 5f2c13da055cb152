package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
   * Words on their way into a list. When the database chose the transaction as the victim of a
   * deadlock, a new source is asked for and everything begins again.
   *
   * @param <R> what is told in the end
   */
  public interface Source<R> {
    /** Up to {@link #STEP} words, and none at the end. */
    Future<List<NewWord>> next(SqlConnection tx);

    /** What else belongs to the transaction, given how many words came in; may fail to undo all. */
    Future<R> settle(SqlConnection tx, int added);

    /** Comes last, whatever happened. */
    Future<Void> close();
  }

  /**
   * Adds words to a list in one transaction: all that come, or, when anything fails, none.
   *
   * @return what the source told; empty when the learner has no such list
   * @throws ListFullException in the future, when the list can't take so many
   */
  public <R> Future<Optional<R>> add(
      String userId, String listId, Supplier<Future<Source<R>>> sources) {
    return LearnerChanges.run(
        mysql,
        userId,
        tx ->
            WordListStore.lock(tx, userId, listId)
                .compose(
                    list ->
                        list.isEmpty()
                            ? Future.succeededFuture(Optional.empty())
                            : sources
                                .get()
                                .compose(
                                    source -> add(tx, list.get(), source).eventually(source::close))
                                .map(Optional::of)));
  }

  private static <R> Future<R> add(SqlConnection tx, WordList list, Source<R> source) {
    return addSteps(tx, list, source, WordListStore.now(), 0)
        .compose(
            added ->
                WordListStore.recount(tx, list.id(), WordListStore.now())
                    .compose(counted -> source.settle(tx, added)));
  }

  private static Future<Integer> addSteps(
      SqlConnection tx, WordList list, Source<?> source, Instant start, int before) {
    return source
        .next(tx)
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
                  .compose(done -> addSteps(tx, list, source, start, now));
            });
  }

  /** Which of these words the list has already, those among them that this transaction added. */
  public static Future<Set<NewWord.Sides>> known(
      SqlConnection tx, String listId, List<NewWord> words) {
    List<Object> arguments = new ArrayList<>(List.of(listId));
    words.forEach(word -> arguments.add(word.word()));
    return tx.preparedQuery(
            "SELECT word, translation FROM words WHERE list_id = ? AND word IN ("
                + Columns.placeholders(words.size())
                + ")")
        .execute(Tuple.from(arguments))
        .map(
            rows -> {
              Set<NewWord.Sides> found = new HashSet<>();
              rows.forEach(row -> found.add(new NewWord.Sides(row.getString(0), row.getString(1))));
              return found;
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
