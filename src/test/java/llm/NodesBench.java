package llm;

import fakes.FakeModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import lessons.LessonDatabases;

/**
 * How much of a shared quota three processes use, and that they never exceed it, while one after
 * the other is killed and started again: real Postgres, real sockets, a provider that refuses what
 * is above its limit in any minute.
 */
public final class NodesBench {
  private static final int LIMIT = 600;
  private static final int MINUTES = 2;

  private NodesBench() {}

  public static void main(String[] arguments) throws Exception {
    boolean killing = arguments.length > 0 && arguments[0].equals("kill");
    List<Process> nodes = new ArrayList<>();
    try (LessonDatabases databases = new LessonDatabases();
        FakeModel fake = FakeModel.start(databases.vertx)) {
      fake.limits(60_000, LIMIT, Integer.MAX_VALUE);
      for (int n = 0; n < 3; n++) {
        nodes.add(node(databases, fake, n));
      }
      while (fake.completions() == 0) {
        LockSupport.parkNanos(1_000_000);
      }
      long begun = System.nanoTime();
      int killed = 0;
      for (int second = 1; second <= MINUTES * 60 - 1; second++) {
        pause(begun + second * 1_000_000_000L);
        if (killing && second % 20 == 10) {
          nodes.get(killed % 3).destroyForcibly().waitFor(10, TimeUnit.SECONDS);
          nodes.set(killed % 3, node(databases, fake, killed % 3));
          killed++;
        }
        if (second % 20 == 19) {
          System.out.printf(
              "%3d s: %5d calls taken, %d refused%n",
              second, fake.completions() - fake.refusedByLimit(), fake.refusedByLimit());
        }
      }
      int taken = fake.completions() - fake.refusedByLimit();
      System.out.printf(
          "%d nodes, %d killed: %.2f %% of %d a minute used in %d minutes, %d above the limit%n",
          nodes.size(),
          killed,
          100.0 * taken / (LIMIT * MINUTES),
          LIMIT,
          MINUTES,
          fake.refusedByLimit());
    } finally {
      nodes.forEach(Process::destroyForcibly);
    }
    System.exit(0);
  }

  private static Process node(LessonDatabases databases, FakeModel fake, int n) throws Exception {
    return PoolNode.start(
        databases.settings.postgres(), fake.address(), "node-" + n, LIMIT, 0, 3_000);
  }

  private static void pause(long until) {
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
  }
}
