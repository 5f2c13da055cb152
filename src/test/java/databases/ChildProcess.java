package databases;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Another JVM on the tests' class path, to be killed as an operator or the kernel would. */
final class ChildProcess {
  private static final long LIMIT_SECONDS = 60;
  private static final String END = "\0end";

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private ChildProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "child-output");
    reader.setDaemon(true);
    reader.start();
  }

  static ChildProcess start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(arguments));
    return new ChildProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  long pid() {
    return process.pid();
  }

  /** Waits for a line that starts so, and gives it. */
  String awaitLine(String start) throws InterruptedException {
    List<String> seen = new ArrayList<>();
    for (String line = next(); ; line = next()) {
      if (line == null || line.equals(END)) {
        throw new AssertionError("The child never said '" + start + "' but: " + seen);
      }
      if (line.startsWith(start)) {
        return line;
      }
      seen.add(line);
    }
  }

  /** Waits for the child's end and gives all it said since the last awaited line. */
  List<String> awaitExit() throws InterruptedException {
    List<String> seen = new ArrayList<>();
    for (String line = next(); line != null && !line.equals(END); line = next()) {
      seen.add(line);
    }
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      kill();
      throw new AssertionError("The child did not end; it said " + seen);
    }
    return seen;
  }

  /** SIGKILL; its children live on. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("The child survived SIGKILL");
    }
  }

  private String next() throws InterruptedException {
    return lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private void read() {
    try (BufferedReader reader = process.inputReader()) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("(output broke off: " + e.getMessage() + ")");
    }
    lines.add(END);
  }
}
