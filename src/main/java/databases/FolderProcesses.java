package databases;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server processes that work on one data folder, found by what they are and not by a remembered
 * number: a pid file may be missing, half written, or name a stranger that got the number since.
 */
final class FolderProcesses {
  private static final Logger LOG = LoggerFactory.getLogger(FolderProcesses.class);
  private static final Path PROC = Path.of("/proc");
  private static final Set<String> SERVERS = Set.of("postgres", "initdb", "mariadbd");
  // What a server is for a moment, before it becomes itself.
  private static final Set<String> WRAPPERS = Set.of("setsid", "unshare", "setpriv");
  private static final String DELETED = " (deleted)";
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private FolderProcesses() {}

  /**
   * Ends what an earlier, killed run left behind on {@code dataFolder}: first by {@code politely},
   * then by force.
   *
   * @throws EmbeddedServerException when one survives even that, for it may still write
   */
  static void end(Path dataFolder, ServerSignal politely, Duration limit) {
    List<Long> mains = mains(dataFolder);
    if (!mains.isEmpty()) {
      LOG.warn(
          "An earlier run left a server behind on {} (pid {}); stopping it", dataFolder, mains);
      mains.forEach(politely::send);
    }
    // Without its main process a PostgreSQL child ends by itself; it needs the time, not a signal.
    if (awaitNone(dataFolder, limit)) {
      return;
    }
    List<Long> rest = all(dataFolder);
    LOG.warn(
        "Server processes on {} did not stop within {} s; killing {}",
        dataFolder,
        limit.toSeconds(),
        rest);
    mains(dataFolder).forEach(ServerSignal.KILL::send);
    rest.forEach(ServerSignal.KILL::send);
    if (!awaitNone(dataFolder, limit)) {
      throw new EmbeddedServerException(
          "Server processes of an earlier run still work on "
              + dataFolder
              + ": pids "
              + all(dataFolder)
              + ". End them by hand, then start again.");
    }
  }

  /** Waits until no server process works on the folder any more. */
  static boolean awaitNone(Path dataFolder, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!all(dataFolder).isEmpty()) {
      if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }

  /** Every process that works on the folder, PostgreSQL's children too. */
  static List<Long> all(Path dataFolder) {
    return find(dataFolder, true);
  }

  /** The processes that were started on the folder: their command line names it. */
  static List<Long> mains(Path dataFolder) {
    return find(dataFolder, false);
  }

  private static List<Long> find(Path dataFolder, boolean children) {
    List<Long> found = new ArrayList<>();
    try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
      processes
          .map(ProcessHandle::pid)
          .filter(pid -> worksOn(PROC.resolve(Long.toString(pid)), dataFolder.toString(), children))
          .forEach(found::add);
    }
    return found;
  }

  private static boolean worksOn(Path process, String dataFolder, boolean children) {
    try {
      String program = program(process);
      boolean server = SERVERS.contains(program);
      if (!server && !WRAPPERS.contains(program)) {
        return false;
      }
      String[] words =
          new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8)
              .split("\0");
      for (String word : words) {
        if (word.equals(dataFolder) || word.equals("--datadir=" + dataFolder)) {
          return true;
        }
      }
      return server
          && children
          && withoutMark(Files.readSymbolicLink(process.resolve("cwd")).toString())
              .equals(dataFolder);
    } catch (IOException e) {
      // Gone meanwhile, or somebody else's: not ours either way.
      return false;
    }
  }

  private static String program(Path process) throws IOException {
    return withoutMark(Files.readSymbolicLink(process.resolve("exe")).getFileName().toString());
  }

  private static String withoutMark(String path) {
    return path.endsWith(DELETED) ? path.substring(0, path.length() - DELETED.length()) : path;
  }
}
