package anki;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary folder of one deck: SQLite puts files of its own beside the database, and all go
 * together.
 */
record WorkFolder(Path path) implements Closeable {
  /**
   * @param parent which is there
   */
  static WorkFolder create(Path parent) throws IOException {
    return new WorkFolder(Files.createTempDirectory(parent, "anki-"));
  }

  Path file(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(path);
  }
}
