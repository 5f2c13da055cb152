package games;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives up sessions that nobody plays any more. */
public final class IdleSessions {
  private static final Logger LOG = LoggerFactory.getLogger(IdleSessions.class);

  /** After this without an answer a session is abandoned. */
  public static final Duration LIMIT = Duration.ofDays(30);

  // Small enough that nobody who answers at that moment waits noticeably for the rows.
  private static final int CHUNK = 500;

  private final Pool mysql;

  public IdleSessions(Pool mysql) {
    this.mysql = mysql;
  }

  /** Looks every hour, as long as the context that calls this lives. */
  public void abandonHourly(Vertx vertx) {
    vertx.setPeriodic(
        TimeUnit.HOURS.toMillis(1),
        timer ->
            abandon(Instant.now())
                .onFailure(
                    failure ->
                        LOG.warn(
                            "idle sessions stay active for another hour: {}",
                            failure.getMessage())));
  }

  /**
   * Marks as {@code abandoned} what is active and was last answered before {@code now} minus {@link
   * #LIMIT}. Safe on several nodes at once.
   *
   * @return how many
   */
  public Future<Integer> abandon(Instant now) {
    LocalDateTime before = Columns.time(now.minus(LIMIT));
    return mysql
        .preparedQuery(
            // found by its beginning: an index of the last answer was rewritten by every answer
            "UPDATE game_sessions SET status = 'abandoned' WHERE status = 'active' AND started_at <"
                + " ? AND updated_at < ? ORDER BY started_at LIMIT ?")
        .execute(Tuple.of(before, before, CHUNK))
        .compose(
            rows ->
                rows.rowCount() < CHUNK
                    ? Future.succeededFuture(rows.rowCount())
                    : abandon(now).map(further -> rows.rowCount() + further));
  }
}
