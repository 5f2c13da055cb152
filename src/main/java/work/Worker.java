package work;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Runs one stage in one verticle instance: claims items while it has free places, runs the job on
 * each, keeps the leases alive and stores what became of them. A failing database only makes it
 * wait; it needs no restart.
 *
 * <p>Everything happens on the context {@link #start} is called on; {@link #wake} and {@link
 * #drain} may be called from any thread.
 */
public final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration LONGEST_RELEASE = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final WorkQueue queue;
  private final Stage stage;
  private final Job job;
  private final WorkerOptions options;
  private final Observers observer;
  private final Set<Execution> held = new LinkedHashSet<>();
  private final Map<Long, Execution> newest = new HashMap<>();

  private volatile Context context;
  private ClaimLoop loop;
  private Settler settler;
  private Heartbeat heartbeat;
  private ProgressReports reports;
  private boolean draining;
  private boolean stopped;
  private Promise<Void> empty;
  private Future<Void> drained;

  public Worker(Vertx vertx, WorkQueue queue, Stage stage, Job job, WorkerOptions options) {
    queue.table().require(stage);
    this.vertx = vertx;
    this.queue = queue;
    this.stage = stage;
    this.job = job;
    this.options = options;
    this.observer = new Observers(options.observer());
  }

  /**
   * Starts looking for work, at once and from then on. Succeeds whether or not the database
   * answers: the worker waits for it.
   */
  public Future<Void> start() {
    if (context != null) {
      return Future.failedFuture(
          new IllegalStateException("this worker was started before: make a new one"));
    }
    context = vertx.getOrCreateContext();
    Promise<Void> started = Promise.promise();
    context.runOnContext(
        turn -> {
          Outage outage = new Outage(stage, observer, System::nanoTime);
          settler =
              new Settler(
                  vertx, queue, outage, options.callTimeout(), () -> stopped, this::settled);
          heartbeat =
              new Heartbeat(vertx, queue, outage, options.lease(), this::renewable, this::lose);
          loop =
              new ClaimLoop(vertx, context, queue, stage, options, outage, () -> held, this::take);
          reports = new ProgressReports(context, queue, options.callTimeout(), this::lose);
          heartbeat.start();
          loop.start();
          started.complete();
        });
    return started.future();
  }

  /**
   * There may be due work: look soon. Any number of calls is cheap. Without effect before {@link
   * #start} and after {@link #drain}.
   */
  public void wake() {
    Context home = context;
    if (home != null) {
      home.runOnContext(turn -> loop.wake());
    }
  }

  /**
   * Stops: claims nothing more, waits up to {@code limit} for what is running, then gives back the
   * rest with the attempt not counted.
   *
   * @return completes when nothing is held any more, at most some seconds after {@code limit};
   *     never fails, for leases that could not be given back run out by themselves
   */
  public Future<Void> drain(Duration limit) {
    Context home = context;
    if (home == null) {
      return Future.succeededFuture();
    }
    Promise<Void> done = Promise.promise();
    home.runOnContext(
        turn -> {
          if (drained == null) {
            drained = stop(limit);
          }
          drained.onComplete(done);
        });
    return done.future();
  }

  private Future<Void> stop(Duration limit) {
    draining = true;
    empty = Promise.promise();
    Promise<Void> over = Promise.promise();
    // Not Future.timeout: that of a promise without a context fires on a foreign thread.
    long timer =
        vertx.setTimer(Math.max(1, limit.toMillis()), tooLong -> giveBackRest().onComplete(over));
    loop.stop()
        .compose(v -> held.isEmpty() ? Future.<Void>succeededFuture() : empty.future())
        .onComplete(
            v -> {
              if (vertx.cancelTimer(timer)) {
                over.complete();
              }
            });
    return over.future()
        .onComplete(
            v -> {
              stopped = true;
              heartbeat.stop();
            });
  }

  private Future<Void> giveBackRest() {
    stopped = true;
    List<Execution> rest = List.copyOf(held);
    rest.forEach(this::forget);
    rest.forEach(Execution::tellToStop);
    return giveBack(
        rest.stream().filter(execution -> !execution.leaseLost).map(Execution::lease).toList());
  }

  /** Never fails and takes a bounded time. */
  private Future<Void> giveBack(List<Lease> leases) {
    if (leases.isEmpty()) {
      return Future.succeededFuture();
    }
    return queue
        .leave(
            leases.stream().map(lease -> new Departure(lease, Transition.release(lease))).toList())
        .timeout(LONGEST_RELEASE.toMillis(), TimeUnit.MILLISECONDS)
        .<Void>map(
            ids -> {
              leases.stream()
                  .filter(lease -> ids.contains(lease.id()))
                  .forEach(lease -> observer.tell(o -> o.released(lease)));
              return null;
            })
        .otherwise(
            failure -> {
              LOG.atWarn()
                  .addKeyValue("stage", stage.name())
                  .log(
                      "{} items could not be given back, their leases will run out: {}",
                      leases.size(),
                      Reason.of(failure));
              return null;
            });
  }

  private Future<Void> take(Claim claim) {
    for (Claim.Spent spent : claim.spent()) {
      about(LOG.atError(), spent.lease()).log("failed: {}", spent.reason());
      observer.tell(o -> o.failed(spent.lease(), spent.reason()));
    }
    if (draining) {
      return giveBack(claim.leases());
    }
    if (!claim.leases().isEmpty()) {
      observer.tell(o -> o.claimed(stage, claim.leases().size()));
      claim.leases().forEach(this::run);
    }
    return Future.succeededFuture();
  }

  private void run(Lease lease) {
    Execution execution = new Execution(lease, reports);
    held.add(execution);
    Execution earlier = newest.put(lease.id(), execution);
    if (earlier != null) {
      // the same item again under a later token, so the earlier run has lost it
      lose(earlier);
    }
    execution.timer =
        vertx.setTimer(options.jobTimeLimit().toMillis(), fired -> overdue(execution));
    Future<Outcome> result;
    try {
      result = job.run(lease, execution);
    } catch (Throwable thrown) {
      result = Future.failedFuture(thrown);
    }
    if (result == null) {
      result = Future.failedFuture("the job returned no future");
    }
    // the job's future may complete on any thread
    result.onComplete(end -> context.runOnContext(turn -> ended(execution, end)));
  }

  private void ended(Execution execution, AsyncResult<Outcome> end) {
    if (execution.ended || execution.gone) {
      return;
    }
    execution.ended = true;
    vertx.cancelTimer(execution.timer);
    if (execution.leaseLost) {
      forget(execution);
      return;
    }
    Lease lease = execution.lease();
    if (execution.overdue) {
      failed(execution, "took longer than " + options.jobTimeLimit().toSeconds() + " s");
    } else if (end.failed() && end.cause() instanceof PermanentFailure permanent) {
      store(execution, Outcome.failed(Reason.of(permanent)));
    } else if (end.failed()) {
      about(LOG.atDebug(), lease).setCause(end.cause()).log("a run failed");
      failed(execution, Reason.of(end.cause()));
    } else if (end.result() == null) {
      failed(execution, "the job ended without an outcome");
    } else {
      store(execution, end.result());
    }
  }

  private void store(Execution execution, Outcome outcome) {
    Transition to;
    try {
      to = queue.transition(execution.lease(), outcome);
    } catch (IllegalArgumentException wrong) {
      failed(execution, Reason.of(wrong));
      return;
    }
    settler.settle(new Settler.Settlement(execution, to, outcome));
  }

  private void failed(Execution execution, String reason) {
    settler.settle(
        new Settler.Settlement(
            execution, queue.transitionAfterFailure(execution.lease(), reason), null));
  }

  private void settled(Settler.Settlement settlement, Settler.End end) {
    Execution execution = settlement.execution;
    if (execution.gone) {
      return;
    }
    forget(execution);
    Lease lease = execution.lease();
    Transition to = settlement.departure.to();
    if (end == Settler.End.STORED && to.after() != null && to.stage().equals(stage.name())) {
      loop.dueIn(to.after());
    }
    if (end == Settler.End.LOST) {
      about(LOG.atWarn(), lease).log("the outcome was refused, for the lease was lost");
      observer.tell(o -> o.lost(lease));
    } else if (end == Settler.End.STORED && settlement.outcome == null && !to.fails()) {
      about(LOG.atWarn(), lease)
          .log("failed, will be tried again in {} s: {}", to.after().toSeconds(), to.error());
      observer.tell(o -> o.retried(lease, to.error(), to.after()));
    } else if (end == Settler.End.STORED) {
      if (to.fails()) {
        about(LOG.atError(), lease).log("failed: {}", to.error());
        observer.tell(o -> o.failed(lease, to.error()));
      }
      if (settlement.outcome != null) {
        Duration took = Duration.ofNanos(execution.nanos());
        observer.tell(o -> o.settled(lease, settlement.outcome.kind(), took));
      }
      if (settlement.outcome instanceof Outcome.Next next) {
        // the database says so too, but not through every pooler
        vertx.eventBus().publish(next.stage().address(), new JsonObject());
      }
    }
  }

  /** Called when the lease of a job that still runs turns out to be gone. */
  private void lose(Execution execution) {
    if (execution.leaseLost || execution.ended || execution.gone) {
      return;
    }
    execution.leaseLost = true;
    about(LOG.atWarn(), execution.lease()).log("the lease was lost; the run is told to stop");
    observer.tell(o -> o.lost(execution.lease()));
    tellToStop(execution);
  }

  private void overdue(Execution execution) {
    execution.overdue = true;
    about(LOG.atWarn(), execution.lease())
        .log("the run takes longer than {} and is told to stop", options.jobTimeLimit());
    tellToStop(execution);
  }

  /** The job keeps its place until it has really ended, but not for ever. */
  private void tellToStop(Execution execution) {
    vertx.cancelTimer(execution.timer);
    execution.timer =
        vertx.setTimer(
            options.stopGrace().toMillis(),
            fired -> {
              about(LOG.atWarn(), execution.lease())
                  .log("the run did not stop within {}; going on without it", options.stopGrace());
              ended(execution, Future.failedFuture("did not stop when told to"));
            });
    execution.tellToStop();
  }

  private void forget(Execution execution) {
    execution.gone = true;
    vertx.cancelTimer(execution.timer);
    newest.remove(execution.lease().id(), execution);
    if (held.remove(execution)) {
      loop.placeFreed();
    }
    if (held.isEmpty() && empty != null) {
      empty.tryComplete();
    }
  }

  private List<Execution> renewable() {
    return held.stream().filter(execution -> !execution.leaseLost).toList();
  }

  private LoggingEventBuilder about(LoggingEventBuilder event, Lease lease) {
    return event
        .addKeyValue(queue.table().idKey(), lease.id())
        .addKeyValue("stage", stage.name())
        .addKeyValue("attempt", lease.attempt());
  }
}
