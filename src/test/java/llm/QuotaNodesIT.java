package llm;

import static org.assertj.core.api.Assertions.assertThat;

import fakes.FakeModel;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lessons.LessonDatabases;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Processes of their own that share a key, one of them killed in the middle. */
@Tag("slow")
class QuotaNodesIT {
  private static final int LIMIT = 200;
  private static final int BLOCK = LIMIT / 20;

  @Test
  void threeProcessesOfWhichOneIsKilledKeepTheLimitAndUseIt() throws Exception {
    try (LessonDatabases databases = new LessonDatabases();
        FakeModel fake = FakeModel.start(databases.vertx)) {
      fake.limits(60_000, LIMIT, Integer.MAX_VALUE);
      List<Process> nodes = new ArrayList<>();
      try {
        for (int n = 0; n < 3; n++) {
          nodes.add(
              PoolNode.start(
                  databases.settings.postgres(), fake.address(), "node-" + n, LIMIT, 0, 2_000));
        }
        // they start below everything else that wants a processor, and the minute with them
        completions(databases, fake, 1, 180);
        long begun = System.nanoTime();
        completions(databases, fake, LIMIT / 4, 60);
        nodes.get(0).destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        completions(databases, fake, LIMIT - 2 * BLOCK, 60);
        // Both that are left go on asking; nothing more may come before the minute is over.
        Promise<Void> later = Promise.promise();
        databases.vertx.setTimer(8_000, id -> later.complete());
        later.future().await(20, TimeUnit.SECONDS);

        assertThat(fake.refusedByLimit()).isZero();
        int minutes = 1 + (int) TimeUnit.NANOSECONDS.toMinutes(System.nanoTime() - begun);
        assertThat(fake.completions()).isBetween(LIMIT - 2 * BLOCK, minutes * LIMIT);
      } finally {
        nodes.forEach(Process::destroyForcibly);
      }
    }
  }

  /** Waits until so many calls have come. */
  private static void completions(
      LessonDatabases databases, FakeModel fake, int wanted, int seconds) throws Exception {
    Promise<Void> there = Promise.promise();
    long timer =
        databases.vertx.setPeriodic(
            5,
            id -> {
              if (fake.completions() >= wanted) {
                there.tryComplete();
              }
            });
    there.future().await(seconds, TimeUnit.SECONDS);
    databases.vertx.cancelTimer(timer);
  }
}
