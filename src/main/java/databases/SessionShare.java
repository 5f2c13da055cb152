package databases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a server's processes less of busy processors than those who ask it. Linux shares them
 * between sessions first and within one by priority (autogroups, see sched(7)), and each of
 * PostgreSQL's processes has a session of its own: a few connections at work had several times the
 * share of the whole service, which then could not even answer what it has in memory. With fewer
 * requests than processors nobody waits for anything, and nothing is lost.
 *
 * <p>Only where the system shares by sessions: elsewhere, such as in a container or a unit of
 * systemd with a share of its own, it does nothing.
 */
final class SessionShare implements AutoCloseable {
  /**
   * As a nice value: two fifths of another session's share for each while all want what they can
   * get. With a ninth the service's own work in the background held up what it waited for; with a
   * quarter fifty uploads at once took three seconds.
   */
  static final int NICE = 4;

  private static final Logger LOG = LoggerFactory.getLogger(SessionShare.class);
  private static final Path PROC = Path.of("/proc");
  private static final Path ENABLED = PROC.resolve("sys/kernel/sched_autogroup_enabled");
  private static final Duration PERIOD = Duration.ofMillis(500);

  private final LongSupplier server;
  private final ScheduledExecutorService timer;

  private SessionShare(LongSupplier server) {
    this.server = server;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "sessions of the database");
              thread.setDaemon(true);
              return thread;
            });
    timer.scheduleWithFixedDelay(this::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * From now on until it is closed, also for processes that come later.
   *
   * @param server the id of the server's first process, asked for each time
   */
  static SessionShare lower(LongSupplier server) {
    return new SessionShare(server);
  }

  /** Whether sessions are what the system shares its processors between. */
  static boolean matters() {
    try {
      return Files.readString(ENABLED).strip().equals("1");
    } catch (IOException elsewhere) {
      return false;
    }
  }

  private void look() {
    try {
      if (!matters()) {
        return;
      }
      for (long process : processes(server.getAsLong())) {
        lower(PROC.resolve(process + "/autogroup"));
      }
    } catch (IOException | RuntimeException gone) {
      // the server is between two starts, or the system says nothing of processes
      LOG.debug("can't lower the database's share: {}", gone.toString());
    }
  }

  /** The server's first process and its children. */
  private static List<Long> processes(long server) throws IOException {
    List<Long> all = new ArrayList<>();
    all.add(server);
    Path children = PROC.resolve(server + "/task/" + server + "/children");
    for (String child : Files.readString(children).strip().split(" ")) {
      if (!child.isEmpty()) {
        all.add(Long.valueOf(child));
      }
    }
    return all;
  }

  /** As often as it is found as it was: a child that has just begun is in its parent's session. */
  private static void lower(Path session) {
    try {
      // what somebody chose stays
      if (Files.readString(session).strip().endsWith(" nice 0")) {
        Files.writeString(session, Integer.toString(NICE));
      }
    } catch (IOException later) {
      // it has ended; or who is not root has done so less than a tenth of a second ago
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
