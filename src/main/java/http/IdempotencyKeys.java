package http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mysqlclient.MySQLClient;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The table of used idempotency keys. The unique key over learner, endpoint and key decides who
 * works; the database's clock decides what is old, so nodes need not agree on the time.
 */
final class IdempotencyKeys {
  /** Hours for which a key is remembered. */
  static final int LIFETIME_HOURS = 24;

  /** Seconds after which a reservation without an answer counts as abandoned. */
  static final int ABANDONED_SECONDS = 60;

  private static final int DUPLICATE_ENTRY = 1062;
  private static final int DEADLOCK = 1213;
  // Copies that waited together for a released key all want it; each round at least one of them
  // gets it.
  private static final int ATTEMPTS = 5;
  private static final int CHUNK = 1_000;

  private final Pool mysql;

  IdempotencyKeys(Pool mysql) {
    this.mysql = mysql;
  }

  /**
   * Whose key it is.
   *
   * @param endpoint method and path as called
   */
  record Scope(String userId, String endpoint, String key) {}

  /**
   * What became of a request with a key.
   *
   * @param id of the new reservation; 0 when {@code replay} holds the first answer
   */
  record Reserved(long id, Reply replay) {}

  /**
   * Reserves a key, or finds what its first use answered. Fails with {@link ApiException} when the
   * first use was for another body or is still running.
   */
  Future<Reserved> reserve(Scope scope, byte[] hash) {
    return reserve(scope, hash, ATTEMPTS);
  }

  private Future<Reserved> reserve(Scope scope, byte[] hash, int attempts) {
    if (attempts == 0) {
      return Future.failedFuture(running());
    }
    return mysql
        .preparedQuery(
            "INSERT INTO idempotency_keys (user_id, endpoint, idempotency_key, request_hash, state,"
                + " created_at, expires_at) VALUES (?, ?, ?, ?, 'in_progress', UTC_TIMESTAMP(6),"
                + " UTC_TIMESTAMP(6) + INTERVAL "
                + LIFETIME_HOURS
                + " HOUR)")
        .execute(Tuple.of(scope.userId(), scope.endpoint(), scope.key(), Buffer.buffer(hash)))
        .map(rows -> new Reserved(rows.property(MySQLClient.LAST_INSERTED_ID), null))
        .recover(
            failure ->
                switch (failure instanceof MySQLException refused ? refused.getErrorCode() : 0) {
                  case DUPLICATE_ENTRY -> existing(scope, hash, attempts);
                  case DEADLOCK -> reserve(scope, hash, attempts - 1);
                  default -> Future.failedFuture(failure);
                });
  }

  private Future<Reserved> existing(Scope scope, byte[] hash, int attempts) {
    return mysql
        .preparedQuery(
            "SELECT id, request_hash, state, status_code, response_data, expires_at <="
                + " UTC_TIMESTAMP(6) AS expired, created_at <= UTC_TIMESTAMP(6) - INTERVAL "
                + ABANDONED_SECONDS
                + " SECOND AS late FROM idempotency_keys WHERE user_id = ? AND endpoint = ? AND"
                + " idempotency_key = ?")
        .execute(Tuple.of(scope.userId(), scope.endpoint(), scope.key()))
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return reserve(scope, hash, attempts - 1); // released in between
              }
              Row row = rows.iterator().next();
              boolean done = row.getString("state").equals("done");
              if (row.getInteger("expired") != 0 || (!done && row.getInteger("late") != 0)) {
                return removeStale(row.getLong("id"))
                    .compose(removed -> reserve(scope, hash, attempts - 1));
              }
              if (!Arrays.equals(row.getBuffer("request_hash").getBytes(), hash)) {
                return Future.failedFuture(
                    new ApiException(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                        "this Idempotency-Key came with another body before: use a new key for a"
                            + " new request"));
              }
              return done
                  ? Future.succeededFuture(new Reserved(0, stored(row)))
                  : Future.failedFuture(running());
            });
  }

  private static ApiException running() {
    return new ApiException(
            ErrorCode.DUPLICATE_REQUEST,
            "the first request with this Idempotency-Key is still running; try again shortly")
        .header("Retry-After", "1");
  }

  /**
   * Only if it is still as stale as it was seen: the id is another one when somebody else was
   * quicker.
   */
  private Future<Void> removeStale(long id) {
    return mysql
        .preparedQuery(
            "DELETE FROM idempotency_keys WHERE id = ? AND (expires_at <= UTC_TIMESTAMP(6)"
                + " OR (state = 'in_progress' AND created_at <= UTC_TIMESTAMP(6) - INTERVAL "
                + ABANDONED_SECONDS
                + " SECOND))")
        .execute(Tuple.of(id))
        .mapEmpty();
  }

  private static Reply stored(Row row) {
    // MySQL delivers JSON parsed, MariaDB as text
    Object data = row.getValue("response_data");
    JsonObject answer =
        data instanceof JsonObject parsed ? parsed : new JsonObject(String.valueOf(data));
    Map<String, String> headers = new TreeMap<>();
    answer
        .getJsonObject("headers")
        .forEach(header -> headers.put(header.getKey(), String.valueOf(header.getValue())));
    headers.put("Idempotent-Replayed", "true");
    JsonObject body = answer.getJsonObject("body");
    return new Reply(
        row.getInteger("status_code"), body, body == null ? Buffer.buffer() : null, headers);
  }

  /**
   * Stores an answer.
   *
   * @param db a pool, or the transaction that does the work
   * @return false when the reservation was taken for abandoned and is somebody else's now
   */
  Future<Boolean> settle(SqlClient db, long id, Reply reply) {
    JsonObject answer =
        new JsonObject()
            .put("headers", new JsonObject(new TreeMap<>(reply.headers())))
            .put("body", reply.json());
    return db.preparedQuery(
            "UPDATE idempotency_keys SET state = 'done', status_code = ?, response_data = ? WHERE"
                + " id = ? AND state = 'in_progress'")
        .execute(Tuple.of(reply.status(), answer.encode(), id))
        .map(rows -> rows.rowCount() == 1);
  }

  /** As {@link #settle(SqlClient, long, Reply)}, after the work. */
  Future<Boolean> settle(long id, Reply reply) {
    return settle(mysql, id, reply);
  }

  /** Gives a reservation back, so that a corrected request may use the key. */
  Future<Void> release(long id) {
    return mysql
        .preparedQuery("DELETE FROM idempotency_keys WHERE id = ? AND state = 'in_progress'")
        .execute(Tuple.of(id))
        .mapEmpty();
  }

  /**
   * Deletes what has expired, some rows at a time so that nobody waits for locks. Returns the
   * number.
   */
  Future<Long> deleteExpired() {
    return deleteExpired(0);
  }

  private Future<Long> deleteExpired(long before) {
    return mysql
        .query(
            "DELETE FROM idempotency_keys WHERE expires_at <= UTC_TIMESTAMP(6) ORDER BY expires_at"
                + " LIMIT "
                + CHUNK)
        .execute()
        .compose(
            rows ->
                rows.rowCount() < CHUNK
                    ? Future.succeededFuture(before + rows.rowCount())
                    : deleteExpired(before + rows.rowCount()));
  }
}
