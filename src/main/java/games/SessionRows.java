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
  private static final String INSERT =
      "INSERT INTO game_sessions ("
          + COLUMNS
          + ", created_at, updated_at) VALUES ("
          + Columns.placeholders(25)
          + ")";
  private static final String UPDATE =
      "UPDATE game_sessions SET item_order = ?, progress_current = ?, progress_total = ?,"
          + " correct_count = ?, incorrect_count = ?, mastered_ids = ?, needs_practice_ids = ?,"
          + " final_score = ?, status = ?, metadata = ?, completed_at = ?, updated_at = ? WHERE id"
          + " = ?";

  private SessionRows() {}

  /**
   * @param game empty: of any game
   */
  static Future<Session> find(SqlClient db, String learner, Optional<GameType> game, String id) {
    return db.preparedQuery(SELECT)
        .execute(Tuple.of(id, learner))
        .map(rows -> only(rows, game, id));
  }

  /** As {@link #find}, and nobody else changes the session until the transaction ends. */
  static Future<Session> lock(
      SqlConnection transaction, String learner, Optional<GameType> game, String id) {
    return transaction
        .preparedQuery(SELECT + " FOR UPDATE")
        .execute(Tuple.of(id, learner))
        .map(rows -> only(rows, game, id));
  }

  static Future<Void> insert(SqlClient db, Session session) {
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
    values
        .addDouble(session.finalScore())
        .addString(session.status())
        .addString(text(session.metadata()))
        .addLocalDateTime(Columns.time(session.startedAt()))
        .addLocalDateTime(Columns.time(session.completedAt()))
        .addLocalDateTime(Columns.time(session.startedAt()))
        .addLocalDateTime(Columns.time(session.startedAt()));
    return db.preparedQuery(INSERT).execute(values).mapEmpty();
  }

  /**
   * Writes everything that changes while a session is played. The session is locked by the
   * transaction.
   */
  static Future<Void> update(SqlConnection transaction, Session session, Instant at) {
    Tuple values = Tuple.tuple().addString(Columns.json(session.itemIds()));
    counters(values, session);
    values
        .addDouble(session.finalScore())
        .addString(session.status())
        .addString(text(session.metadata()))
        .addLocalDateTime(Columns.time(session.completedAt()))
        .addLocalDateTime(Columns.time(at))
        .addString(session.id());
    return transaction.preparedQuery(UPDATE).execute(values).mapEmpty();
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
