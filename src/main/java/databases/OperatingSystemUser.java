package databases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** As whom the servers run. PostgreSQL refuses to be root, which this process is in many containers. */
final class OperatingSystemUser {
  private static final int ROOT = 0;
  private static final int NOBODY = 65534;
  private static final long TRIAL_SECONDS = 5;

  private OperatingSystemUser() {}

  /** Whether this process is root. */
  static boolean isRoot() {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == ROOT;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  /**
   * The words before a command that must not run as root; none when this process isn't root. The home's owner is set to match.
   *
   * @param home what the command must be able to write
   * @param program what the command must be able to run
   */
  static List<String> notRoot(Path home, Path program) throws IOException {
    if (!isRoot()) {
      return List.of();
    }
    // In a user namespace of its own the process is nobody in particular, while its files stay ours.
    Optional<List<String>> namespace = trial(List.of("unshare", "-U"), program);
    if (namespace.isPresent()) {
      own(home, ROOT);
      return namespace.get();
    }
    // Many containers forbid namespaces but let root become somebody else.
    Optional<List<String>> nobody =
        trial(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"), program);
    if (nobody.isPresent()) {
      own(home, NOBODY);
      return nobody.get();
    }
    throw new EmbeddedServerException(
        "PostgreSQL refuses to run as root, and this system lets root neither make a user namespace (unshare -U) nor run " + program
            + " as user " + NOBODY + " (setpriv). Start lessonweave as an ordinary user, or set DATABASE_URL to use a server of your own.");
  }

  private static Optional<List<String>> trial(List<String> words, Path program) {
    if (ServerProcess.find(words.get(0)).isEmpty()) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(words);
    command.add(program.toString());
    command.add("--version");
    try {
      Process process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      boolean ended = process.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      return ended && process.exitValue() == 0 ? Optional.of(words) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static void own(Path home, int user) throws IOException {
    if ((int) Files.getAttribute(home, "unix:uid") != user) {
      Folders.own(home, user);
    }
  }
}
