package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Learners' word lists. Every statement names the owner, so a stranger's list is as good as none.
 */
public final class WordListStore {
  private static final int COLUMNS_STORED = 8;
  private static final String INSERT =
      "INSERT INTO word_lists (id, user_id, class_id, name, description, is_favorite, created_at,"
          + " updated_at) VALUES ("
          + Columns.placeholders(COLUMNS_STORED)
          + ")";

  private final Pool mysql;
  private final OptionalProcedure make;

  /**
   * @param mysql the database of the games
   */
  public WordListStore(Pool mysql) {
    this.mysql = mysql;
    this.make =
        new OptionalProcedure(
            mysql,
            "lessonweave_make_list_1",
            COLUMNS_STORED,
            "making a list takes a round trip to the database and a commit more than it might");
  }

  /**
   * One page and the number of all, in one round trip.
   *
   * @param page from 1
   */
  public Future<GamePage<WordList>> list(
      String userId, WordListFilter filter, int page, int limit) {
    List<Object> arguments = new ArrayList<>();
    StringBuilder where = new StringBuilder(" WHERE l.user_id = ?");
    arguments.add(userId);
    filter
        .search()
        .ifPresent(
            text -> {
              where.append(" AND l.name LIKE ? ESCAPE '!'");
              arguments.add(Likeness.containing(text));
            });
    filter
        .favorite()
        .ifPresent(
            favorite -> {
              where.append(" AND l.is_favorite = ?");
              arguments.add(favorite);
            });
    filter
        .classId()
        .ifPresent(
            id -> {
              where.append(" AND l.class_id = ?");
              arguments.add(id);
            });
    String direction = filter.ascending() ? " ASC" : " DESC";
    // sorted by an index or by keys: there is but one table, and so no temporary one
    return TotalAndPage.ofOneTable(
        mysql,
        new GameItems.Condition("SELECT COUNT(*) FROM word_lists l" + where, arguments),
        WordList.COLUMNS,
        new GameItems.Condition(
            " FROM word_lists l"
                + where
                + " ORDER BY l."
                + filter.sort().column
                + direction
                + ", l.id"
                + direction,
            arguments),
        page,
        limit,
        row -> WordList.read(row, 0));
  }

  /** One list; empty when the learner has no such list. */
  public Future<Optional<WordList>> find(String userId, String id) {
    return mysql
        .preparedQuery(
            "SELECT " + WordList.COLUMNS + " FROM word_lists l WHERE l.id = ? AND l.user_id = ?")
        .execute(Tuple.of(id, userId))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(WordList.read(rows.iterator().next(), 0)));
  }

  /**
   * Makes a list.
   *
   * @param inside what else belongs to the same transaction, given the new list; empty for nothing
   */
  public Future<WordList> create(
      String userId,
      NewWordList wanted,
      Optional<BiFunction<SqlConnection, WordList, Future<Void>>> inside) {
    Instant now = now();
    WordList list =
        new WordList(
            RowIds.next(),
            userId,
            wanted.classId(),
            wanted.name(),
            wanted.description(),
            0,
            wanted.favorite(),
            now,
            now);
    return inside.isEmpty()
        ? LearnerChanges.begin(mysql, userId, make, () -> stored(list), INSERT).map(list)
        : LearnerChanges.run(
            mysql,
            userId,
            tx ->
                tx.preparedQuery(INSERT)
                    .execute(stored(list))
                    .compose(inserted -> inside.get().apply(tx, list))
                    .map(list));
  }

  private static Tuple stored(WordList list) {
    return Tuple.of(
        list.id(),
        list.userId(),
        list.classId().orElse(null),
        list.name(),
        list.description().orElse(null),
        list.favorite(),
        utc(list.createdAt()),
        utc(list.updatedAt()));
  }

  /**
   * Changes a list, or finds none.
   *
   * @param before sees the list as it is, locked, and may throw to leave it so
   * @param change made from the list as it is
   */
  public Future<Optional<WordList>> change(
      String userId,
      String id,
      Consumer<WordList> before,
      java.util.function.Function<WordList, WordListChange> change,
      BiFunction<SqlConnection, WordList, Future<Void>> inside) {
    return LearnerChanges.run(
        mysql,
        userId,
        tx ->
            lock(tx, userId, id)
                .compose(
                    found -> {
                      if (found.isEmpty()) {
                        return Future.succeededFuture(Optional.empty());
                      }
                      before.accept(found.get());
                      WordList changed = found.get().with(change.apply(found.get()), now());
                      return write(tx, changed)
                          .compose(done -> inside.apply(tx, changed))
                          .map(done -> Optional.of(changed));
                    }));
  }

  private static Future<Void> write(SqlConnection tx, WordList list) {
    return tx.preparedQuery(
            "UPDATE word_lists SET class_id = ?, name = ?, description = ?, is_favorite = ?,"
                + " updated_at = ? WHERE id = ? AND user_id = ?")
        .execute(
            Tuple.of(
                list.classId().orElse(null),
                list.name(),
                list.description().orElse(null),
                list.favorite(),
                utc(list.updatedAt()),
                list.id(),
                list.userId()))
        .mapEmpty();
  }

  /**
   * Removes a list with its words; false when there is none.
   *
   * @param before sees the list, locked, and may throw to keep it
   */
  public Future<Boolean> remove(
      String userId,
      String id,
      Consumer<WordList> before,
      BiFunction<SqlConnection, WordList, Future<Void>> inside) {
    return LearnerChanges.run(
        mysql,
        userId,
        tx ->
            lock(tx, userId, id)
                .compose(
                    found -> {
                      if (found.isEmpty()) {
                        return Future.succeededFuture(false);
                      }
                      before.accept(found.get());
                      // its words go with it: the foreign key cascades
                      return tx.preparedQuery("DELETE FROM word_lists WHERE id = ? AND user_id = ?")
                          .execute(Tuple.of(id, userId))
                          .compose(done -> inside.apply(tx, found.get()))
                          .map(true);
                    }));
  }

  /**
   * The list, locked until the transaction ends. Whoever changes words locks their list first, so
   * nobody waits in a circle.
   */
  static Future<Optional<WordList>> lock(SqlConnection tx, String userId, String id) {
    return tx.preparedQuery(
            "SELECT "
                + WordList.COLUMNS
                + " FROM word_lists l WHERE l.id = ? AND l.user_id = ? FOR UPDATE")
        .execute(Tuple.of(id, userId))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(WordList.read(rows.iterator().next(), 0)));
  }

  /** Counts a list's words anew. */
  static Future<Void> recount(SqlConnection tx, String id, Instant now) {
    return tx.preparedQuery(
            "UPDATE word_lists SET word_count = (SELECT COUNT(*) FROM words WHERE list_id = ?),"
                + " updated_at = ? WHERE id = ?")
        .execute(Tuple.of(id, utc(now), id))
        .mapEmpty();
  }

  /** Now, as exact as the columns are. */
  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
