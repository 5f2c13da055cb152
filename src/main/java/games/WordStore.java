package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** The words of learners' lists. Every statement names the list's owner. */
public final class WordStore {
  /** A list takes no more words than this. */
  public static final int MOST_WORDS = 20_000;

  private static final String VALUES = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String INSERT =
      "INSERT INTO words (id, list_id, word, translation, notes, difficulty, example_sentence,"
          + " is_favorite, created_at, updated_at) VALUES "
          + VALUES;

  // the list first: it is looked up before the word that hangs on it
  private static final String FIND =
      "SELECT "
          + Word.COLUMNS
          + " FROM word_lists l LEFT JOIN words w ON w.list_id = l.id AND w.id = ? WHERE l.id = ?"
          + " AND l.user_id = ?";
  private static final String LOCK = FIND + " FOR UPDATE";

  private static final String OWN_LIST = "(SELECT id FROM word_lists WHERE id = ? AND user_id = ?)";

  private final Pool mysql;

  /**
   * @param mysql the database of the games
   */
  public WordStore(Pool mysql) {
    this.mysql = mysql;
  }

  /** A word, or which of the two things a path names is missing. */
  public record Found(boolean listThere, Optional<Word> word) {
    private static final Found NO_LIST = new Found(false, Optional.empty());
    private static final Found NO_WORD = new Found(true, Optional.empty());
  }

  /**
   * A page of a list's words, newest first; empty when the learner has no such list. One round
   * trip, two where there are no words.
   *
   * @param page from 1
   */
  public Future<Optional<GamePage<Word>>> page(
      String userId, String listId, WordFilter filter, int page, int limit) {
    List<Object> arguments = new ArrayList<>(List.of(listId, userId));
    StringBuilder where = new StringBuilder(" FROM words w WHERE w.list_id = " + OWN_LIST);
    filter
        .search()
        .ifPresent(
            text -> {
              where.append(" AND (w.word LIKE ? ESCAPE '!' OR w.translation LIKE ? ESCAPE '!')");
              arguments.add(Likeness.containing(text));
              arguments.add(Likeness.containing(text));
            });
    filter
        .favorite()
        .ifPresent(
            favorite -> {
              where.append(" AND w.is_favorite = ?");
              arguments.add(favorite);
            });
    boolean all = filter.search().isEmpty() && filter.favorite().isEmpty();
    return TotalAndPage.ofOneTable(
            mysql,
            all
                ? new GameItems.Condition(
                    "SELECT word_count FROM word_lists WHERE id = ? AND user_id = ?",
                    List.of(listId, userId))
                : new GameItems.Condition("SELECT COUNT(*)" + where, arguments),
            Word.COLUMNS,
            new GameItems.Condition(where + " ORDER BY w.created_at DESC, w.id DESC", arguments),
            page,
            limit,
            row -> Word.read(row, 0))
        .compose(
            found ->
                found.rows().isEmpty()
                    ? ListWords.owned(mysql, userId, listId)
                        .map(mine -> mine ? Optional.of(found) : Optional.empty())
                    : Future.succeededFuture(Optional.of(found)));
  }

  /** One word of one list. */
  public Future<Found> find(String userId, String listId, String wordId) {
    return mysql
        .preparedQuery(FIND)
        .execute(Tuple.of(wordId, listId, userId))
        .map(
            rows -> {
              if (rows.size() == 0) {
                return Found.NO_LIST;
              }
              Row row = rows.iterator().next();
              return row.getString(0) == null
                  ? Found.NO_WORD
                  : new Found(true, Optional.of(Word.read(row, 0)));
            });
  }

  /**
   * Adds a word; empty when the learner has no such list.
   *
   * @param before sees the list, locked, and may throw to leave it so
   * @param inside what else belongs to the same transaction, given the new word
   */
  public Future<Optional<Word>> add(
      String userId,
      String listId,
      NewWord wanted,
      Consumer<WordList> before,
      BiFunction<SqlConnection, Word, Future<Void>> inside) {
    return LearnerChanges.run(
        mysql,
        userId,
        tx ->
            WordListStore.lock(tx, userId, listId)
                .compose(
                    list -> {
                      if (list.isEmpty()) {
                        return Future.succeededFuture(Optional.empty());
                      }
                      before.accept(list.get());
                      Instant now = WordListStore.now();
                      Word word = fresh(listId, wanted, now);
                      return tx.preparedQuery(INSERT)
                          .execute(Tuple.from(row(word)))
                          .compose(done -> WordListStore.recount(tx, listId, now))
                          .compose(done -> inside.apply(tx, word))
                          .map(Optional.of(word));
                    }));
  }

  /**
   * Inserts words into a list that the transaction has locked, in one statement, the first as the
   * oldest.
   */
  static Future<Void> insert(SqlConnection tx, String listId, List<NewWord> wanted, Instant first) {
    List<Object> arguments = new ArrayList<>(wanted.size() * 10);
    for (int i = 0; i < wanted.size(); i++) {
      arguments.addAll(row(fresh(listId, wanted.get(i), first.plusNanos(i * 1_000L))));
    }
    return tx.preparedQuery(INSERT + (", " + VALUES).repeat(wanted.size() - 1))
        .execute(Tuple.from(arguments))
        .mapEmpty();
  }

  private static Word fresh(String listId, NewWord wanted, Instant now) {
    return new Word(
        RowIds.next(),
        listId,
        wanted.word(),
        wanted.translation(),
        wanted.notes(),
        wanted.difficulty(),
        wanted.exampleSentence(),
        Optional.empty(),
        wanted.favorite(),
        0,
        0,
        0,
        Optional.empty(),
        now,
        now);
  }

  private static List<Object> row(Word word) {
    return Arrays.asList(
        word.id(),
        word.listId(),
        word.word(),
        word.translation(),
        word.notes().orElse(null),
        word.difficulty().orElse(null),
        word.exampleSentence().orElse(null),
        word.favorite(),
        WordListStore.utc(word.createdAt()),
        WordListStore.utc(word.updatedAt()));
  }

  /**
   * Changes a word. A word whose text changes loses its recorded pronunciation.
   *
   * @param before sees the word as it is, locked, and may throw to leave it so
   * @param change made from the word as it is
   */
  public Future<Found> change(
      String userId,
      String listId,
      String wordId,
      Consumer<Word> before,
      Function<Word, WordChange> change,
      BiFunction<SqlConnection, Word, Future<Void>> inside) {
    return locked(
        userId,
        listId,
        wordId,
        (tx, word) -> {
          before.accept(word);
          Word changed = word.with(change.apply(word), WordListStore.now());
          return tx.preparedQuery(
                  "UPDATE words SET word = ?, translation = ?, notes = ?, difficulty = ?,"
                      + " example_sentence = ?, pronunciation_audio_url = ?, is_favorite = ?,"
                      + " updated_at = ? WHERE id = ? AND list_id = ?")
              .execute(
                  Tuple.from(
                      Arrays.asList(
                          changed.word(),
                          changed.translation(),
                          changed.notes().orElse(null),
                          changed.difficulty().orElse(null),
                          changed.exampleSentence().orElse(null),
                          changed.audioUrl().orElse(null),
                          changed.favorite(),
                          WordListStore.utc(changed.updatedAt()),
                          wordId,
                          listId)))
              .compose(done -> inside.apply(tx, changed))
              .map(new Found(true, Optional.of(changed)));
        });
  }

  /**
   * Removes a word and counts the list's words anew.
   *
   * @param before sees the word, locked, and may throw to keep it
   */
  public Future<Found> remove(
      String userId,
      String listId,
      String wordId,
      Consumer<Word> before,
      BiFunction<SqlConnection, Word, Future<Void>> inside) {
    return locked(
        userId,
        listId,
        wordId,
        (tx, word) -> {
          before.accept(word);
          return tx.preparedQuery("DELETE FROM words WHERE id = ? AND list_id = ?")
              .execute(Tuple.of(wordId, listId))
              .compose(done -> WordListStore.recount(tx, listId, WordListStore.now()))
              .compose(done -> inside.apply(tx, word))
              .map(new Found(true, Optional.of(word)));
        });
  }

  private Future<Found> locked(
      String userId,
      String listId,
      String wordId,
      BiFunction<SqlConnection, Word, Future<Found>> work) {
    return LearnerChanges.run(
        mysql,
        userId,
        tx ->
            tx.preparedQuery(LOCK)
                .execute(Tuple.of(wordId, listId, userId))
                .compose(
                    rows -> {
                      if (rows.size() == 0) {
                        return Future.succeededFuture(Found.NO_LIST);
                      }
                      Row row = rows.iterator().next();
                      return row.getString(0) == null
                          ? Future.succeededFuture(Found.NO_WORD)
                          : work.apply(tx, Word.read(row, 0));
                    }));
  }
}
