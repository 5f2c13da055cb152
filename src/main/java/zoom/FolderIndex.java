package zoom;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a {@link FolderSnapshot} fresh. Every question looks at the folder's time stamp, which is
 * one system call; only a changed folder is listed again. Listings never overlap, and pauses
 * between them are at least five times as long as a listing takes, so however many files come in,
 * at most a sixth of one core goes into listing.
 */
final class FolderIndex {
  private static final long MIN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int PAUSE_FACTOR = 5;

  /** Network file systems may not tell of changes through the folder's time stamp. */
  private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Vertx vertx;
  private final Path folder;

  private FolderSnapshot snapshot;
  private long scannedAt;
  private long nextAllowed = System.nanoTime();
  private boolean running;

  /** The listing that has not begun yet; everybody who asks meanwhile shares it. */
  private Promise<FolderSnapshot> next;

  private long scans;

  FolderIndex(Vertx vertx, Path folder) {
    this.vertx = vertx;
    this.folder = folder;
  }

  /** A listing that shows everything that was in the folder before this call. */
  Future<FolderSnapshot> current() {
    FolderSnapshot known;
    synchronized (this) {
      known =
          !running && next == null && System.nanoTime() - scannedAt < MAX_AGE_NANOS
              ? snapshot
              : null;
    }
    if (known == null) {
      return nextScan();
    }
    return vertx
        .executeBlocking(() -> known.isCurrent(Files.getLastModifiedTime(folder)), false)
        .otherwise(false)
        .compose(current -> current ? Future.succeededFuture(known) : nextScan());
  }

  private synchronized Future<FolderSnapshot> nextScan() {
    if (next == null) {
      next = Promise.promise();
      if (!running) {
        schedule();
      }
    }
    return next.future();
  }

  /** Not a Vert.x timer: that would die with the verticle that happened to ask first. */
  private void schedule() {
    running = true;
    long wait = Math.max(0, nextAllowed - System.nanoTime());
    CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS).execute(this::scan);
  }

  private void scan() {
    Promise<FolderSnapshot> mine;
    long begun = System.nanoTime();
    synchronized (this) {
      mine = next;
      next = null;
    }
    vertx
        .executeBlocking(() -> FolderSnapshot.scan(folder), false)
        .onComplete(
            result -> {
              finished(result.result(), begun);
              if (result.succeeded()) {
                mine.complete(result.result());
              } else {
                mine.fail(result.cause());
              }
            });
  }

  private synchronized void finished(FolderSnapshot scanned, long begun) {
    long now = System.nanoTime();
    if (scanned != null) {
      snapshot = scanned;
      scannedAt = begun;
    }
    nextAllowed = now + Math.max(MIN_PAUSE_NANOS, PAUSE_FACTOR * (now - begun));
    scans++;
    running = false;
    if (next != null) {
      schedule();
    }
  }

  /** How often the folder was listed. */
  synchronized long scans() {
    return scans;
  }
}
