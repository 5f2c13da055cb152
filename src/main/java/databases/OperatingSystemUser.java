package databases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * As whom a server runs. PostgreSQL refuses to be root, which this process is in many containers.
 *
 * @param words to put before a command; none when it can run as this process does
 * @param owner whom the server's folder must belong to, when root has to see to it
 */
record OperatingSystemUser(List<String> words, OptionalInt owner) {
  private static final int ROOT = 0;
  private static final int NOBODY = 65534;
  private static final long TRIAL_SECONDS = 5;

  /** Whether this process is root. */
  static boolean isRoot() {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == ROOT;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  /** Somebody who isn't root and can run {@code program}. */
  static OperatingSystemUser notRoot(Path program) {
    if (!isRoot()) {
      return new OperatingSystemUser(List.of(), OptionalInt.empty());
    }
    // In a user namespace of its own the process is nobody in particular, while its files stay ours. Where containers forbid namespaces,
    // root can mostly still become somebody else.
    return trial(List.of("unshare", "-U"), program)
        .map(words -> new OperatingSystemUser(words, OptionalInt.of(ROOT)))
        .or(
            () ->
                trial(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"), program)
                    .map(words -> new OperatingSystemUser(words, OptionalInt.of(NOBODY))))
        .orElseThrow(
            () ->
                new EmbeddedServerException(
                    "PostgreSQL refuses to run as root, and this system lets root neither make a user namespace (unshare -U) nor run "
                        + program + " as user " + NOBODY + " (setpriv). Start lessonweave as an ordinary user, or set DATABASE_URL to use a"
                        + " server of your own."));
  }

  /** Gives a folder with everything in it to the user, unless it is theirs already. */
  void own(Path folder) throws IOException {
    if (owner.isPresent() && (int) Files.getAttribute(folder, "unix:uid") != owner.getAsInt()) {
      Folders.own(folder, owner.getAsInt());
    }
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
}
