package llm;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Quotas that all nodes on one Postgres share, one row each. A node remembers the row it last wrote
 * and writes the next one on the condition that nobody else has written since: alone it needs one
 * round trip for any number of waiting calls; after a lost race it waits its turn for the row's
 * lock. All times are the database's.
 *
 * <p>Confined to one event loop.
 */
final class PostgresQuotas implements QuotaStore {
  private static final long CLOCK_AGE_MILLIS = 60_000;

  private static final String CLOCK =
      "(extract(epoch FROM clock_timestamp()) * 1000)::BIGINT AS now";
  private static final String WRITE =
      "UPDATE llm_quota SET version = version + 1, state = $3, updated_at = now()"
          + " WHERE quota = $1 AND version = $2 RETURNING version, "
          + CLOCK;
  private static final String BEGIN =
      "INSERT INTO llm_quota (quota) VALUES ($1) ON CONFLICT (quota) DO NOTHING";
  private static final String LOCK =
      "SELECT version, state, " + CLOCK + " FROM llm_quota WHERE quota = $1 FOR UPDATE";

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
    // What is tried on is this node's own until the database has taken it.
    Known mine = known.remove(quota);
    if (mine == null) {
      return locked(quota, limits, news, wantedTokens);
    }
    return apply(pool, quota, mine, limits, news, wantedTokens)
        .compose(
            verdict ->
                verdict.isPresent()
                    ? Future.succeededFuture(verdict.get())
                    : locked(quota, limits, news, wantedTokens));
  }

  /** Others write too: in turn with them, by the row's lock. */
  private Future<QuotaState.Verdict> locked(
      String quota, QuotaLimits limits, List<QuotaState.News> news, List<Integer> wanted) {
    return pool.withTransaction(
            connection ->
                connection
                    .preparedQuery(BEGIN)
                    .execute(Tuple.of(quota))
                    .compose(
                        begun -> {
                          long asked = millis.getAsLong();
                          return connection
                              .preparedQuery(LOCK)
                              .execute(Tuple.of(quota))
                              .map(rows -> read(rows.iterator().next(), asked));
                        })
                    .compose(row -> apply(connection, quota, row, limits, news, wanted)))
        .map(verdict -> verdict.orElseThrow(() -> new IllegalStateException("a lock was lost")));
  }

  private Known read(Row row, long asked) {
    setClock(asked, millis.getAsLong(), row.getLong("now"));
    QuotaState state = new QuotaState(marginMillis);
    state.decode(row.getBuffer("state"));
    return new Known(row.getLong("version"), state);
  }

  /**
   * @return empty when somebody else has written since {@code before}
   */
  private Future<Optional<QuotaState.Verdict>> apply(
      SqlClient client,
      String quota,
      Known before,
      QuotaLimits limits,
      List<QuotaState.News> news,
      List<Integer> wanted) {
    long asked = millis.getAsLong();
    long now = asked + clockOffset;
    news.forEach(item -> before.state().learn(now, limits, item));
    QuotaState.Verdict verdict = before.state().reserve(now, limits, wanted);
    return client
        .preparedQuery(WRITE)
        .execute(Tuple.of(quota, before.version(), before.state().encode(now)))
        .map(
            rows -> {
              if (!rows.iterator().hasNext()) {
                return Optional.empty();
              }
              Row row = rows.iterator().next();
              long answered = millis.getAsLong();
              setClock(asked, answered, row.getLong("now"));
              known.put(quota, new Known(row.getLong("version"), before.state()));
              // A reservation that took longer than the margin is spent, but nobody may use it: the
              // provider would count the call in a later window than the log does.
              return Optional.of(
                  answered - asked <= marginMillis / 2
                      ? verdict
                      : new QuotaState.Verdict(0, now, Math.max(1, verdict.waitMillis())));
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
