package zoom;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import outbound.Failure;
import settings.ZoomSettings;

/**
 * The pace of calls, for the whole account: Zoom counts all of a school's nodes together, so the
 * next free moment stands in Postgres and each call moves it on. Calls come evenly spaced and never
 * in bursts.
 */
final class RateGate {
  /** Whoever would wait longer is sent away instead, and comes back by the work engine's clock. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  private final Vertx vertx;
  private final Pool pool;
  private final String account;
  private final ZoomSettings settings;

  RateGate(Vertx vertx, Pool postgres, String account, ZoomSettings settings) {
    this.vertx = vertx;
    this.pool = postgres;
    this.account = account;
    this.settings = settings;
  }

  /** Completes when a call may be made; fails with the time when that is too far away. */
  Future<Void> pass(RateLabel label) {
    double perSecond = label.perSecond(settings.plan()) * settings.ratePercent() / 100.0;
    int perDay = label.perDay(settings.plan()) * settings.ratePercent() / 100;
    return pool.preparedQuery(
            """
            INSERT INTO zoom_rates AS r (account, label, next_at, day, used)
            VALUES ($1, $2, now() + make_interval(secs => $3), (now() AT TIME ZONE 'UTC')::date, 1)
            ON CONFLICT (account, label) DO UPDATE SET
              next_at = CASE WHEN r.next_at > now() + make_interval(secs => $4) OR r.blocked_until > now()
                               OR ($5 > 0 AND r.used >= $5 AND r.day = EXCLUDED.day)
                             THEN r.next_at ELSE greatest(r.next_at, now()) + make_interval(secs => $3) END,
              used = CASE WHEN r.day <> EXCLUDED.day THEN 1
                          WHEN r.next_at > now() + make_interval(secs => $4) OR r.blocked_until > now() THEN r.used
                          ELSE r.used + 1 END,
              day = EXCLUDED.day
            RETURNING extract(epoch FROM next_at - now())::float8 AS until_next,
                      extract(epoch FROM blocked_until - now())::float8 AS until_open, used,
                      extract(epoch FROM (day + 1)::timestamp AT TIME ZONE 'UTC' - now())::float8 AS until_midnight
            """)
        .execute(
            Tuple.of(
                account, label.word(), 1 / perSecond, (double) LONGEST_WAIT.toSeconds(), perDay))
        .compose(rows -> pass(label, rows.iterator().next(), 1 / perSecond, perDay));
  }

  private Future<Void> pass(RateLabel label, Row row, double spacing, int perDay) {
    Double open = row.getDouble("until_open");
    if (open != null && open > 0) {
      return open <= LONGEST_WAIT.toSeconds()
          ? sleep(open).compose(slept -> pass(label))
          : refused(open, "its rate limit is used up");
    }
    if (perDay > 0 && row.getInteger("used") > perDay) {
      return refused(row.getDouble("until_midnight"), "its daily limit is used up");
    }
    double wait = row.getDouble("until_next") - spacing;
    if (wait > LONGEST_WAIT.toSeconds()) {
      return refused(wait, "too many calls wait before this one");
    }
    return wait <= 0 ? Future.succeededFuture() : sleep(wait);
  }

  private Future<Void> sleep(double seconds) {
    return vertx.timer(Math.max(1, Math.round(seconds * 1_000)), TimeUnit.MILLISECONDS).mapEmpty();
  }

  private static Future<Void> refused(double seconds, String why) {
    return Future.failedFuture(
        Failure.notBefore(Instant.now().plusMillis(Math.round(seconds * 1_000)), why));
  }

  /** Zoom has said that nobody of the account may call before {@code until}. */
  Future<Void> block(RateLabel label, Instant until) {
    return pool.preparedQuery(
            """
            UPDATE zoom_rates SET blocked_until = greatest(coalesce(blocked_until, $3), $3) WHERE account = $1 AND label = $2
            """)
        .execute(Tuple.of(account, label.word(), OffsetDateTime.ofInstant(until, ZoneOffset.UTC)))
        .mapEmpty();
  }
}
