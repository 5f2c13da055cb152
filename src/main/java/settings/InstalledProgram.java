package settings;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds programs that may be installed beside this one. */
public final class InstalledProgram {
  private InstalledProgram() {}

  /**
   * Looks on the disk, which takes well below a millisecond.
   *
   * @param name a path, or a bare name that is looked for where the environment's {@code PATH} says
   */
  public static Optional<Path> find(String name, String searchPath) {
    if (name.contains(File.separator)) {
      return Optional.of(Path.of(name)).filter(Files::isExecutable);
    }
    for (String folder : searchPath.split(File.pathSeparator)) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder).resolve(name);
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
