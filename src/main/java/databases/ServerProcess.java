package databases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One server as a child process: its log, waiting until it answers, stopping it in bounded time.
 */
final class ServerProcess {
  /** Asks the server whether it answers. */
  interface Probe {
    void ask() throws Exception;
  }

  /** The server ended before it answered; the message holds the end of its log. */
  static final class EndedEarly extends Exception {
    private static final long serialVersionUID = 1L;

    EndedEarly(String message) {
      super(message);
    }
  }

  private static final long MAX_LOG_BYTES = 8L << 20;
  private static final int TAIL_LINES = 12;
  private static final long PROBE_PAUSE_MILLIS = 20;
  private static final Duration FORCED_STOP = Duration.ofSeconds(5);
  private static final Optional<String> SETSID = find("setsid");

  private final String name;
  private final Process process;
  private final Path log;
  private final long logStart;

  private ServerProcess(String name, Process process, Path log, long logStart) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.logStart = logStart;
  }

  /**
   * @param name for messages, such as {@code MariaDB}
   * @param input what the server reads; none when empty
   * @param log gets the server's output, behind what earlier runs wrote
   */
  static ServerProcess start(String name, List<String> command, Optional<Path> input, Path log)
      throws IOException {
    rotate(log);
    List<String> words = new ArrayList<>();
    // A session of its own: Ctrl-C at the terminal must reach this JVM only, which still needs the
    // database while it drains.
    SETSID.ifPresent(words::add);
    words.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(log.getParent().toFile()).redirectErrorStream(true);
    // The service's secrets, and systemd's sockets, are none of the server's business.
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH", "LD_LIBRARY_PATH"));
    environment.put("LC_ALL", "C");
    long logStart = Files.exists(log) ? Files.size(log) : 0;
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.redirectInput(
        input
            .map(Path::toFile)
            .map(ProcessBuilder.Redirect::from)
            .orElse(ProcessBuilder.Redirect.PIPE));
    Process process = builder.start();
    process.getOutputStream().close();
    return new ServerProcess(name, process, log, logStart);
  }

  /** Runs a command to its end. */
  static void run(String name, List<String> command, Optional<Path> input, Path log, Duration limit)
      throws IOException {
    ServerProcess running = start(name, command, input, log);
    try {
      if (!running.process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        running.process.destroyForcibly();
        throw new EmbeddedServerException(
            name + " did not end within " + limit.toSeconds() + " s." + running.logged());
      }
    } catch (InterruptedException e) {
      running.process.destroyForcibly();
      throw interrupted(name);
    }
    if (running.process.exitValue() != 0) {
      throw new EmbeddedServerException(
          name + " failed with status " + running.process.exitValue() + "." + running.logged());
    }
  }

  long pid() {
    return process.pid();
  }

  boolean running() {
    return process.isAlive();
  }

  /** Runs {@code action}, on a thread of its own, when the process has ended, however it did. */
  void whenEnded(Runnable action) {
    process
        .onExit()
        .thenRunAsync(
            action,
            task -> {
              Thread thread = new Thread(task, name + " ended");
              thread.setDaemon(true);
              thread.start();
            });
  }

  /**
   * Waits until the server answers.
   *
   * @throws EndedEarly when the process ended instead
   * @throws EmbeddedServerException when it didn't answer in time
   */
  void awaitReady(Probe probe, Duration limit) throws EndedEarly {
    long deadline = System.nanoTime() + limit.toNanos();
    Exception last = null;
    try {
      while (!process.waitFor(PROBE_PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        try {
          probe.ask();
          return;
        } catch (Exception notYet) {
          last = notYet;
        }
        if (System.nanoTime() > deadline) {
          throw new EmbeddedServerException(
              "The embedded "
                  + name
                  + " did not answer within "
                  + limit.toSeconds()
                  + " s: "
                  + last.getMessage()
                  + "."
                  + logged(),
              last);
        }
      }
    } catch (InterruptedException e) {
      throw interrupted(name);
    }
    throw new EndedEarly(
        "The embedded "
            + name
            + " ended with status "
            + process.exitValue()
            + " while starting."
            + logged());
  }

  /**
   * Stops the server: politely, after {@code limit} by force.
   *
   * @return true when it stopped by itself
   */
  boolean stop(ServerSignal politely, Duration limit) {
    if (!process.isAlive()) {
      return true;
    }
    politely.send(process.pid());
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
      ServerSignal.KILL.send(process.pid());
      process.waitFor(FORCED_STOP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** Path of a program, when the system has it. */
  static Optional<String> find(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
    return Stream.of(path.split(":"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private String logged() {
    try {
      byte[] bytes = Files.readAllBytes(log);
      int from = (int) Math.min(logStart, bytes.length);
      List<String> lines =
          new String(bytes, from, bytes.length - from, java.nio.charset.StandardCharsets.UTF_8)
              .lines()
              .toList();
      String tail =
          String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
      return " Its log, " + log + ", ends with:\n  " + tail;
    } catch (IOException e) {
      return " See its log, " + log + ".";
    }
  }

  /** The log of a server that runs for months must not fill the disk: one older file is kept. */
  private static void rotate(Path log) throws IOException {
    if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static EmbeddedServerException interrupted(String name) {
    Thread.currentThread().interrupt();
    return new EmbeddedServerException("Starting the embedded " + name + " was interrupted.");
  }
}
