package work;

import io.vertx.pgclient.PgConnectOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real PostgreSQL on a port and a data directory of its own, which can be stopped, killed and
 * started again.
 */
final class WorkServer implements AutoCloseable {
  private final Path home;
  private final int port;
  private EmbeddedPostgres running;

  private WorkServer(Path home, int port) {
    this.home = home;
    this.port = port;
  }

  static WorkServer started() {
    try {
      WorkServer server = new WorkServer(Files.createTempDirectory("work-postgres"), freePort());
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  void start() throws IOException {
    running =
        EmbeddedPostgres.builder()
            .setPort(port)
            .setDataDirectory(home.resolve("data"))
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(true)
            .setPGStartupWait(Duration.ofSeconds(60))
            // the launcher's defaults give up durability, which is what these tests are about
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("timezone", "Asia/Kathmandu")
            .start();
  }

  /** Stops it in good order: clients' connections are cut. */
  void stop() throws IOException {
    running.close();
  }

  /** Kills it as a power cut would: no server process gets to say anything. */
  void kill() throws Exception {
    long postmaster =
        Long.parseLong(Files.readAllLines(home.resolve("data/postmaster.pid")).get(0).strip());
    ProcessHandle process = ProcessHandle.of(postmaster).orElseThrow();
    List<ProcessHandle> all = Stream.concat(Stream.of(process), process.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle each : all) {
      each.onExit().get(20, TimeUnit.SECONDS);
    }
    // nothing is left to stop, but the launcher holds a lock on the directory
    running.close();
  }

  PgConnectOptions connectOptions() {
    return new PgConnectOptions()
        .setHost("127.0.0.1")
        .setPort(port)
        .setUser("postgres")
        .setDatabase("postgres")
        .setCachePreparedStatements(true);
  }

  @Override
  public void close() throws IOException {
    running.close();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
