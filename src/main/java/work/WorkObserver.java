package work;

import java.time.Duration;

/**
 * Hears what a {@link Worker} does, for metrics and logs of the caller's own. Called on the
 * worker's context: methods must return at once. What they throw is logged and ignored.
 */
public interface WorkObserver {
  /** Hears nothing. */
  WorkObserver NONE = new WorkObserver() {};

  /** {@code count} items were claimed with one statement, at least one. */
  default void claimed(Stage stage, int count) {}

  /**
   * A job's outcome was stored.
   *
   * @param kind {@link Outcome#kind()}
   * @param took from the claim's answer until the outcome was stored
   */
  default void settled(Lease lease, String kind, Duration took) {}

  /** A run failed, and the item will be tried again. */
  default void retried(Lease lease, String reason, Duration after) {}

  /**
   * An item is {@code failed} for good: by its outcome, by its last attempt, or at its claim
   * because its runs kept dying.
   */
  default void failed(Lease lease, String reason) {}

  /**
   * The lease was lost: the run's outcome, if there was one, was refused by the database or not
   * even tried.
   */
  default void lost(Lease lease) {}

  /** An unfinished item was given back because the worker stops. */
  default void released(Lease lease) {}

  /** The database does not do what it is asked; told once until {@link #recovered}. */
  default void outage(Stage stage, String doing, Throwable cause) {}

  /** The database answers again. */
  default void recovered(Stage stage) {}
}
