package work;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;

/**
 * One item a worker holds, from its claim until its lease has ended. Confined to the worker's
 * context but for {@link Running}.
 */
final class Execution implements Running {
  private final Lease lease;
  private final ProgressReports reports;
  private final long startedNanos = System.nanoTime();
  private final Promise<Void> unwanted = Promise.promise();
  private volatile boolean told;

  /** The lease is known to be gone: nothing is written any more. */
  boolean leaseLost;

  /** The job took too long and was told to stop. */
  boolean overdue;

  /** The job's end has been dealt with; what is left is to store it. */
  boolean ended;

  /** Nothing is left to do, the worker has forgotten it. */
  boolean gone;

  /** The time limit's or the grace's timer, or -1. */
  long timer = -1;

  /** A progress report is on its way to the database, and the newest that came meanwhile. */
  boolean reporting;

  JsonObject newestReport;

  Execution(Lease lease, ProgressReports reports) {
    this.lease = lease;
    this.reports = reports;
  }

  Lease lease() {
    return lease;
  }

  long nanos() {
    return System.nanoTime() - startedNanos;
  }

  /** Whether its job runs and is still wanted to. */
  boolean working() {
    return !ended && !gone && !leaseLost;
  }

  void tellToStop() {
    if (!told) {
      told = true;
      unwanted.complete();
    }
  }

  @Override
  public void progress(JsonObject progress) {
    reports.report(this, progress.copy());
  }

  @Override
  public boolean lost() {
    return told;
  }

  @Override
  public Future<Void> whenLost() {
    return unwanted.future();
  }
}
