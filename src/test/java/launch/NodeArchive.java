package launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a node's classes are once they are loaded and verified, kept beside the packed jar as the
 * launcher does on newer JDKs: a third less of the processor for each of the many starts that tests
 * wait for. Whether nodes have it changes nothing else, and without it they start all the same.
 */
final class NodeArchive {
  private static final Path JAR =
      Path.of(System.getProperty("lessonweave.jar", "target/lessonweave.jar")).toAbsolutePath();
  private static final Path ARCHIVE =
      JAR.resolveSibling("nodes-" + Runtime.version().feature() + ".jsa");
  private static final List<String> SILENT = List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off");
  private static final AtomicBoolean ASKED = new AtomicBoolean();

  private NodeArchive() {}

  /** For the JVM of a packed jar's node. */
  static List<String> options() {
    return isThere()
        ? List.of("-XX:SharedArchiveFile=" + ARCHIVE, SILENT.get(0), SILENT.get(1))
        : List.of();
  }

  private static boolean isThere() {
    try {
      return Files.exists(ARCHIVE)
          && Files.getLastModifiedTime(ARCHIVE).compareTo(Files.getLastModifiedTime(JAR)) > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes it unless it is there or another test JVM is about to: a node's start and end. */
  static void makeOnce() {
    if (NodeProcess.quick().isEmpty() || ASKED.getAndSet(true) || isThere()) {
      return;
    }
    try (FileChannel channel =
            FileChannel.open(
                ARCHIVE.resolveSibling(ARCHIVE.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null && !isThere()) {
        make();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void make() throws IOException {
    Path folder = JAR.resolveSibling("node-archive");
    Path made = ARCHIVE.resolveSibling(ARCHIVE.getFileName() + ".part");
    Files.deleteIfExists(made);
    try (SchoolFixture school = new SchoolFixture(folder)) {
      List<String> options =
          List.of("-XX:ArchiveClassesAtExit=" + made, SILENT.get(0), SILENT.get(1));
      try (NodeProcess node = NodeProcess.withOptions(school.environment(), options, "serve")) {
        node.awaitReady();
      }
    }
    if (Files.exists(made)) {
      Files.move(made, ARCHIVE, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
