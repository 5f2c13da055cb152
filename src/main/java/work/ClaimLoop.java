package work;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Decides when one worker looks for work. Confined to the worker's context.
 *
 * <p>There may be work after a wake-up, after a look that found as much as it asked for, when the
 * next item falls due, and at every poll. Then a look starts as soon as there is a free place, one
 * at a time; wake-ups during a look mean one more look after it. So any number of wake-ups costs at
 * most two looks, and the busier the worker, the more items each look brings.
 */
final class ClaimLoop {
  private static final String LOOKING = "looking for work";

  private final Vertx vertx;
  private final Context context;
  private final WorkQueue queue;
  private final Stage stage;
  private final WorkerOptions options;
  private final Outage outage;
  private final Supplier<Collection<Execution>> held;
  private final Function<Claim, Future<Void>> found;

  private boolean stopped;
  private boolean maybeMore;
  private boolean looking;
  private boolean planned;
  private boolean backingOff;
  private int failures;
  private long pollTimer = -1;
  private long dueTimer = -1;
  private long dueAtNanos;
  private Promise<Void> idle;

  ClaimLoop(
      Vertx vertx,
      Context context,
      WorkQueue queue,
      Stage stage,
      WorkerOptions options,
      Outage outage,
      Supplier<Collection<Execution>> held,
      Function<Claim, Future<Void>> found) {
    this.vertx = vertx;
    this.context = context;
    this.queue = queue;
    this.stage = stage;
    this.options = options;
    this.outage = outage;
    this.held = held;
    this.found = found;
  }

  void start() {
    poll();
  }

  /** No look starts after this; completes when the one on its way, if any, has been dealt with. */
  Future<Void> stop() {
    stopped = true;
    vertx.cancelTimer(pollTimer);
    vertx.cancelTimer(dueTimer);
    if (!looking) {
      return Future.succeededFuture();
    }
    idle = Promise.promise();
    return idle.future();
  }

  /** There may be due work. */
  void wake() {
    maybeMore = true;
    plan();
  }

  /** A place has become free. */
  void placeFreed() {
    if (maybeMore) {
      plan();
    }
  }

  private void poll() {
    wake();
    double jitter = 0.9 + 0.2 * ThreadLocalRandom.current().nextDouble();
    long pause = Math.max(1, Math.round(options.pollInterval().toMillis() * jitter));
    pollTimer = vertx.setTimer(pause, fired -> poll());
  }

  /** A turn of the event loop later: places that become free together are filled by one look. */
  private void plan() {
    if (!planned && !looking && !backingOff && !stopped) {
      planned = true;
      context.runOnContext(
          turn -> {
            planned = false;
            look();
          });
    }
  }

  private void look() {
    Collection<Execution> executions = held.get();
    int free = options.concurrency() - executions.size();
    if (!maybeMore || looking || backingOff || stopped || free < 1) {
      return;
    }
    maybeMore = false;
    looking = true;
    Future<Claim> claim =
        queue.look(
            stage,
            free,
            options.owner(),
            options.lease(),
            executions.stream()
                .filter(execution -> !execution.leaseLost)
                .map(Execution::lease)
                .toList(),
            grace());
    claim
        .timeout(options.callTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(
            answer -> {
              maybeMore |= answer.size() == free;
              answer.next().ifPresent(this::dueIn);
              failures = 0;
              outage.over(LOOKING);
              found.apply(answer).onComplete(taken -> looked());
            },
            failure -> {
              // if the answer comes after all, its items were claimed for nobody: back with them
              claim.onSuccess(late -> late.leases().forEach(queue::release));
              outage.failed(LOOKING, failure);
              backOff();
              looked();
            });
  }

  /**
   * An outage is seldom this worker's alone. Others' leases may have run out in it while they live,
   * with results in hand, so they get the time of a lease to store or to renew.
   */
  private Duration grace() {
    return outage.within(options.lease()) ? options.lease() : Duration.ZERO;
  }

  private void looked() {
    looking = false;
    if (idle != null) {
      idle.complete();
    } else if (maybeMore) {
      plan();
    }
  }

  private void backOff() {
    maybeMore = true;
    backingOff = true;
    vertx.setTimer(
        Outage.delayMillis(failures++),
        fired -> {
          backingOff = false;
          plan();
        });
  }

  /** An item of this stage will fall due in {@code wait}. */
  void dueIn(Duration wait) {
    long nanos = wait.plusMillis(1).toNanos();
    if (wait.compareTo(options.pollInterval()) >= 0 || stopped) {
      return;
    }
    // Only ever brought forward: an answer may be older than what another one or a failed run has
    // announced since.
    long at = System.nanoTime() + nanos;
    if (dueTimer >= 0 && at - dueAtNanos >= 0) {
      return;
    }
    vertx.cancelTimer(dueTimer);
    dueAtNanos = at;
    dueTimer =
        vertx.setTimer(
            TimeUnit.NANOSECONDS.toMillis(nanos),
            fired -> {
              dueTimer = -1;
              wake();
            });
  }
}
