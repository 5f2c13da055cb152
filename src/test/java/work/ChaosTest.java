package work;

import static org.assertj.core.api.Assertions.assertThat;
import static work.WorkDatabase.get;

import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten thousand items, four workers in two JVMs; one JVM is killed again and again, the other
 * stopped until it has lost its leases and then let go on.
 */
@Tag("slow")
class ChaosTest {
  private static final int ITEMS = 10_000;
  private static final int ROUNDS = 10;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger wronglyStored = new AtomicInteger();
  private WorkDatabase database;

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void everyItemIsDoneOnceWhoeverDies() throws Exception {
    database = WorkDatabase.fresh(vertx);
    long started = System.nanoTime();
    Node killed = new Node("killed");
    Node stopped = new Node("stopped");
    try {
      killed.await("STARTED");
      stopped.await("STARTED");
      for (int round = 0; round < ROUNDS; round++) {
        database.add(ITEMS / ROUNDS);
        killed.await("DONE");
        stopped.await("DONE");
        // both in the midst of their work
        int refusedBefore = refused.get();
        stopped.signal("STOP");
        killed.kill();
        killed = new Node("killed");
        killed.await("STARTED");
        // what the stopped one held has run out by now, and the new one takes it over after what
        // was due before
        until(() -> held("stopped") == 0);
        stopped.signal("CONT");
        until(() -> refused.get() > refusedBefore);
      }
      until(this::allDone);
    } finally {
      killed.kill();
      stopped.kill();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - started);

    long rows = database.query("SELECT count(*) FROM done_log").get(0).getLong(0);
    long items = database.query("SELECT count(DISTINCT item_id) FROM done_log").get(0).getLong(0);
    long again = database.count("processing_attempts > 1");
    System.out.printf(
        "chaos: %d items in %d ms, %d kills and stops, %d items claimed more than once, %d late"
            + " outcomes refused%n",
        items, took.toMillis(), ROUNDS, again, refused.get());
    assertThat(database.count("status = 'completed' AND due_at IS NULL AND lease_owner IS NULL"))
        .isEqualTo(ITEMS);
    assertThat(items).as("items done").isEqualTo(ITEMS);
    assertThat(rows).as("completions").isEqualTo(ITEMS);
    assertThat(wronglyStored.get()).as("outcomes stored under a lost lease").isZero();
    assertThat(again).as("items whose first run died").isPositive();
    assertThat(refused.get()).as("late outcomes tried and refused").isPositive();
    database.close();
    get(vertx.close());
  }

  private boolean allDone() {
    return database.count("status <> 'completed'") == 0;
  }

  private long held(String owner) {
    return database
        .query("SELECT count(*) FROM work_items WHERE lease_owner = $1", owner)
        .get(0)
        .getLong(0);
  }

  /**
   * What happens in other processes can only be asked for; 20 ms between questions leave them the
   * processor.
   */
  private void until(BooleanSupplier holds) {
    WorkDatabase.until(
        () -> {
          get(vertx.timer(20, TimeUnit.MILLISECONDS));
          return holds.getAsBoolean();
        });
  }

  private final class Node {
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Node(String name) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx128m",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  ChaosNode.class.getName(),
                  name,
                  String.valueOf(database.connectOptions().getPort()),
                  database.connectOptions().getDatabase())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      Thread reader = new Thread(this::read, "output of node " + name);
      reader.setDaemon(true);
      reader.start();
    }

    private void read() {
      try (BufferedReader output = process.inputReader()) {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
          switch (line) {
            case "REFUSED" -> refused.incrementAndGet();
            case "STORED UNDER A LOST LEASE" -> wronglyStored.incrementAndGet();
            case "STARTED", "DONE" -> lines.add(line);
            default -> {
              // its log
            }
          }
        }
      } catch (IOException e) {
        // killed in the midst of a line
      }
    }

    /** Passes over what it said before. */
    void await(String line) throws InterruptedException {
      String said;
      do {
        said = lines.poll(30, TimeUnit.SECONDS);
        assertThat(said).as("a line within 30 s").isNotNull();
      } while (!said.equals(line));
    }

    void signal(String signal) throws Exception {
      int code =
          new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
      assertThat(code).as("kill -" + signal).isZero();
    }

    void kill() throws InterruptedException {
      process.destroyForcibly();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
