package courses.sources;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes temporary files that a killed process left behind. */
public final class Leftovers {
  private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

  /** Longer than anything that is still at work. */
  private static final Duration AGE = Duration.ofHours(6);

  private Leftovers() {}

  /** Sweeps in the background. */
  public static void sweep(Vertx vertx, Path folder) {
    vertx
        .executeBlocking(() -> swept(folder, Instant.now().minus(AGE)), false)
        .onFailure(
            error ->
                log.warn("old temporary files can't be deleted: {}", error.getClass().getName()));
  }

  /** How many files and folders under {@code folder} were older, and are gone. */
  static int swept(Path folder, Instant before) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    int gone = 0;
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst =
          all.filter(path -> !path.equals(folder)).sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        if (Files.getLastModifiedTime(path).toInstant().isBefore(before)) {
          gone += Files.deleteIfExists(path) ? 1 : 0;
        }
      }
    }
    return gone;
  }
}
