package llm;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether anybody still wants the answers of some calls. Whoever asks keeps it and may {@link
 * #cancel()} once, from any thread: calls that wait leave the queue, requests on their way are
 * reset, keys and unused quota are free at once, and the calls fail with {@link
 * ModelUnavailable.Reason#CANCELLED}.
 */
public final class Cancellation {
  /** For calls that nobody calls off. */
  public static final Cancellation NEVER = new Cancellation();

  private final Set<Runnable> listeners = new LinkedHashSet<>();
  private boolean cancelled;

  /** Calls off everything that was asked with this; later calls fail at once. */
  public void cancel() {
    if (this == NEVER) {
      throw new IllegalStateException("make a Cancellation to call something off");
    }
    List<Runnable> told;
    synchronized (this) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      told = new ArrayList<>(listeners);
      listeners.clear();
    }
    told.forEach(Runnable::run);
  }

  public synchronized boolean cancelled() {
    return cancelled;
  }

  /**
   * Has {@code listener} run when it is called off, on the thread of whoever does; at once when it
   * is already.
   *
   * @return ends that; a call that is over must not be kept for as long as its job lives
   */
  Runnable onCancel(Runnable listener) {
    if (this == NEVER) {
      return () -> {};
    }
    synchronized (this) {
      if (!cancelled) {
        // An object of its own each time, so that equal listeners don't end each other.
        Runnable kept = () -> listener.run();
        listeners.add(kept);
        return () -> forget(kept);
      }
    }
    listener.run();
    return () -> {};
  }

  private synchronized void forget(Runnable listener) {
    listeners.remove(listener);
  }
}
