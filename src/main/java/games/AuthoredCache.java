package games;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one game's authored catalogue in memory. Nobody waits for it: as long as there is none, or
 * the one there is has grown too old, readers ask the database. For one event loop.
 */
final class AuthoredCache {
  private static final Logger LOG = LoggerFactory.getLogger(AuthoredCache.class);

  /** What is there is shown for this many ages at most while a newer one can't be had. */
  private static final int GRACE = 3;

  private final Duration age;
  private final Supplier<Future<Optional<AuthoredCatalogue>>> load;
  private Optional<AuthoredCatalogue> kept = Optional.empty();
  private long loadedAt;
  private long triedAt;
  private boolean tried;
  private boolean loading;

  /**
   * @param age after which the database is asked for what is new; zero keeps nothing
   * @param load empty when it is too large to keep
   */
  AuthoredCache(Duration age, Supplier<Future<Optional<AuthoredCatalogue>>> load) {
    this.age = age;
    this.load = load;
  }

  /** Keeps nothing. */
  static AuthoredCache none() {
    return new AuthoredCache(Duration.ZERO, () -> Future.succeededFuture(Optional.empty()));
  }

  /** The catalogue, if it is there and not too old. */
  Optional<AuthoredCatalogue> now() {
    if (age.isZero()) {
      return Optional.empty();
    }
    long now = System.nanoTime();
    if (!loading && (!tried || now - triedAt >= age.toNanos())) {
      refresh();
    }
    return now - loadedAt <= GRACE * age.toNanos() ? kept : Optional.empty();
  }

  /** Loads it anew; fails when the database does not answer, and then what was there stays. */
  Future<Void> refresh() {
    long begun = System.nanoTime();
    loading = true;
    tried = true;
    triedAt = begun;
    return load.get()
        .onComplete(
            loaded -> {
              loading = false;
              if (loaded.succeeded()) {
                kept = loaded.result();
                loadedAt = begun;
              } else {
                LOG.atDebug().setCause(loaded.cause()).log("the catalogue could not be read");
              }
            })
        .mapEmpty();
  }
}
