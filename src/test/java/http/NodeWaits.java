package http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting for what no event tells of. */
final class NodeWaits {
  private NodeWaits() {}

  /** Looks again and again, ten seconds at most. */
  static void until(BooleanSupplier there) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!there.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not happen within 10 s");
      }
      CompletableFuture.runAsync(
              () -> {}, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS))
          .join();
    }
  }
}
