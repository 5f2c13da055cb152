package databases;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * One pool for everybody, and event loops that have connections of their own. A pool that several
 * loops share gives a statement whichever connection is free first, and when that is another
 * loop's, both have to wake each other up: on two busy processors that cost more than the
 * statement. Safe for use by several threads.
 */
final class LoopPools implements Pool {
  private static final Runnable NOTHING = () -> {};

  private final Pool shared;
  private final Map<Thread, Pool> own = new ConcurrentHashMap<>();

  LoopPools(Pool shared) {
    this.shared = shared;
  }

  /**
   * From now on what the calling event loop asks goes by connections that no other loop uses. A
   * second verticle on it uses them as well, and those of all when the first has gone.
   *
   * @param open makes what Vert.x closes with the calling verticle
   * @return undoes it; to be run before the verticle has stopped
   */
  Runnable join(Supplier<Pool> open) {
    Thread loop = Thread.currentThread();
    if (own.containsKey(loop)) {
      return NOTHING;
    }
    Pool mine = open.get();
    own.put(loop, mine);
    return () -> own.remove(loop, mine);
  }

  private Pool here() {
    return own.getOrDefault(Thread.currentThread(), shared);
  }

  @Override
  public Future<SqlConnection> getConnection() {
    return here().getConnection();
  }

  @Override
  public Query<RowSet<Row>> query(String sql) {
    return here().query(sql);
  }

  @Override
  public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
    return here().preparedQuery(sql);
  }

  @Override
  public PreparedQuery<RowSet<Row>> preparedQuery(String sql, PrepareOptions options) {
    return here().preparedQuery(sql, options);
  }

  /** Connections open now, of all loops. */
  @Override
  public int size() {
    return shared.size() + own.values().stream().mapToInt(Pool::size).sum();
  }

  /** Closes what everybody shares; a loop's own connections end with its verticles. */
  @Override
  public Future<Void> close() {
    return shared.close();
  }
}
