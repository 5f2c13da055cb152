package llm;

import fakes.FakeModel;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import lessons.LessonDatabases;
import settings.LanguageModel;
import settings.Secret;

/**
 * How much of a shared quota three processes use, and that they never exceed it, also while one
 * after the other is killed and started again: real Postgres, real sockets, a provider that refuses
 * what is above its limit in any minute. More calls wait than the limit lets through, so each
 * minute's quota is used in a burst as the last one's becomes free; every third kill falls into
 * one.
 */
public final class NodesBench {
  private static final int LIMIT = 600;
  private static final int SECONDS = 150;

  /** Before that all is new: cold processes, an empty log. */
  private static final int STEADY = 30;

  private static final int KILL_EVERY = 20;

  private NodesBench() {}

  public static void main(String[] arguments) throws Exception {
    boolean killing = arguments.length > 0 && arguments[0].equals("kill");
    List<Process> nodes = new ArrayList<>();
    try (LessonDatabases databases = new LessonDatabases();
        FakeModel fake = FakeModel.start(databases.vertx)) {
      warm(databases, fake);
      fake.limits(60_000, LIMIT, Integer.MAX_VALUE);
      int first = fake.completions();
      for (int n = 0; n < 3; n++) {
        nodes.add(node(databases, fake, n));
      }
      while (fake.completions() == first) {
        LockSupport.parkNanos(1_000_000);
      }
      long begun = System.nanoTime();
      int killed = 0;
      int before = 0;
      for (int second = 1; second <= SECONDS; second++) {
        pause(begun + second * 1_000_000_000L);
        if (killing && second % KILL_EVERY == 1) {
          nodes.get(killed % 3).destroyForcibly().waitFor(10, TimeUnit.SECONDS);
          nodes.set(killed % 3, node(databases, fake, killed % 3));
          killed++;
        }
        if (second == STEADY) {
          before = taken(fake);
        }
        if (second % 15 == 0) {
          System.out.printf(
              "%3d s: %5d calls taken, %d refused%n",
              second, taken(fake) - first, fake.refusedByLimit());
        }
      }
      int minutes = (SECONDS - STEADY) / 60;
      System.out.printf(
          "%d nodes, %d killed: %.2f %% of %d a minute used in %d steady minutes, %d of %d calls"
              + " above the limit%n",
          nodes.size(),
          killed,
          100.0 * (taken(fake) - before) / (LIMIT * minutes),
          LIMIT,
          minutes,
          fake.refusedByLimit(),
          fake.completions() - first);
    } finally {
      nodes.forEach(Process::destroyForcibly);
    }
    System.exit(0);
  }

  /** A provider that is cold counts calls long after they have come. */
  private static void warm(LessonDatabases databases, FakeModel fake) throws Exception {
    LanguageModel settings =
        Pools.settings(
            List.of(Pools.provider("openai", fake.address(), 0, 0, 64, 0)),
            List.of(
                new LanguageModel.Key(
                    "warm", "openai", "warm", Set.of(), Optional.of(new Secret("test-warm")))));
    try (LocalPools pools =
        LocalPools.open(databases.vertx, settings).await(10, TimeUnit.SECONDS)) {
      for (int round = 0; round < 20; round++) {
        List<Future<ChatReply>> replies = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          replies.add(pools.chat().ask(Pools.question("s", "warm", 20, Duration.ofMinutes(1))));
        }
        Future.all(replies).await(60, TimeUnit.SECONDS);
      }
    }
  }

  private static int taken(FakeModel fake) {
    return fake.completions() - fake.refusedByLimit();
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
