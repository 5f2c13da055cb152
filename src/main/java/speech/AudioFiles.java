package speech;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * This node's copies of audio, so that playing does not go through the database: one file each, in
 * folders by the first two digits of the id. Any of them may be deleted at any time. All methods
 * block.
 */
final class AudioFiles {
  private static final String SUFFIX = ".mp3";
  // A file's time is its last use; writing it at every use would cost more than it tells.
  private static final Duration PRECISION = Duration.ofHours(1);
  private static final Duration ABANDONED = Duration.ofMinutes(10);

  private final Path folder;

  AudioFiles(Path folder) {
    this.folder = folder;
  }

  private Path file(String id) {
    return folder.resolve(id.substring(0, 2)).resolve(id + SUFFIX);
  }

  Optional<byte[]> read(String id) throws IOException {
    Path file = file(id);
    try {
      byte[] content = Files.readAllBytes(file);
      Instant now = Instant.now();
      if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(PRECISION))) {
        Files.setLastModifiedTime(file, FileTime.from(now));
      }
      return Optional.of(content);
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    }
  }

  /** Written aside and then renamed: a file is either whole or not there. */
  void write(String id, byte[] content) throws IOException {
    Path file = file(id);
    Files.createDirectories(file.getParent());
    Path aside = Files.createTempFile(file.getParent(), "new", ".tmp");
    try {
      Files.write(aside, content);
      try {
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  /**
   * Deletes the files that have not been played for longest until the rest fits, and what a crash
   * left half written.
   *
   * @return how many were deleted
   */
  int trim(long maxBytes) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    List<Kept> kept = new ArrayList<>();
    int deleted = 0;
    long total = 0;
    for (Path file : files()) {
      Optional<Kept> found = Kept.of(file);
      if (found.isEmpty()) {
        continue;
      }
      if (file.toString().endsWith(SUFFIX)) {
        kept.add(found.get());
        total += found.get().bytes();
      } else if (found.get().used().isBefore(Instant.now().minus(ABANDONED))) {
        deleted += Files.deleteIfExists(file) ? 1 : 0;
      }
    }
    kept.sort(Comparator.comparing(Kept::used));
    for (Kept file : kept) {
      if (total <= maxBytes) {
        break;
      }
      deleted += Files.deleteIfExists(file.file()) ? 1 : 0;
      total -= file.bytes();
    }
    return deleted;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder, 2)) {
      return all.filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException vanished) {
      throw vanished.getCause();
    }
  }

  private record Kept(Path file, long bytes, Instant used) {
    static Optional<Kept> of(Path file) throws IOException {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return Optional.of(
            new Kept(file, attributes.size(), attributes.lastModifiedTime().toInstant()));
      } catch (NoSuchFileException gone) {
        return Optional.empty();
      }
    }
  }
}
