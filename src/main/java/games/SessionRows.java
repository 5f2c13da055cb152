package games;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;

/** The table {@code game_sessions}. */
final class SessionRows {
  private static final String COLUMNS =
      "id, user_id, game_type, mode, word_list_id, topic_id, category_id, lesson_id, class_id,"
          + " reference_id, difficulty, item_order, progress_current, progress_total,"
          + " correct_count, incorrect_count, mastered_ids, needs_practice_ids, final_score,"
          + " status, metadata, started_at, completed_at";
  private static final String SELECT =
      "SELECT " + COLUMNS + " FROM game_sessions WHERE id = ? AND user_id = ?";
  static final int COLUMNS_STORED = 25;
  static final String INSERT =
      "INSERT INTO game_sessions ("
          + COLUMNS
          + ", created_at, updated_at) VALUES ("
          + Columns.placeholders(COLUMNS_STORED)
          + ")";
  private static final String SET =
      " SET s.item_order = ?, s.progress_current = ?, s.progress_total = ?, s.correct_count = ?,"
          + " s.incorrect_count = ?, s.mastered_ids = ?, s.needs_practice_ids = ?, s.final_score ="
          + " ?, s.status = ?, s.metadata = ?, s.completed_at = ?, s.updated_at = ?";
  // The order of locks is everybody's: the session, then the learner.
  private static final String FINISH =
      "UPDATE game_sessions s STRAIGHT_JOIN learner_changes c ON c.user_id = ?"
          + " SET s.progress_current = ?, s.progress_total = ?, s.correct_count = ?,"
          + " s.incorrect_count = ?, s.final_score = ?, s.status = ?, s.metadata = ?,"
          + " s.completed_at = ?, s.updated_at = ?, c.changes = c.changes + 1"
          + " WHERE s.id = ? AND s.user_id = ? AND s.status = 'active' AND s.correct_count = ? AND"
          + " s.incorrect_count = ?";
  private static final String WITH_WORD = " JOIN words w ON w.id = ?";
  private static final String WITH_MISTAKE =
      " LEFT JOIN user_mistakes m ON m.user_id = ? AND m.game_type = ? AND m.item_id = ?";
  private static final String SET_WORD =
      ", w.practice_count = ?, w.correct_count = ?, w.accuracy = ?, w.last_practiced = ?";
  private static final String SET_MISTAKE =
      ", m.mistake_count = m.mistake_count - 1, m.updated_at = ?";
  // Whether the word is the learner's was asked when it came into the session, and words don't
  // change hands. No subquery: reading
  // without a lock before the session's lock is there would fix what the rest of the transaction
  // sees.
  private static final String LOCK_WITH_WORD =
      "SELECT s."
          + COLUMNS.replace(", ", ", s.")
          + ", "
          + Word.COLUMNS
          + " FROM game_sessions s LEFT JOIN words w ON w.id = ? AND s.game_type IN ('flashcards',"
          + " 'spelling_bee') AND JSON_CONTAINS(s.item_order, JSON_QUOTE(?)) WHERE s.id = ? AND"
          + " s.user_id = ? FOR UPDATE";
  private static final int WORD_AT = COLUMNS.split(",").length;

  private SessionRows() {}

  /**
   * A session that is locked, and the word of a list that an answer is about.
   *
   * @param word locked too; empty when the item is another thing or not in the session
   */
  record Locked(Session session, Optional<Word> word) {}

  /**
   * @param game empty: of any game
   */
  static Future<Session> find(SqlClient db, String learner, Optional<GameType> game, String id) {
    return db.preparedQuery(SELECT)
        .execute(Tuple.of(id, learner))
        .map(rows -> only(rows, game, id));
  }

  /** The game of a learner's session; empty when there is no such session. */
  static Future<Optional<GameType>> game(SqlClient db, String learner, String id) {
    return db.preparedQuery("SELECT game_type FROM game_sessions WHERE id = ? AND user_id = ?")
        .execute(Tuple.of(id, learner))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(GameType.stored(rows.iterator().next().getString(0))));
  }

  /** As {@link #find}, and nobody else changes the session until the transaction ends. */
  static Future<Session> lock(
      SqlConnection transaction, String learner, Optional<GameType> game, String id) {
    return transaction
        .preparedQuery(SELECT + " FOR UPDATE")
        .execute(Tuple.of(id, learner))
        .map(rows -> only(rows, game, id));
  }

  /** As {@link #lock}, with the word that {@code itemId} names. */
  static Future<Locked> lockWithWord(
      SqlConnection transaction,
      String learner,
      Optional<GameType> game,
      String id,
      String itemId) {
    return transaction
        .preparedQuery(LOCK_WITH_WORD)
        .execute(Tuple.of(itemId, itemId, id, learner))
        .map(
            rows -> {
              only(rows, game, id);
              return withWord(rows.iterator().next());
            });
  }

  /** A row of the session's columns and the word's, null where it has none. */
  private static Locked withWord(Row row) {
    return new Locked(
        session(row),
        row.getString(WORD_AT) == null ? Optional.empty() : Optional.of(Word.read(row, WORD_AT)));
  }

  static Future<Void> insert(SqlClient db, Session session) {
    return db.preparedQuery(INSERT).execute(stored(session)).mapEmpty();
  }

  /** A new session's row, in the order of {@link #INSERT}. */
  static Tuple stored(Session session) {
    Tuple values =
        Tuple.tuple()
            .addString(session.id())
            .addString(session.userId())
            .addString(session.game().wireName())
            .addString(session.mode())
            .addString(session.wordListId())
            .addString(session.topicId())
            .addString(session.categoryId())
            .addString(session.lessonId())
            .addString(session.classId())
            .addString(session.referenceId())
            .addString(session.difficulty())
            .addString(Columns.json(session.itemIds()));
    counters(values, session);
    return values
        .addDouble(session.finalScore())
        .addString(session.status())
        .addString(text(session.metadata()))
        .addLocalDateTime(Columns.time(session.startedAt()))
        .addLocalDateTime(Columns.time(session.completedAt()))
        .addLocalDateTime(Columns.time(session.startedAt()))
        .addLocalDateTime(Columns.time(session.startedAt()));
  }

  /**
   * Finishes a session and counts the change, unless anything was answered or finished since it was
   * read: an answer adds to one of the two counters.
   *
   * @param read as it was
   * @param finished as it is to be; nothing but progress, score, status, metadata and the time of
   *     its end may differ
   * @return false when nothing was changed, also for a learner of whom no change was counted yet
   */
  static Future<Boolean> finish(SqlClient db, Session read, Session finished, Instant at) {
    Session.Progress progress = finished.progress();
    return db.preparedQuery(FINISH)
        .execute(
            Tuple.tuple()
                .addString(read.userId())
                .addInteger(progress.current())
                .addInteger(progress.total())
                .addInteger(progress.correct())
                .addInteger(progress.incorrect())
                .addDouble(finished.finalScore())
                .addString(finished.status())
                .addString(text(finished.metadata()))
                .addLocalDateTime(Columns.time(finished.completedAt()))
                .addLocalDateTime(Columns.time(at))
                .addString(read.id())
                .addString(read.userId())
                .addInteger(read.progress().correct())
                .addInteger(read.progress().incorrect()))
        .map(rows -> rows.rowCount() > 0);
  }

  /**
   * Writes everything that changes while a session is played. The session is locked by the
   * transaction.
   */
  static Future<Void> update(SqlConnection transaction, Session session, Instant at) {
    return update(transaction, session, null, null, at);
  }

  /**
   * As {@link #update(SqlConnection, Session, Instant)}, and in the same statement what else an
   * answer counts.
   *
   * @param word with its new counters, locked by the transaction; null when the item is no word of
   *     a list
   * @param clearedItem from whose mistakes the answer takes one off, as far as any are left; null
   *     for none
   */
  static Future<Void> update(
      SqlConnection transaction, Session session, WordCard word, String clearedItem, Instant at) {
    Tuple values = Tuple.tuple();
    StringBuilder sql = new StringBuilder("UPDATE game_sessions s");
    if (word != null) {
      sql.append(WITH_WORD);
      values.addString(word.id());
    }
    if (clearedItem != null) {
      sql.append(WITH_MISTAKE);
      values
          .addString(session.userId())
          .addString(session.game().wireName())
          .addString(clearedItem);
    }
    sql.append(SET);
    changing(values, session, at);
    if (word != null) {
      sql.append(SET_WORD);
      Practice practice = word.practice();
      values
          .addInteger(practice.count())
          .addInteger(practice.correct())
          .addInteger(practice.accuracy())
          .addLocalDateTime(Columns.time(practice.last()));
    }
    if (clearedItem != null) {
      sql.append(SET_MISTAKE);
      values.addLocalDateTime(Columns.time(at));
    }
    values.addString(session.id());
    return transaction
        .preparedQuery(sql.append(" WHERE s.id = ?").toString())
        .execute(values)
        .mapEmpty();
  }

  private static void changing(Tuple values, Session session, Instant at) {
    values.addString(Columns.json(session.itemIds()));
    counters(values, session);
    values
        .addDouble(session.finalScore())
        .addString(session.status())
        .addString(text(session.metadata()))
        .addLocalDateTime(Columns.time(session.completedAt()))
        .addLocalDateTime(Columns.time(at));
  }

  private static void counters(Tuple values, Session session) {
    Session.Progress progress = session.progress();
    values
        .addInteger(progress.current())
        .addInteger(progress.total())
        .addInteger(progress.correct())
        .addInteger(progress.incorrect())
        .addString(Columns.json(session.masteredIds()))
        .addString(Columns.json(session.needsPracticeIds()));
  }

  private static String text(JsonObject metadata) {
    return metadata == null ? null : metadata.encode();
  }

  private static Session only(RowSet<Row> rows, Optional<GameType> game, String id) {
    for (Row row : rows) {
      Session session = session(row);
      if (game.isEmpty() || game.get() == session.game()) {
        return session;
      }
    }
    throw GameProblem.sessionNotFound(id);
  }

  private static Session session(Row row) {
    return new Session(
        row.getString("id"),
        row.getString("user_id"),
        GameType.stored(row.getString("game_type")),
        row.getString("mode"),
        row.getString("word_list_id"),
        row.getString("topic_id"),
        row.getString("category_id"),
        row.getString("lesson_id"),
        row.getString("class_id"),
        row.getString("reference_id"),
        row.getString("difficulty"),
        Columns.texts(row, "item_order"),
        new Session.Progress(
            row.getInteger("progress_current"),
            row.getInteger("progress_total"),
            row.getInteger("correct_count"),
            row.getInteger("incorrect_count")),
        Columns.texts(row, "mastered_ids"),
        Columns.texts(row, "needs_practice_ids"),
        row.getDouble("final_score"),
        row.getString("status"),
        Columns.object(row, "metadata"),
        Columns.instant(row, "started_at"),
        Columns.instant(row, "completed_at"));
  }
}
