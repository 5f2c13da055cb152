package llm;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Quotas that all nodes on one Postgres share, one row each. A node remembers the row it last wrote
 * and writes the next one on the condition that nobody else has written since: alone it needs one
 * round trip. After a lost race it waits its turn for the row's lock, and for a while goes there at
 * once. All times in the row are the database's, as exactly as they are known: what was used counts
 * as late, and what becomes free does so as late as it may have been or be.
 *
 * <p>Confined to one event loop.
 */
final class PostgresQuotas implements QuotaStore {
  private static final long SHARED_MILLIS = 10_000;

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
  private final Map<String, Long> raceLost = new HashMap<>();
  private final ServerClock clock = new ServerClock();

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
  public Future<Grant> exchange(Report report) {
    long told = millis.getAsLong();
    // What is tried on is this node's own until the database has taken it.
    Known mine = known.remove(report.quota());
    long lost = raceLost.getOrDefault(report.quota(), Long.MIN_VALUE / 2);
    if (mine == null || millis.getAsLong() - lost < SHARED_MILLIS) {
      return locked(report, told);
    }
    return apply(pool, report, told, mine)
        .compose(
            grant -> {
              if (grant.isPresent()) {
                return Future.succeededFuture(grant.get());
              }
              raceLost.put(report.quota(), millis.getAsLong());
              return locked(report, told);
            });
  }

  /** Others write too: in turn with them, by the row's lock. */
  private Future<Grant> locked(Report report, long told) {
    return pool.withTransaction(
            connection ->
                lock(connection, report.quota())
                    .compose(
                        row ->
                            row.isPresent()
                                ? Future.succeededFuture(row)
                                : connection
                                    .preparedQuery(BEGIN)
                                    .execute(Tuple.of(report.quota()))
                                    .compose(begun -> lock(connection, report.quota())))
                    .compose(row -> apply(connection, report, told, row.orElseThrow())))
        .map(grant -> grant.orElseThrow(() -> new IllegalStateException("a lock was lost")));
  }

  private Future<Optional<Known>> lock(SqlClient connection, String quota) {
    long asked = millis.getAsLong();
    return connection
        .preparedQuery(LOCK)
        .execute(Tuple.of(quota))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(read(rows.iterator().next(), asked)));
  }

  private Known read(Row row, long asked) {
    clock.seen(asked, millis.getAsLong(), row.getLong("now"));
    return new Known(
        row.getLong("version"), QuotaForm.decode(row.getBuffer("state"), marginMillis));
  }

  /**
   * @param told when the report was made
   * @return empty when somebody else has written since {@code before}
   */
  private Future<Optional<Grant>> apply(SqlClient client, Report report, long told, Known before) {
    long asked = millis.getAsLong();
    long now = clock.notBefore(asked);
    Grant grant = before.state().exchange(now, clock.notAfter(told), report);
    long until = clock.surelyBefore(grant.until());
    return client
        .preparedQuery(WRITE)
        .execute(Tuple.of(report.quota(), before.version(), QuotaForm.encode(before.state(), now)))
        .map(
            rows -> {
              if (!rows.iterator().hasNext()) {
                return Optional.empty();
              }
              Row row = rows.iterator().next();
              clock.seen(asked, millis.getAsLong(), row.getLong("now"));
              known.put(report.quota(), new Known(row.getLong("version"), before.state()));
              return Optional.of(grant.endingAt(until));
            });
  }
}
