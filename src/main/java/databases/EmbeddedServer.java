package databases;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database server of our own on loopback, its data kept below {@code home}: {@code data}, {@code
 * password} and {@code server.log}. What an earlier, killed run left behind (running servers, a
 * half-made data folder, stale lock files) is put in order by the next start.
 */
abstract class EmbeddedServer implements AutoCloseable {
  static final String HOST = "127.0.0.1";
  static final String USER = "lessonweave";

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  // Children of a killed PostgreSQL notice it within moments.
  private static final Duration CHILDREN_LIMIT = Duration.ofSeconds(3);
  // Crash recovery replays the log before the server answers.
  private static final Duration READY_LIMIT = Duration.ofMinutes(2);
  private static final int PORT_ATTEMPTS = 5;
  private static final int REVIVALS = 5;
  private static final Duration REVIVAL_WINDOW = Duration.ofMinutes(5);

  private final String name;
  private final ServerSignal stopSignal;
  private final Path home;
  private ServerProcess process;
  private SessionShare share;
  private int port;
  private boolean closed;
  private final List<Instant> revivals = new ArrayList<>();

  EmbeddedServer(String name, ServerSignal stopSignal, Path home) {
    this.name = name;
    this.stopSignal = stopSignal;
    try {
      this.home = Folders.createPrivate(home).toRealPath();
    } catch (IOException e) {
      throw failed(name, "can't write " + home, e);
    }
  }

  /** Fills an empty folder with a new, empty database. */
  abstract void initialise(Path emptyData) throws IOException;

  /** Whether the folder holds a complete database. */
  abstract boolean initialised(Path data);

  /**
   * Prepares one start, such as removing lock files; no process works on the folder at that time.
   */
  abstract void prepare(Path data) throws IOException;

  abstract List<String> command(Path data, int port);

  /** Whether the server's own words say that the port was taken. */
  abstract boolean portTaken(String log);

  /** Succeeds when the server answers on the port. */
  abstract void probe(int port) throws Exception;

  /** Whether each of its processes has a session of its own. */
  boolean sessions() {
    return false;
  }

  /** Starts the server and waits until it answers; without a port any free one is taken. */
  final void launch(OptionalInt wantedPort) {
    try {
      Path data = home.resolve("data");
      putInOrder(data);
      start(data, wantedPort);
      ServerProcess running = process;
      running.whenEnded(() -> revive(running));
      if (sessions() && share == null) {
        share = SessionShare.lower(this::pid);
      }
    } catch (IOException e) {
      throw failed(name, "the folder " + home + " makes trouble", e);
    }
  }

  private void putInOrder(Path data) throws IOException {
    Path partial = home.resolve("data.partial");
    FolderProcesses.end(partial, ServerSignal.KILL, STOP_LIMIT);
    FolderProcesses.end(data, stopSignal, STOP_LIMIT);
    Folders.delete(partial);
    if (!initialised(data)) {
      refuseForeign(data);
      Folders.delete(data);
      Folders.createPrivate(partial);
      initialise(partial);
      Folders.complete(partial, data);
    }
  }

  private void refuseForeign(Path data) throws IOException {
    if (!Files.exists(data)) {
      return;
    }
    try (Stream<Path> content = Files.list(data)) {
      if (content.findAny().isPresent()) {
        throw new EmbeddedServerException(
            "The folder "
                + data
                + " holds files but no complete "
                + name
                + " database. Nothing was deleted: move it away to start with an"
                + " empty database, or restore it from a backup.");
      }
    }
  }

  private void start(Path data, OptionalInt wantedPort) throws IOException {
    for (int attempt = 1; ; attempt++) {
      prepare(data);
      port = wantedPort.isPresent() ? wantedPort.getAsInt() : freePort();
      process = ServerProcess.start(name, command(data, port), Optional.empty(), log());
      try {
        process.awaitReady(() -> probe(port), READY_LIMIT);
        LOG.info(
            "Embedded {} answers on {}:{} (pid {}), data in {}",
            name,
            HOST,
            port,
            process.pid(),
            data);
        return;
      } catch (ServerProcess.EndedEarly e) {
        // Between choosing a free port and binding it another program can take it.
        if (!portTaken(e.getMessage()) || wantedPort.isPresent() || attempt == PORT_ATTEMPTS) {
          throw new EmbeddedServerException(e.getMessage(), e);
        }
      } catch (RuntimeException e) {
        process.stop(ServerSignal.KILL, STOP_LIMIT);
        throw e;
      }
    }
  }

  /**
   * A server that was killed (by an operator, or for want of memory) comes back on its port;
   * clients reconnect by themselves.
   */
  private synchronized void revive(ServerProcess ended) {
    if (closed || process != ended || jvmIsEnding()) {
      return;
    }
    Instant now = Instant.now();
    revivals.removeIf(time -> time.isBefore(now.minus(REVIVAL_WINDOW)));
    if (revivals.size() == REVIVALS) {
      LOG.error(
          "Embedded {} ended for the {}th time within {} minutes and is left alone; see {}",
          name,
          REVIVALS + 1,
          REVIVAL_WINDOW.toMinutes(),
          log());
      return;
    }
    revivals.add(now);
    LOG.warn("Embedded {} ended unexpectedly; starting it again", name);
    try {
      launch(OptionalInt.of(port));
    } catch (RuntimeException e) {
      LOG.error("Embedded {} can't be started again: {}", name, e.getMessage());
    }
  }

  /** A server started while this JVM ends would outlive it. */
  private static boolean jvmIsEnding() {
    Thread never = new Thread(() -> {}, "never started");
    try {
      Runtime.getRuntime().addShutdownHook(never);
      Runtime.getRuntime().removeShutdownHook(never);
      return false;
    } catch (IllegalStateException ending) {
      return true;
    }
  }

  /** Stops the server: at most 10 s politely, then by force. Does nothing the second time. */
  @Override
  public final synchronized void close() {
    if (closed || process == null) {
      return;
    }
    closed = true;
    if (share != null) {
      share.close();
    }
    if (!process.stop(stopSignal, STOP_LIMIT)) {
      LOG.warn(
          "Embedded {} did not stop within {} s and was killed; its next start recovers",
          name,
          STOP_LIMIT.toSeconds());
    }
    Path data = home.resolve("data");
    if (!FolderProcesses.awaitNone(data, CHILDREN_LIMIT)) {
      FolderProcesses.end(data, ServerSignal.KILL, CHILDREN_LIMIT);
    }
  }

  final String name() {
    return name;
  }

  final Path home() {
    return home;
  }

  final Path log() {
    return home.resolve("server.log");
  }

  final int port() {
    return port;
  }

  /** The server's process; another one after a restart. */
  final long pid() {
    return process.pid();
  }

  final boolean running() {
    return process.running();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      return socket.getLocalPort();
    }
  }

  static EmbeddedServerException failed(String name, String what, IOException e) {
    return new EmbeddedServerException(
        "The embedded " + name + " could not be started: " + what + " (" + e.getMessage() + ").",
        e);
  }
}
