package work;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Renews all leases of one worker with one statement every third of the lease. Confined to the
 * worker's context.
 */
final class Heartbeat {
  private static final String RENEWING = "renewing leases";

  private final Vertx vertx;
  private final WorkQueue queue;
  private final Outage outage;
  private final Duration lease;
  private final Supplier<List<Execution>> held;
  private final Consumer<Execution> lost;
  private long timer = -1;
  private boolean stopped;
  private int failures;

  /**
   * @param held the executions whose leases are still of use
   * @param lost hears of those whose lease is gone, while their job still runs
   */
  Heartbeat(
      Vertx vertx,
      WorkQueue queue,
      Outage outage,
      Duration lease,
      Supplier<List<Execution>> held,
      Consumer<Execution> lost) {
    this.vertx = vertx;
    this.queue = queue;
    this.outage = outage;
    this.lease = lease;
    this.held = held;
    this.lost = lost;
  }

  void start() {
    next(period());
  }

  void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private long period() {
    return Math.max(1, lease.toMillis() / 3);
  }

  private void next(long millis) {
    if (!stopped) {
      timer = vertx.setTimer(millis, fired -> beat());
    }
  }

  private void beat() {
    List<Execution> executions = held.get();
    if (executions.isEmpty()) {
      failures = 0;
      outage.over(RENEWING);
      next(period());
      return;
    }
    queue
        .renew(executions.stream().map(Execution::lease).toList(), lease)
        .timeout(lease.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(
            ids -> {
              failures = 0;
              outage.over(RENEWING);
              renewed(executions, ids);
              next(period());
            },
            failure -> {
              // Not lost yet: as long as nobody claims them, even leases that ran out can be
              // renewed or settled.
              outage.failed(RENEWING, failure);
              next(Math.min(period(), Outage.delayMillis(failures++)));
            });
  }

  private void renewed(List<Execution> executions, Set<Long> ids) {
    for (Execution execution : executions) {
      // One that has ended meanwhile is leaving on its own account: its token may have moved
      // because it was just settled.
      if (!ids.contains(execution.lease().id()) && !execution.ended && !execution.gone) {
        lost.accept(execution);
      }
    }
  }
}
