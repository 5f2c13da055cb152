package databases;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import io.vertx.sqlclient.Pool;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What there is once per process and database, though every event loop asks for it: memory of what
 * a database said, for instance. It lives as long as its Vert.x instance.
 *
 * @param <T> safe for use by several threads
 */
public final class PerPool<T> {
  /** All of one Vert.x instance. */
  private static final class All<T> implements Shareable {
    private final Map<Pool, T> byPool = new IdentityHashMap<>();
  }

  private final String name;

  /**
   * @param name of the map in Vert.x's local shared data, unlike all others
   */
  public PerPool(String name) {
    this.name = name;
  }

  /** The one of this Vert.x instance and pool, which is made when it is first asked for. */
  public T of(Vertx vertx, Pool pool, Supplier<T> make) {
    All<T> all =
        vertx
            .sharedData()
            .<String, All<T>>getLocalMap(name)
            .computeIfAbsent(name, n -> new All<>());
    synchronized (all) {
      return all.byPool.computeIfAbsent(pool, first -> make.get());
    }
  }
}
