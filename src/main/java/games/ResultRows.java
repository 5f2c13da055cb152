package games;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.mysqlclient.MySQLClient;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;

/** The table {@code game_results}. */
final class ResultRows {
  private static final String SELECT =
      "SELECT id, item_id, is_correct, attempts, skipped, user_answer, selected_answer,"
          + " selected_answers, user_tokens, error_type FROM game_results WHERE session_id = ? AND"
          + " ";
  private static final String INSERT =
      "INSERT INTO game_results (session_id, user_id, game_type, item_id, client_result_id,"
          + " is_correct, attempts, time_spent_ms, skipped, user_answer, selected_answer,"
          + " selected_answers, user_tokens, error_type, metadata, created_at) VALUES ("
          + Columns.placeholders(16)
          + ")";

  private ResultRows() {}

  /**
   * The result that a client gave an id.
   *
   * @param clientResultKey of {@link ResultRequest#clientResultKey()}
   */
  static Future<Optional<RecordedResult>> byClientId(
      SqlClient db, String sessionId, String clientResultKey) {
    return db.preparedQuery(SELECT + "client_result_id = ?")
        .execute(Tuple.of(sessionId, clientResultKey))
        .map(ResultRows::first);
  }

  /** The result by which an item was skipped. */
  static Future<Optional<RecordedResult>> skip(SqlClient db, String sessionId, String itemId) {
    return db.preparedQuery(SELECT + "item_id = ? AND skipped ORDER BY id LIMIT 1")
        .execute(Tuple.of(sessionId, itemId))
        .map(ResultRows::first);
  }

  /**
   * @return the new row's id
   */
  static Future<Long> insert(
      SqlConnection transaction,
      Session session,
      ResultRequest request,
      Judgement judgement,
      Instant at) {
    Tuple values =
        Tuple.tuple()
            .addString(session.id())
            .addString(session.userId())
            .addString(session.game().wireName())
            .addString(request.itemId())
            .addString(request.clientResultKey());
    verdict(values, request, judgement).addLocalDateTime(Columns.time(at));
    return transaction
        .preparedQuery(INSERT)
        .execute(values)
        .map(rows -> rows.property(MySQLClient.LAST_INSERTED_ID));
  }

  /** Adds the columns from {@code is_correct} to {@code metadata}. */
  static Tuple verdict(Tuple values, ResultRequest request, Judgement judgement) {
    return values
        .addBoolean(judgement.correct())
        .addInteger(request.attempts())
        .addInteger(request.timeSpentMs())
        .addBoolean(request.answer().skipped())
        .addString(judgement.userAnswer())
        .addInteger(judgement.selectedAnswer())
        .addString(Columns.json(judgement.selectedAnswers()))
        .addString(Columns.json(judgement.userTokens()))
        .addString(judgement.errorType())
        .addString(metadata(request, judgement));
  }

  private static String metadata(ResultRequest request, Judgement judgement) {
    boolean disagree =
        request.clientVerdict() != null && request.clientVerdict() != judgement.correct();
    if (request.metadata() == null && !disagree) {
      return null;
    }
    JsonObject metadata = request.metadata() == null ? new JsonObject() : request.metadata().copy();
    return (disagree ? metadata.put("clientIsCorrect", request.clientVerdict()) : metadata)
        .encode();
  }

  private static Optional<RecordedResult> first(RowSet<Row> rows) {
    for (Row row : rows) {
      return Optional.of(
          new RecordedResult(
              row.getLong("id"),
              row.getString("item_id"),
              Columns.flag(row, "is_correct"),
              row.getInteger("attempts"),
              Columns.flag(row, "skipped"),
              row.getString("user_answer"),
              row.getInteger("selected_answer"),
              Columns.texts(row, "selected_answers"),
              Columns.texts(row, "user_tokens"),
              row.getString("error_type")));
    }
    return Optional.empty();
  }
}
