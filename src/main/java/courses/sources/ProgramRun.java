package courses.sources;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Runs an installed program: arguments as a list and never through a shell, nothing on its input,
 * what it writes into files, no environment but what programs need, and an end when its time is
 * over, for its children too.
 */
final class ProgramRun {
  /** Keys and passwords of this service are in its environment; programs get none of them. */
  static final Set<String> ENVIRONMENT =
      Set.of(
          "PATH",
          "HOME",
          "LANG",
          "LC_ALL",
          "TZ",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY",
          "http_proxy",
          "https_proxy",
          "no_proxy",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR");

  private ProgramRun() {}

  /**
   * How it ended.
   *
   * @param exit its exit code; -1 when its time was over
   */
  record Ended(int exit, Path output, Path errors) {
    boolean timedOut() {
      return exit == -1;
    }
  }

  /**
   * Runs it in {@code folder}, where {@code output.txt} and {@code errors.txt} appear.
   *
   * @param command the program and its arguments
   * @return fails with {@link IOException} when it can't be started
   */
  static Future<Ended> run(Vertx vertx, List<String> command, Path folder, Duration limit) {
    Path output = folder.resolve("output.txt");
    Path errors = folder.resolve("errors.txt");
    return vertx
        .executeBlocking(() -> start(command, folder, output, errors), false)
        .compose(
            process -> {
              Promise<Ended> ended = Promise.promise();
              long timer =
                  vertx.setTimer(
                      Math.max(1, limit.toMillis()),
                      fired -> {
                        if (ended.tryComplete(new Ended(-1, output, errors))) {
                          kill(process.toHandle());
                        }
                      });
              var context = vertx.getOrCreateContext();
              process
                  .onExit()
                  .thenAccept(
                      done ->
                          context.runOnContext(
                              run -> {
                                vertx.cancelTimer(timer);
                                ended.tryComplete(new Ended(done.exitValue(), output, errors));
                              }));
              return ended.future();
            });
  }

  private static Process start(List<String> command, Path folder, Path output, Path errors)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(nothing().toFile()))
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().keySet().retainAll(ENVIRONMENT);
    return builder.start();
  }

  private static Path nothing() {
    return Path.of(
        System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT).contains("win")
            ? "NUL"
            : "/dev/null");
  }

  /** Ends a process and everything it started. */
  static void kill(ProcessHandle process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
