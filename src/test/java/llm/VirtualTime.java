package llm;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes as fast as its tasks can be run. */
final class VirtualTime implements Timers {
  private record Task(long at, long order, Runnable task) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
  private long now = 1_000_000;
  private long order;

  @Override
  public long millis() {
    return now;
  }

  @Override
  public void after(long delayMillis, Runnable task) {
    tasks.add(new Task(now + Math.max(0, delayMillis), order++, task));
  }

  @Override
  public void execute(Runnable task) {
    after(0, task);
  }

  /** Runs everything that is due in the next {@code millis}. */
  void run(long millis) {
    long end = now + millis;
    while (!tasks.isEmpty() && tasks.peek().at() <= end) {
      Task next = tasks.poll();
      now = Math.max(now, next.at());
      next.task().run();
    }
    now = end;
  }
}
