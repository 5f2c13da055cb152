package work;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** A job's line to the engine while it runs. All methods may be called from any thread. */
public interface Running {
  /**
   * Stores how far the job is, for people to see; fenced like every write. Best effort: failures
   * are not reported, and of several reports in quick succession only the newest is written.
   *
   * @param progress at most 16 KiB encoded, larger ones are dropped with a warning
   */
  void progress(JsonObject progress);

  /**
   * True once the result is no longer wanted: somebody else holds the item, it was cancelled, the
   * job's time is up, or the worker stops. A job that goes on only wastes effort, its outcome is
   * refused.
   */
  boolean lost();

  /**
   * Completes when {@link #lost()} becomes true; never fails. Stays incomplete when the job ends
   * first.
   */
  Future<Void> whenLost();
}
