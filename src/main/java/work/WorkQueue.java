package work;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A work table as a queue: each method is one statement or one transaction, and the database alone
 * decides who holds what. Holds no state of its own; any number of queues on any number of nodes
 * may serve the same table. Safe for use by several threads.
 *
 * <p>Futures fail with what the database client reports, and never wait longer than it does:
 * callers put their own bound on them.
 */
public final class WorkQueue {
  /** Longest encoded progress report that is stored. */
  public static final int MAX_PROGRESS_CHARS = 16 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);

  private final Pool postgres;
  private final WorkTable table;
  private final RetryPolicy retry;
  private final DoubleSupplier random;
  private final WorkSql sql;

  /** A queue on {@code table} whose failed items come back as {@code retry} says. */
  public WorkQueue(Pool postgres, WorkTable table, RetryPolicy retry) {
    this(postgres, table, retry, () -> ThreadLocalRandom.current().nextDouble());
  }

  /** As above, with the source of randomness for jitter: values from 0 to 1. */
  public WorkQueue(Pool postgres, WorkTable table, RetryPolicy retry, DoubleSupplier random) {
    this.postgres = postgres;
    this.table = table;
    this.retry = retry;
    this.random = random;
    this.sql = new WorkSql(table.name(), table.order());
  }

  public WorkTable table() {
    return table;
  }

  // Holding

  /**
   * Claims up to {@code max} due items of {@code stage}, the longest due first. Items that others
   * are claiming at this moment are left out rather than waited for.
   *
   * @param lease how long the claim holds without {@link #renew}
   */
  public Future<List<Lease>> claim(Stage stage, int max, String owner, Duration lease) {
    return look(stage, max, owner, lease, List.of(), Duration.ZERO).map(Claim::leases);
  }

  /**
   * @param held what the caller holds, as far as it knows: not claimed, even where the lease has
   *     run out
   * @param grace for how long leases of others are left alone after they ran out
   */
  Future<Claim> look(
      Stage stage, int max, String owner, Duration lease, Collection<Lease> held, Duration grace) {
    table.require(stage);
    return run(
            postgres,
            sql.claim,
            Tuple.of(stage.name(), max, owner, lease.toMillis(), retry.maxAttempts())
                .addValue(ids(held))
                .addValue(tokens(held))
                .addLong(grace.toMillis()))
        .map(rows -> Claim.from(table, stage, owner, rows));
  }

  /**
   * Prolongs leases, counted from now. A lease that has run out but was not claimed by anybody else
   * is revived.
   *
   * @return the ids that are still held; the others were lost
   */
  public Future<Set<Long>> renew(Collection<Lease> leases, Duration lease) {
    return run(postgres, sql.renew, Tuple.of(ids(leases), tokens(leases), lease.toMillis()))
        .map(WorkQueue::ids);
  }

  /** Stores a progress report. Fails with {@link StaleLeaseException} when the lease was lost. */
  public Future<Void> progress(Lease lease, JsonObject progress) {
    int length = progress.encode().length();
    if (length > MAX_PROGRESS_CHARS) {
      return Future.failedFuture(
          new IllegalArgumentException(
              "a progress report may have "
                  + MAX_PROGRESS_CHARS
                  + " characters, not "
                  + length
                  + ": report less"));
    }
    return run(postgres, sql.progress, Tuple.of(lease.id(), lease.token(), progress))
        .compose(
            rows ->
                rows.rowCount() == 1
                    ? Future.succeededFuture()
                    : Future.failedFuture(new StaleLeaseException(lease)));
  }

  // Leaving

  /**
   * Ends a lease with what became of the item, together with the outcome's writes. Fails with
   * {@link StaleLeaseException} when the lease was lost; then, as with any failure of the writes,
   * nothing was written.
   *
   * <p>When the answer is lost on the way, call it again: the token tells whether the first call
   * was stored.
   */
  public Future<Void> settle(Lease lease, Outcome outcome) {
    return leave(new Departure(lease, transition(lease, outcome)), outcome.writes());
  }

  /**
   * Ends a lease after a failed run: due again when the retry policy says, or {@code failed} when
   * its attempts are used up.
   */
  public Future<Void> retry(Lease lease, String reason) {
    return leave(new Departure(lease, transitionAfterFailure(lease, reason)), Writes.none());
  }

  /** Gives an item back untouched: due now, this run not counted. */
  public Future<Void> release(Lease lease) {
    return leave(new Departure(lease, Transition.release(lease)), Writes.none());
  }

  Transition transition(Lease lease, Outcome outcome) {
    if (outcome instanceof Outcome.Next next) {
      table.require(next.stage());
    }
    return Transition.of(lease, outcome);
  }

  Transition transitionAfterFailure(Lease lease, String reason) {
    return retry.exhausted(lease.attempt())
        ? Transition.failed(lease, reason)
        : Transition.retry(lease, retry.delay(lease.attempt(), random), reason);
  }

  Future<Void> leave(Departure departure, Writes writes) {
    if (writes == Writes.none()) {
      return leave(postgres, sql.leave, List.of(departure))
          .compose(ids -> accepted(departure.lease(), ids));
    }
    return postgres.withTransaction(
        connection ->
            leave(connection, sql.leaveThenWrite, List.of(departure))
                .compose(ids -> accepted(departure.lease(), ids))
                .compose(held -> writes.apply(connection))
                .mapEmpty());
  }

  /** Ends several leases in one statement; gives the ids of those that were still held. */
  Future<Set<Long>> leave(List<Departure> departures) {
    return leave(postgres, sql.leave, departures);
  }

  private static Future<Set<Long>> leave(
      SqlClient client, String statement, List<Departure> departures) {
    return run(client, statement, Departure.parameters(departures)).map(WorkQueue::ids);
  }

  private static Future<Void> accepted(Lease lease, Set<Long> ids) {
    return ids.contains(lease.id())
        ? Future.succeededFuture()
        : Future.failedFuture(new StaleLeaseException(lease));
  }

  /** Whether a transition whose answer was lost is what moved the item's token. */
  Future<Boolean> happened(Departure departure) {
    Lease lease = departure.lease();
    Transition to = departure.to();
    return run(postgres, sql.look, Tuple.of(lease.id()))
        .map(
            rows -> {
              if (rows.size() == 0) {
                return false;
              }
              Row row = rows.iterator().next();
              boolean there = row.getString("stage").equals(to.stage());
              boolean next =
                  row.getLong("lease_token") == lease.token() + 1
                      && row.getString("status").equals(to.status());
              // once in a later stage it may have been claimed there already
              return there && (next || !to.stage().equals(lease.stage().name()));
            });
  }

  // Steering

  /**
   * Puts a failed or cancelled item back to its stage, due now, with all its attempts. False when
   * it is neither.
   */
  public Future<Boolean> redrive(long id) {
    return changed(sql.redrive, stages().addLong(id))
        .onSuccess(done -> log(done, "put back to its stage", id));
  }

  /** Does the same for up to {@code max} failed items of a stage; gives how many. */
  public Future<Integer> redriveAll(Stage stage, int max) {
    table.require(stage);
    return run(postgres, sql.redriveAll, stages().addString(stage.name()).addInteger(max))
        .map(SqlResult::rowCount);
  }

  /**
   * Holds an item back from being claimed. A run that is going on ends as it would. False when it
   * is final or paused already.
   */
  public Future<Boolean> pause(long id) {
    return changed(sql.pause, Tuple.of(id)).onSuccess(done -> log(done, "paused", id));
  }

  /** Lets a paused item be claimed again. False when it is not paused. */
  public Future<Boolean> resume(long id) {
    return changed(sql.resume, Tuple.of(id)).onSuccess(done -> log(done, "resumed", id));
  }

  /**
   * Calls an item off, also while it runs: that run is told with its next heartbeat, and its
   * outcome refused. False when it is final.
   */
  public Future<Boolean> cancel(long id) {
    return changed(sql.cancel, Tuple.of(id)).onSuccess(done -> log(done, "cancelled", id));
  }

  /**
   * Stops claiming for a whole stage, on every node, until {@link #resumeStage}. Runs that are
   * going on end as they would.
   */
  public Future<Void> pauseStage(Stage stage, String reason) {
    table.require(stage);
    return run(postgres, sql.pauseStage, Tuple.of(stage.name(), Reason.bounded(reason))).mapEmpty();
  }

  /** Ends {@link #pauseStage} and wakes the stage's workers. */
  public Future<Void> resumeStage(Stage stage) {
    table.require(stage);
    return run(postgres, sql.resumeStage, Tuple.of(stage.name(), WakeUps.CHANNEL, stage.address()))
        .mapEmpty();
  }

  /**
   * Makes waiting items due now, as "what they wait for may be there". Items under a lease are left
   * alone. Gives how many.
   */
  public Future<Integer> hasten(Collection<Long> ids) {
    return run(postgres, sql.hasten, Tuple.of(ids.toArray(Long[]::new))).map(SqlResult::rowCount);
  }

  /** Does the same for one item; false when it is not waiting for a later time. */
  public Future<Boolean> hasten(long id) {
    return hasten(List.of(id)).map(count -> count == 1);
  }

  /** Does the same for every item of a stage that waits without having failed. Gives how many. */
  public Future<Integer> hastenAll(Stage stage) {
    table.require(stage);
    return run(postgres, sql.hastenAll, Tuple.of(stage.name())).map(SqlResult::rowCount);
  }

  /**
   * Ends every lease: due now, the runs counted as attempts, for whatever held them is dead. Only
   * for the start of a node that has the database to itself.
   */
  public Future<Integer> releaseAllLeases() {
    return run(postgres, sql.releaseAll, stages()).map(SqlResult::rowCount);
  }

  /** How much work each stage has, in the table's order of stages. */
  public Future<List<StageDepth>> depths() {
    String[] names = table.stages().stream().map(Stage::name).toArray(String[]::new);
    return run(postgres, sql.depths, Tuple.of(names))
        .map(
            rows -> {
              List<StageDepth> depths = new ArrayList<>();
              for (Row row : rows) {
                depths.add(StageDepth.from(table.stages().get(depths.size()), row));
              }
              return depths;
            });
  }

  private Tuple stages() {
    // value by value: Tuple.of would take a second array apart
    return Tuple.tuple()
        .addValue(table.stages().stream().map(Stage::name).toArray(String[]::new))
        .addValue(table.stages().stream().map(Stage::waitingStatus).toArray(String[]::new));
  }

  private Future<Boolean> changed(String statement, Tuple parameters) {
    return run(postgres, statement, parameters).map(rows -> rows.rowCount() == 1);
  }

  private void log(boolean done, String what, long id) {
    if (done) {
      LOG.atInfo().addKeyValue(table.idKey(), id).log("{}", what);
    }
  }

  private static Long[] ids(Collection<Lease> leases) {
    return leases.stream().map(Lease::id).toArray(Long[]::new);
  }

  private static Long[] tokens(Collection<Lease> leases) {
    return leases.stream().map(Lease::token).toArray(Long[]::new);
  }

  private static Set<Long> ids(RowSet<Row> rows) {
    Set<Long> ids = new HashSet<>();
    for (Row row : rows) {
      ids.add(row.getLong(0));
    }
    return ids;
  }

  private static Future<RowSet<Row>> run(SqlClient client, String statement, Tuple parameters) {
    return client.preparedQuery(statement).execute(parameters);
  }
}
