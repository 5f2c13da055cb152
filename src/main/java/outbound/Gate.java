package outbound;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;

/** Lets so many through at a time; the others wait in line. Safe to use from any thread. */
final class Gate {
  private final int limit;
  private final int longestQueue;
  private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
  private int inside;

  Gate(int limit, int longestQueue) {
    this.limit = limit;
    this.longestQueue = longestQueue;
  }

  /**
   * Completes when it is one's turn; {@link #leave} must follow. Fails when too many wait already.
   */
  Future<Void> enter() {
    Promise<Void> turn = Promise.promise();
    synchronized (this) {
      if (inside < limit) {
        inside++;
        return Future.succeededFuture();
      }
      if (waiting.size() >= longestQueue) {
        return Future.failedFuture(
            Failure.of(
                Failure.Kind.RETRY, longestQueue + " calls wait for it already, none more can"));
      }
      waiting.add(turn);
    }
    return turn.future();
  }

  /** Stops waiting; false when it is one's turn already. */
  synchronized boolean giveUp(Future<Void> turn) {
    return waiting.removeIf(promise -> promise.future() == turn);
  }

  void leave() {
    Promise<Void> next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        inside--;
      }
    }
    if (next != null) {
      next.complete();
    }
  }

  synchronized int inside() {
    return inside;
  }

  synchronized int waiting() {
    return waiting.size();
  }
}
