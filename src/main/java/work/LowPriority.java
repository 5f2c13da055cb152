package work;

/**
 * For threads that compute while others answer requests: these should not have to wait for them
 * when there are fewer processors than threads that want one. Without effect unless the virtual
 * machine hands priorities on ({@code -XX:ThreadPriorityPolicy=1}), as the launcher has it do.
 */
public final class LowPriority {
  private LowPriority() {}

  /** The calling thread from now on; so only for threads of a pool that does nothing else. */
  public static void here() {
    Thread thread = Thread.currentThread();
    if (thread.getPriority() != Thread.MIN_PRIORITY) {
      thread.setPriority(Thread.MIN_PRIORITY);
    }
  }
}
