package databases;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A folder that is filled once and then never changes. It gets its name only when it is complete,
 * so an interrupted run leaves nothing that looks finished, and processes that share the parent
 * folder wait for each other.
 */
final class Unpacking {
  /** Fills the folder. */
  interface Content {
    void writeTo(Unpacking target) throws IOException;
  }

  private static final Duration LOCK_WAIT = Duration.ofMinutes(3);
  private static final long LOCK_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Path folder;

  private Unpacking(Path folder) {
    this.folder = folder;
  }

  /** The folder {@code parent/name}, filled by {@code content} if it isn't there yet. */
  static Path once(Path parent, String name, Content content) throws IOException {
    Path complete = parent.toAbsolutePath().normalize().resolve(name);
    if (Files.isDirectory(complete)) {
      return complete;
    }
    Files.createDirectories(parent);
    // One thread of this JVM at a time: file locks count for the whole process.
    synchronized (Unpacking.class) {
      try (FileChannel channel =
          FileChannel.open(
              parent.resolve(name + ".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE)) {
        // Goes with the channel.
        await(channel, name);
        if (!Files.isDirectory(complete)) {
          fill(complete, content);
        }
      }
    }
    return complete;
  }

  private static void fill(Path complete, Content content) throws IOException {
    Path partial = complete.resolveSibling(complete.getFileName() + ".partial");
    Folders.delete(partial);
    Files.createDirectory(partial);
    content.writeTo(new Unpacking(partial));
    Folders.complete(partial, complete);
  }

  private static void await(FileChannel channel, String name) throws IOException {
    long deadline = System.nanoTime() + LOCK_WAIT.toNanos();
    for (FileLock lock = channel.tryLock(); ; lock = channel.tryLock()) {
      if (lock != null) {
        return;
      }
      if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
        throw new IOException(
            "another process has been unpacking "
                + name
                + " for "
                + LOCK_WAIT.toMinutes()
                + " minutes");
      }
      LockSupport.parkNanos(LOCK_POLL_NANOS);
    }
  }

  /**
   * Writes one file and waits until the disk has it: the folder's name must not outlive its content
   * in a power cut.
   */
  void file(String name, InputStream content, boolean executable) throws IOException {
    Path file = inside(name);
    Files.createDirectories(file.getParent());
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      content.transferTo(Channels.newOutputStream(channel));
      channel.force(false);
    }
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  /** Makes a symbolic link to a file of the same folder. */
  void link(String name, String destination) throws IOException {
    Path link = inside(name);
    Files.createDirectories(link.getParent());
    inside(folder.relativize(link.getParent()).resolve(destination).toString());
    Files.createSymbolicLink(link, Path.of(destination));
  }

  private Path inside(String name) throws IOException {
    Path path = folder.resolve(name).normalize();
    if (!path.startsWith(folder)) {
      throw new IOException("the archive names a file outside its folder: " + name);
    }
    return path;
  }
}
