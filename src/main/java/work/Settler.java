package work;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what became of the items of one worker, and goes on trying while the database is away.
 * Confined to the worker's context.
 *
 * <p>Items that carry no writes leave together: while one statement is on its way the next ones
 * gather, so a busy worker needs few statements and an idle one does not wait. Items with writes
 * have a transaction each, so that one's bad writes don't undo another's.
 *
 * <p>When the answer to a statement is lost, the statement may have been carried out. Trying again
 * does no harm, because the first one moved the token; but then "refused" has two meanings, and
 * {@link WorkQueue#happened} tells which.
 */
final class Settler {
  /** How an item left. */
  enum End {
    STORED,
    /** Somebody else has the item. */
    LOST,
    /** The database refuses to store anything about it: its lease will run out. */
    GIVEN_UP
  }

  /** What is to be stored for one item. */
  static final class Settlement {
    final Execution execution;
    final Departure departure;
    final Outcome outcome;
    private boolean inDoubt;
    private int tries;

    /**
     * @param outcome null for a run that failed
     */
    Settlement(Execution execution, Transition to, Outcome outcome) {
      this.execution = execution;
      this.departure = new Departure(execution.lease(), to);
      this.outcome = outcome;
    }

    private Writes writes() {
      return outcome == null ? Writes.none() : outcome.writes();
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Settler.class);
  private static final String STORING = "storing outcomes";
  private static final int MAX_BATCH = 256;

  private final Vertx vertx;
  private final WorkQueue queue;
  private final Outage outage;
  private final Duration callTimeout;
  private final BooleanSupplier stopped;
  private final BiConsumer<Settlement, End> done;
  private final List<Settlement> gathered = new ArrayList<>();
  private boolean sending;
  private int failures;

  Settler(
      Vertx vertx,
      WorkQueue queue,
      Outage outage,
      Duration callTimeout,
      BooleanSupplier stopped,
      BiConsumer<Settlement, End> done) {
    this.vertx = vertx;
    this.queue = queue;
    this.outage = outage;
    this.callTimeout = callTimeout;
    this.stopped = stopped;
    this.done = done;
  }

  void settle(Settlement settlement) {
    if (settlement.writes() != Writes.none()) {
      alone(settlement);
      return;
    }
    gathered.add(settlement);
    if (!sending) {
      sending = true;
      // not at once: jobs that end in the same turn of the event loop leave together
      vertx.getOrCreateContext().runOnContext(turn -> together());
    }
  }

  private void together() {
    gathered.removeIf(settlement -> settlement.execution.gone);
    if (gathered.isEmpty() || stopped.getAsBoolean()) {
      sending = false;
      return;
    }
    List<Settlement> first = gathered.subList(0, Math.min(gathered.size(), MAX_BATCH));
    List<Settlement> batch = List.copyOf(first);
    first.clear();
    queue
        .leave(batch.stream().map(settlement -> settlement.departure).toList())
        .timeout(callTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(ids -> stored(batch, ids), failure -> notStored(batch, failure));
  }

  private void stored(List<Settlement> batch, Set<Long> ids) {
    failures = 0;
    outage.over(STORING);
    for (Settlement settlement : batch) {
      if (ids.contains(settlement.departure.lease().id())) {
        done.accept(settlement, End.STORED);
      } else {
        refused(settlement);
      }
    }
    together();
  }

  private void notStored(List<Settlement> batch, Throwable failure) {
    if (Outage.passing(failure)) {
      outage.failed(STORING, failure);
      batch.forEach(settlement -> settlement.inDoubt = true);
      gathered.addAll(0, batch);
      vertx.setTimer(Outage.delayMillis(failures++), timer -> together());
      return;
    }
    // one of them is to blame, so each for itself
    batch.forEach(this::alone);
    together();
  }

  private void alone(Settlement settlement) {
    if (settlement.execution.gone || stopped.getAsBoolean()) {
      return;
    }
    queue
        .leave(settlement.departure, settlement.writes())
        .timeout(callTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(
            stored -> {
              outage.over(STORING);
              done.accept(settlement, End.STORED);
            },
            failure -> {
              if (failure instanceof StaleLeaseException) {
                outage.over(STORING);
                refused(settlement);
              } else if (Outage.passing(failure)) {
                outage.failed(STORING, failure);
                settlement.inDoubt = true;
                vertx.setTimer(Outage.delayMillis(settlement.tries++), timer -> alone(settlement));
              } else {
                unstorable(settlement, failure);
              }
            });
  }

  private void refused(Settlement settlement) {
    if (!settlement.inDoubt) {
      done.accept(settlement, End.LOST);
      return;
    }
    queue
        .happened(settlement.departure)
        .timeout(callTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(
            yes -> {
              outage.over(STORING);
              done.accept(settlement, yes ? End.STORED : End.LOST);
            },
            failure -> {
              outage.failed(STORING, failure);
              if (!settlement.execution.gone && !stopped.getAsBoolean()) {
                vertx.setTimer(
                    Outage.delayMillis(settlement.tries++), timer -> refused(settlement));
              }
            });
  }

  /** The database works, but does not take this: as good as a failed run. */
  private void unstorable(Settlement settlement, Throwable failure) {
    Lease lease = settlement.departure.lease();
    if (settlement.outcome == null) {
      LOG.atError()
          .addKeyValue(queue.table().idKey(), lease.id())
          .log(
              "the database refuses to store a failed run, so its lease will run out: {}",
              Reason.of(failure));
      done.accept(settlement, End.GIVEN_UP);
      return;
    }
    LOG.atDebug().setCause(failure).log("an outcome could not be stored");
    String reason = "the result could not be stored: " + Reason.of(failure);
    settle(new Settlement(settlement.execution, queue.transitionAfterFailure(lease, reason), null));
  }
}
