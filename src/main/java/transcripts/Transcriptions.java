package transcripts;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What services are doing with which lesson's sound, in Postgres, so that any node can go on. */
final class Transcriptions {
  private final Pool pool;

  Transcriptions(Pool postgres) {
    this.pool = postgres;
  }

  /**
   * @param status working, completed or failed
   * @param reason why it failed
   */
  record Entry(
      String service,
      String status,
      JsonObject state,
      Optional<JsonObject> result,
      String reason) {}

  /** Of one sound, in the order they were begun. */
  Future<List<Entry>> of(long lessonId, String sha256) {
    return pool.preparedQuery(
            """
            SELECT service, status, state, result, coalesce(reason, '') AS reason FROM transcriptions
            WHERE lesson_id = $1 AND audio_sha256 = $2 ORDER BY created_at
            """)
        .execute(Tuple.of(lessonId, sha256))
        .map(
            rows -> {
              List<Entry> entries = new ArrayList<>();
              for (Row row : rows) {
                entries.add(
                    new Entry(
                        row.getString("service"),
                        row.getString("status"),
                        row.getJsonObject("state"),
                        Optional.ofNullable(row.getJsonObject("result")),
                        row.getString("reason")));
              }
              return entries;
            });
  }

  /**
   * Opens an entry and counts its seconds against the day's limit, both or neither.
   *
   * @param limitSeconds a day; 0: none
   * @return false when the day has no room for it; nothing is written then
   */
  Future<Boolean> begin(
      long lessonId, String sha256, String service, long seconds, long limitSeconds) {
    return pool.withTransaction(
            connection ->
                connection
                    .preparedQuery(
                        """
                        INSERT INTO transcriptions (lesson_id, audio_sha256, service, seconds) VALUES ($1, $2, $3, $4)
                        ON CONFLICT DO NOTHING
                        """)
                    .execute(Tuple.of(lessonId, sha256, service, (int) seconds))
                    .compose(
                        inserted -> {
                          if (inserted.rowCount() == 0 || seconds == 0) {
                            return Future.succeededFuture(true);
                          }
                          return connection
                              .preparedQuery(
                                  """
                                  INSERT INTO transcription_days AS d (day, seconds)
                                  SELECT (now() AT TIME ZONE 'UTC')::date, $1 WHERE $2::bigint = 0 OR $1::bigint <= $2
                                  ON CONFLICT (day) DO UPDATE SET seconds = d.seconds + $1
                                  WHERE $2 = 0 OR d.seconds + $1 <= $2
                                  """)
                              .execute(Tuple.of(seconds, limitSeconds))
                              .compose(
                                  counted ->
                                      counted.rowCount() == 1
                                          ? Future.succeededFuture(true)
                                          : Future.failedFuture(new NoRoom()));
                        }))
        .recover(
            error ->
                error instanceof NoRoom
                    ? Future.succeededFuture(false)
                    : Future.failedFuture(error));
  }

  /** Rolls the transaction back. */
  private static final class NoRoom extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoRoom() {
      super(null, null, false, false);
    }
  }

  /** Until the day's limit begins anew, by the database's clock. */
  Future<Duration> untilTomorrow() {
    return pool.query(
            """
            SELECT ceil(extract(epoch FROM date_trunc('day', now() AT TIME ZONE 'UTC') + interval '1 day'
                                           - (now() AT TIME ZONE 'UTC')))::bigint AS seconds
            """)
        .execute()
        .map(rows -> Duration.ofSeconds(rows.iterator().next().getLong("seconds") + 1));
  }

  /** Stores what a job must remember; fails when its entry is gone. */
  Future<Void> save(long lessonId, String sha256, String service, JsonObject state) {
    return changed(
        """
        UPDATE transcriptions SET state = $4, job_id = $4::jsonb ->> 'job_id', updated_at = now()
        WHERE lesson_id = $1 AND audio_sha256 = $2 AND service = $3 AND status = 'working'
        """,
        Tuple.of(lessonId, sha256, service, state));
  }

  Future<Void> complete(long lessonId, String sha256, String service, JsonObject result) {
    return changed(
        """
        UPDATE transcriptions SET status = 'completed', result = $4, updated_at = now()
        WHERE lesson_id = $1 AND audio_sha256 = $2 AND service = $3
        """,
        Tuple.of(lessonId, sha256, service, result));
  }

  Future<Void> fail(long lessonId, String sha256, String service, String reason) {
    return changed(
        """
        UPDATE transcriptions SET status = 'failed', reason = $4, result = NULL, updated_at = now()
        WHERE lesson_id = $1 AND audio_sha256 = $2 AND service = $3
        """,
        Tuple.of(lessonId, sha256, service, reason));
  }

  /** Forgets what failed, so that somebody who puts the lesson back gets new attempts. */
  Future<Void> forgetFailed(long lessonId) {
    return pool.preparedQuery(
            "DELETE FROM transcriptions WHERE lesson_id = $1 AND status = 'failed'")
        .execute(Tuple.of(lessonId))
        .mapEmpty();
  }

  private Future<Void> changed(String sql, Tuple arguments) {
    return pool.preparedQuery(sql)
        .execute(arguments)
        .compose(
            result ->
                result.rowCount() == 1
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new IllegalStateException("the transcription's row is gone")));
  }
}
