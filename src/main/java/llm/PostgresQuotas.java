package llm;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Quotas that all nodes on one Postgres share, one row each. A node remembers the row it last wrote
 * and writes the next one on the condition that nobody else has written since: alone it needs one
 * round trip for any number of waiting calls, and a lost race gives it the newer row to try again
 * with. All times are the database's.
 *
 * <p>Confined to one event loop.
 */
final class PostgresQuotas implements QuotaStore {
  private static final int MOST_TRIES = 20;
  private static final long CLOCK_AGE_MILLIS = 60_000;

  private static final String WRITE =
      """
      WITH written AS (
        UPDATE llm_quota SET version = version + 1, state = $3, updated_at = now()
         WHERE quota = $1 AND version = $2
        RETURNING version)
      SELECT (SELECT version FROM written) AS written, version, state,
             (extract(epoch FROM clock_timestamp()) * 1000)::BIGINT AS now
        FROM llm_quota WHERE quota = $1
      """;
  private static final String BEGIN =
      "INSERT INTO llm_quota (quota) VALUES ($1) ON CONFLICT (quota) DO NOTHING";

  private record Known(long version, QuotaState state) {}

  private final Pool pool;
  private final LongSupplier millis;
  private final long marginMillis;
  private final Map<String, Known> known = new HashMap<>();
  private long clockOffset;
  private long clockRoundTrip = Long.MAX_VALUE;
  private long clockSetAt;

  /**
   * @param millis this process's clock, which never goes back
   * @param marginMillis how much later than its reservation a call may reach the provider
   */
  PostgresQuotas(Pool pool, LongSupplier millis, long marginMillis) {
    this.pool = pool;
    this.millis = millis;
    this.marginMillis = marginMillis;
  }

  @Override
  public Future<QuotaState.Verdict> exchange(
      String quota, QuotaLimits limits, List<QuotaState.News> news, List<Integer> wantedTokens) {
    return attempt(quota, limits, news, wantedTokens, 1);
  }

  private Future<QuotaState.Verdict> attempt(
      String quota,
      QuotaLimits limits,
      List<QuotaState.News> news,
      List<Integer> wanted,
      int number) {
    if (number > MOST_TRIES) {
      return Future.failedFuture(
          new IllegalStateException("quota " + quota + " is written by others all the time"));
    }
    // What is tried on is this node's own until the database has taken it.
    Known before = known.remove(quota);
    if (before == null) {
      return write(quota, -1, Buffer.buffer())
          .compose(
              row -> {
                if (row == null) {
                  return pool.preparedQuery(BEGIN).execute(Tuple.of(quota)).mapEmpty();
                }
                remember(quota, row);
                return Future.succeededFuture();
              })
          .compose(read -> attempt(quota, limits, news, wanted, number + 1));
    }
    long now = millis.getAsLong() + clockOffset;
    news.forEach(item -> before.state().learn(now, limits, item));
    QuotaState.Verdict verdict = before.state().reserve(now, limits, wanted);
    return write(quota, before.version(), before.state().encode(now))
        .compose(
            row -> {
              if (row == null || row.getLong("written") == null) {
                if (row != null) {
                  remember(quota, row);
                }
                return attempt(quota, limits, news, wanted, number + 1);
              }
              known.put(quota, new Known(row.getLong("written"), before.state()));
              long late = millis.getAsLong() + clockOffset - now;
              // A reservation that took longer than the margin is spent, but nobody may use it: the
              // provider would count the call in a later window than the log does.
              return Future.succeededFuture(
                  late <= marginMillis / 2
                      ? verdict
                      : new QuotaState.Verdict(0, now, Math.max(1, verdict.waitMillis())));
            });
  }

  private void remember(String quota, Row row) {
    QuotaState state = new QuotaState(marginMillis);
    state.decode(row.getBuffer("state"));
    known.put(quota, new Known(row.getLong("version"), state));
  }

  /** The row as it was before, or null when there is none. */
  private Future<Row> write(String quota, long version, Buffer state) {
    long asked = millis.getAsLong();
    return pool.preparedQuery(WRITE)
        .execute(Tuple.of(quota, version, state))
        .map(
            rows -> {
              if (!rows.iterator().hasNext()) {
                return null;
              }
              Row row = rows.iterator().next();
              setClock(asked, millis.getAsLong(), row.getLong("now"));
              return row;
            });
  }

  /** The quickest answer of the last minute tells the database's clock best. */
  private void setClock(long asked, long answered, long theirs) {
    long roundTrip = answered - asked;
    if (roundTrip <= clockRoundTrip || answered - clockSetAt > CLOCK_AGE_MILLIS) {
      clockRoundTrip = roundTrip;
      clockOffset = theirs - (asked + answered) / 2;
      clockSetAt = answered;
    }
  }
}
