package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;

/** Gives up sessions that nobody plays any more. */
public final class IdleSessions {
  /** After this without an answer a session is abandoned. */
  public static final Duration LIMIT = Duration.ofDays(30);

  // Small enough that nobody who answers at that moment waits noticeably for the rows.
  private static final int CHUNK = 500;

  private final Pool mysql;

  public IdleSessions(Pool mysql) {
    this.mysql = mysql;
  }

  /**
   * Marks as {@code abandoned} what is active and was last answered before {@code now} minus {@link #LIMIT}. Safe on several nodes at
   * once.
   *
   * @return how many
   */
  public Future<Integer> abandon(Instant now) {
    return mysql
        .preparedQuery("UPDATE game_sessions SET status = 'abandoned' WHERE status = 'active' AND updated_at < ? ORDER BY updated_at LIMIT ?")
        .execute(Tuple.of(Columns.time(now.minus(LIMIT)), CHUNK))
        .compose(
            rows ->
                rows.rowCount() < CHUNK
                    ? Future.succeededFuture(rows.rowCount())
                    : abandon(now).map(further -> rows.rowCount() + further));
  }
}
