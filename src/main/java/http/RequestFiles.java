package http;

import courses.sources.Leftovers;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where files of requests and of their answers lie until they are done with. */
final class RequestFiles {
  private static final Logger log = LoggerFactory.getLogger(RequestFiles.class);

  private RequestFiles() {}

  static Path folder(Path dataDir) {
    return dataDir.resolve("uploads");
  }

  /** Makes the folder; what a killed process left there goes in the background. Blocks. */
  static void prepare(Vertx vertx, Path dataDir) {
    try {
      Files.createDirectories(folder(dataDir));
    } catch (IOException failure) {
      // all else goes on without it
      log.warn(
          "imports, exports of decks and uploads won't work, the folder for their files can't be"
              + " made: see that DATA_DIR can be written to ({})",
          failure.toString());
    }
    Leftovers.sweep(vertx, folder(dataDir));
  }
}
