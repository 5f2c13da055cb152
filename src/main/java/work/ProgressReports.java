package work;

import io.vertx.core.Context;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what jobs report, for each of them one at a time: of what is reported meanwhile only the
 * newest is kept, so a talkative job costs no more than the database has time for.
 */
final class ProgressReports {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressReports.class);

  private final Context context;
  private final WorkQueue queue;
  private final Duration callTimeout;
  private final Consumer<Execution> lost;

  /**
   * @param lost hears of executions whose lease turns out to be gone
   */
  ProgressReports(
      Context context, WorkQueue queue, Duration callTimeout, Consumer<Execution> lost) {
    this.context = context;
    this.queue = queue;
    this.callTimeout = callTimeout;
    this.lost = lost;
  }

  /** May be called from any thread. */
  void report(Execution execution, JsonObject progress) {
    context.runOnContext(
        turn -> {
          execution.newestReport = progress;
          if (!execution.reporting) {
            write(execution);
          }
        });
  }

  private void write(Execution execution) {
    JsonObject progress = execution.newestReport;
    execution.newestReport = null;
    execution.reporting = progress != null && execution.working();
    if (!execution.reporting) {
      return;
    }
    queue
        .progress(execution.lease(), progress)
        .timeout(callTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(written -> write(execution), failure -> notWritten(execution, failure));
  }

  private void notWritten(Execution execution, Throwable failure) {
    if (execution.working()) {
      if (failure instanceof StaleLeaseException) {
        lost.accept(execution);
      } else {
        LOG.atWarn()
            .addKeyValue(queue.table().idKey(), execution.lease().id())
            .log("progress was not stored: {}", Reason.of(failure));
      }
    }
    write(execution);
  }
}
