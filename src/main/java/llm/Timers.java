package llm;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Time for the pools: the machine's, or a simulation's. */
interface Timers {
  /** Milliseconds of a clock that never goes back. */
  long millis();

  /** Runs {@code task} on the pools' own thread, not before {@code delayMillis} have passed. */
  void after(long delayMillis, Runnable task);

  /** Runs {@code task} on the pools' own thread, soon; may be called from any thread. */
  void execute(Runnable task);

  /** The machine's time, on the event loop of whoever calls this. */
  static Timers of(Vertx vertx) {
    Context context = vertx.getOrCreateContext();
    return new Timers() {
      @Override
      public void execute(Runnable task) {
        context.runOnContext(now -> task.run());
      }

      @Override
      public long millis() {
        return System.nanoTime() / 1_000_000;
      }

      @Override
      public void after(long delayMillis, Runnable task) {
        vertx.setTimer(Math.max(1, delayMillis), id -> task.run());
      }
    };
  }
}
