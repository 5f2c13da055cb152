package databases;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder of everything this node keeps on disk, held by one process at a time: two processes on
 * the same embedded databases would ruin them. The lock is the operating system's, so it goes with
 * its holder, however that ends.
 */
public final class DataFolder implements AutoCloseable {
  private static final String LOCK_FILE = "lessonweave.lock";
  private static final int MAX_HOLDER_BYTES = 1024;

  // POSIX drops a process's lock as soon as any of its descriptors on that file is closed: within
  // this JVM the file must not be opened twice.
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;
  private boolean closed;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes the folder when it is missing and takes its lock; doesn't wait.
   *
   * @throws DataFolderException when another process holds it (the message names that process), or
   *     when it can't be written
   */
  public static DataFolder open(Path folder) {
    Path path = create(folder);
    if (!HELD_HERE.add(path)) {
      throw busy(path, "this process itself (pid " + ProcessHandle.current().pid() + ")");
    }
    try {
      return new DataFolder(path, lock(path));
    } catch (RuntimeException failed) {
      HELD_HERE.remove(path);
      throw failed;
    }
  }

  /** The folder, absolute and without symbolic links. */
  public Path path() {
    return path;
  }

  /** Gives the folder back; does nothing the second time. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      channel.truncate(0);
      channel.close();
    } catch (IOException e) {
      throw new DataFolderException(
          "The lock of the data folder " + path + " could not be given back: " + e.getMessage(), e);
    } finally {
      HELD_HERE.remove(path);
    }
  }

  private static Path create(Path folder) {
    try {
      return Files.createDirectories(folder).toRealPath();
    } catch (FileAlreadyExistsException e) {
      throw new DataFolderException(
          "The data folder " + folder + " is a file. Remove it or choose another DATA_DIR.", e);
    } catch (IOException e) {
      throw new DataFolderException(
          "The data folder " + folder + " can't be made: " + reason(e) + ". " + remedy(), e);
    }
  }

  private static FileChannel lock(Path path) {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              path.resolve(LOCK_FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        String holder = read(channel).orElse("another process that has not said its name yet");
        channel.close();
        throw busy(path, holder);
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(self().getBytes(StandardCharsets.UTF_8)), 0);
      channel.force(true);
      return channel;
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw new DataFolderException(
          "The data folder " + path + " can't be written: " + reason(e) + ". " + remedy(), e);
    }
  }

  private static DataFolderException busy(Path path, String holder) {
    return new DataFolderException(
        "The data folder "
            + path
            + " is in use by "
            + holder
            + ". Stop that process, or choose another DATA_DIR for this one.");
  }

  private static String self() {
    ProcessHandle process = ProcessHandle.current();
    Instant started =
        process.info().startInstant().orElseGet(Instant::now).truncatedTo(ChronoUnit.SECONDS);
    return "pid "
        + process.pid()
        + host().map(name -> " on host " + name).orElse("")
        + ", running since "
        + started;
  }

  /** A pid alone says nothing when containers share the folder. */
  private static Optional<String> host() {
    try {
      return Optional.of(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip())
          .filter(name -> !name.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_HOLDER_BYTES);
    channel.read(bytes, 0);
    return Optional.of(StandardCharsets.UTF_8.decode(bytes.flip()).toString().strip())
        .filter(text -> !text.isEmpty());
  }

  private static void closeQuietly(FileChannel channel, IOException reason) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
  }

  private static String remedy() {
    return "Give the user "
        + System.getProperty("user.name")
        + " the right to write there, or choose another DATA_DIR.";
  }
}
