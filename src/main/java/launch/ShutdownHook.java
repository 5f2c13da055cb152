package launch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stops a node when the JVM is told to end (SIGTERM, Ctrl-C), and holds the JVM until it has. */
final class ShutdownHook {
  /** Beyond the drain: releasing leases, closing pools, stopping embedded servers. */
  private static final Duration CLOSING = Duration.ofSeconds(25);

  private ShutdownHook() {}

  static void stopAtExit(Node node) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    node.stop()
                        .await(
                            node.settings().drainTimeout().plus(CLOSING).toMillis(),
                            TimeUnit.MILLISECONDS);
                  } catch (TimeoutException | RuntimeException e) {
                    System.err.println(
                        "lessonweave: stopped without finishing everything ("
                            + e
                            + "); nothing is lost, leases run out by themselves");
                  }
                },
                "shutdown"));
  }
}
