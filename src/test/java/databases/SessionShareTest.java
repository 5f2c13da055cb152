package databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class SessionShareTest {
  private static final Path OWN_SESSION = Path.of("/proc/self/autogroup");
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** A connection's process has a session of its own, which is lowered soon after it came. */
  @Test
  void aConnectionsProcessHasLessOfTheProcessors() throws Exception {
    assumeTrue(SessionShare.matters(), "sessions have no share of their own here");
    // empty where this process is in the system's first session, which has no share of its own
    String own = Files.readString(OWN_SESSION);
    try (Connection connection =
            JdbcSources.postgres(TestServers.freshPostgresSettings()).getConnection();
        ResultSet row = connection.createStatement().executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      Path session = Path.of("/proc", row.getString(1), "autogroup");
      long deadline = System.nanoTime() + LIMIT_NANOS;
      while (!Files.readString(session).strip().endsWith(" nice " + SessionShare.NICE)
          && System.nanoTime() < deadline) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }

      assertThat(Files.readString(session).strip()).endsWith(" nice " + SessionShare.NICE);
      assertThat(Files.readString(OWN_SESSION)).isEqualTo(own);
    }
  }
}
