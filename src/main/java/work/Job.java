package work;

import io.vertx.core.Future;

/** What one stage does with one item. */
@FunctionalInterface
public interface Job {
  /**
   * Works on the item. Called on the worker's context, so it must not block it.
   *
   * <p>The item may have been worked on before by a run that died or lost its lease: whatever this
   * does outside the database must be safe to repeat.
   *
   * @param lease names the item
   * @param running reports progress and tells when the result is no longer wanted
   * @return what became of it; a future that fails with {@link PermanentFailure} is {@link
   *     Outcome#failed}, any other failure is tried again by the {@link RetryPolicy}
   */
  Future<Outcome> run(Lease lease, Running running);
}
