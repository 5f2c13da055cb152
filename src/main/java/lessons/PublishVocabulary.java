package lessons;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The learner's word list {@code Lesson <n> Vocabulary}: gets the words of approved lessons, and
 * loses published words that no approved lesson has any more. Words of the learner's own are never
 * touched.
 */
final class PublishVocabulary {
  private static final int MOST_WORDS = 20_000;

  /** Of each lesson only the newest approved generation counts. */
  private static final String APPROVED_WORDS =
      """
      WITH approved AS (
        SELECT DISTINCT ON (coalesce(zoom_summary_id, -id), class_id) exercises FROM lesson_exercises
        WHERE user_id = $1 AND coalesce(lesson_number, 1) = $2 AND status = 'approved'
        ORDER BY coalesce(zoom_summary_id, -id), class_id, generation DESC, id DESC)
      SELECT DISTINCT word #>> '{}' AS word FROM (
        SELECT jsonb_path_query(exercises, '$.flashcards[*].word') AS word FROM approved
        UNION ALL SELECT jsonb_path_query(exercises, '$.spelling[*].word') FROM approved) words
      LIMIT $3
      """;

  private final Pool postgres;

  PublishVocabulary(Pool postgres) {
    this.postgres = postgres;
  }

  /**
   * Brings a learner's list into line. Part of the publishing transaction: the list's row stays
   * locked, so what Postgres says while it is held is what the list ends with, however many lessons
   * are published at once.
   *
   * @param words to be there afterwards
   */
  Future<Void> reconcile(
      SqlClient mysql,
      String userId,
      int lessonNumber,
      Optional<String> classId,
      Collection<PublishWord> words) {
    String name = "Lesson " + lessonNumber + " Vocabulary";
    String ownId =
        UUID.nameUUIDFromBytes(
                ("vocabulary " + lessonNumber + " " + userId).getBytes(StandardCharsets.UTF_8))
            .toString();
    return find(mysql, userId, name, ownId)
        .compose(
            found ->
                found.isPresent() || words.isEmpty()
                    ? Future.succeededFuture(found)
                    : create(mysql, userId, name, ownId, classId)
                        .compose(made -> find(mysql, userId, name, ownId)))
        .compose(
            list ->
                list.isEmpty()
                    ? Future.succeededFuture()
                    : fill(mysql, list.get(), ownId, userId, lessonNumber, words));
  }

  /** The list we made, whatever the learner calls it now, else the oldest that has the name. */
  private static Future<Optional<String>> find(
      SqlClient mysql, String userId, String name, String ownId) {
    return mysql
        .preparedQuery(
            "SELECT id FROM word_lists WHERE user_id = ? AND (id = ? OR name = ?) ORDER BY (id = ?)"
                + " DESC, created_at, id LIMIT 1 FOR UPDATE")
        .execute(Tuple.of(userId, ownId, name, ownId))
        .map(rows -> LessonStore.first(rows, row -> row.getString("id")));
  }

  private static Future<?> create(
      SqlClient mysql, String userId, String name, String ownId, Optional<String> classId) {
    // two lessons of one learner may come here at once: the second waits for the first and finds
    // its list
    return mysql
        .preparedQuery(
            """
            INSERT INTO word_lists (id, user_id, class_id, name, created_at, updated_at)
            VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE id = id
            """)
        .execute(Tuple.of(ownId, userId, classId.orElse(null), name));
  }

  private Future<Void> fill(
      SqlClient mysql,
      String listId,
      String ownId,
      String userId,
      int lessonNumber,
      Collection<PublishWord> words) {
    Future<Set<String>> approved =
        postgres
            .preparedQuery(APPROVED_WORDS)
            .execute(Tuple.of(userId, lessonNumber, MOST_WORDS))
            .map(
                rows -> {
                  Set<String> keys = new HashSet<>();
                  rows.forEach(
                      row ->
                          Optional.ofNullable(row.getString("word"))
                              .map(PublishWord::key)
                              .ifPresent(keys::add));
                  return keys;
                });
    return approved.compose(
        wanted ->
            mysql
                .preparedQuery("SELECT id, word FROM words WHERE list_id = ? FOR UPDATE")
                .execute(Tuple.of(listId))
                .compose(
                    rows -> {
                      Set<String> there = new HashSet<>();
                      List<Object> gone = new ArrayList<>();
                      for (Row row : rows) {
                        String key = PublishWord.key(row.getString("word"));
                        if (row.getString("id").startsWith(PublishWord.idPrefix(listId))
                            && !wanted.contains(key)) {
                          gone.add(row.getString("id"));
                        } else {
                          there.add(key);
                        }
                      }
                      List<PublishWord> missing =
                          words.stream().filter(word -> !there.contains(word.key())).toList();
                      if (gone.isEmpty() && missing.isEmpty()) {
                        return Future.<Void>succeededFuture();
                      }
                      boolean empty = there.isEmpty() && missing.isEmpty() && listId.equals(ownId);
                      return remove(mysql, gone)
                          .compose(done -> insert(mysql, listId, missing))
                          .compose(done -> empty ? drop(mysql, listId) : count(mysql, listId));
                    }));
  }

  private static Future<?> remove(SqlClient mysql, List<Object> ids) {
    return ids.isEmpty()
        ? Future.succeededFuture()
        : mysql
            .preparedQuery(
                "DELETE FROM words WHERE id IN ("
                    + String.join(", ", Collections.nCopies(ids.size(), "?"))
                    + ")")
            .execute(Tuple.from(ids));
  }

  private static Future<?> insert(SqlClient mysql, String listId, List<PublishWord> words) {
    if (words.isEmpty()) {
      return Future.succeededFuture();
    }
    List<Object> values = new ArrayList<>();
    words.forEach(word -> values.addAll(word.row(listId)));
    // a word whose spelling the learner edited keeps its id, and stays as the learner wants it
    return mysql
        .preparedQuery(
            "INSERT INTO words (id, list_id, word, translation, notes, difficulty,"
                + " example_sentence, created_at, updated_at) VALUES "
                + String.join(
                    ", ",
                    Collections.nCopies(
                        words.size(), "(?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"))
                + " ON DUPLICATE KEY UPDATE id = VALUES(id)")
        .execute(Tuple.from(values));
  }

  private static Future<Void> count(SqlClient mysql, String listId) {
    return mysql
        .preparedQuery(
            "UPDATE word_lists SET word_count = (SELECT COUNT(*) FROM words WHERE list_id = ?),"
                + " updated_at = UTC_TIMESTAMP(6) WHERE id = ?")
        .execute(Tuple.of(listId, listId))
        .mapEmpty();
  }

  private static Future<Void> drop(SqlClient mysql, String listId) {
    return mysql
        .preparedQuery("DELETE FROM word_lists WHERE id = ?")
        .execute(Tuple.of(listId))
        .mapEmpty();
  }
}
