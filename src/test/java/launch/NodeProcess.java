package launch;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The packed jar as its users start it: a process with an environment, whose output is read and
 * awaited.
 */
public final class NodeProcess implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;
  private boolean ended;

  private NodeProcess(Process process) {
    this.process = process;
    this.reader = new Thread(this::read, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** What the launcher and the container image have the JVM do when it serves. */
  public static final List<String> LAUNCHER_OPTIONS =
      List.of(
          "-XX:MaxGCPauseMillis=20",
          "-XX:ThreadPriorityPolicy=1",
          "-XX:JavaPriority1_To_OSPriority=10",
          "-XX:CompilerThreadPriority=19");

  /**
   * Starts {@code java -jar lessonweave.jar arguments}. The environment of this test is kept out,
   * but for what finds the JDK.
   */
  public static NodeProcess start(Map<String, String> environment, String... arguments) {
    return withOptions(environment, List.of(), arguments);
  }

  /** As above, with further options of the JVM; a later {@code -Xmx} is the one that counts. */
  public static NodeProcess withOptions(
      Map<String, String> environment, List<String> options, String... arguments) {
    List<String> program = new ArrayList<>();
    if (!quick().isEmpty() && options.isEmpty()) {
      program.addAll(NodeArchive.options());
    }
    program.addAll(options);
    program.add("-jar");
    program.add(System.getProperty("lessonweave.jar", "target/lessonweave.jar"));
    return start(environment, program, arguments);
  }

  /** As above, for a main class of the tests. */
  public static NodeProcess withOptions(
      Map<String, String> environment,
      List<String> options,
      Class<?> program,
      String... arguments) {
    List<String> words = new ArrayList<>(options);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    return start(environment, words, arguments);
  }

  /** As above with the same JVM options, for a main class of the tests. */
  public static NodeProcess start(
      Map<String, String> environment, Class<?> program, String... arguments) {
    return start(
        environment,
        List.of("-cp", System.getProperty("java.class.path"), program.getName()),
        arguments);
  }

  private static NodeProcess start(
      Map<String, String> environment, List<String> program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-Xmx512m");
    command.addAll(quick());
    command.addAll(program);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG", "TMPDIR"));
    builder.environment().putAll(environment);
    try {
      return new NodeProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What makes a node start with less work: set for tests, not for benchmarks. */
  static List<String> quick() {
    String quick = System.getProperty("lessonweave.test.node.jvm", "");
    return quick.isBlank() ? List.of() : List.of(quick.split(" "));
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
        }
      }
    } catch (IOException e) {
      // the process was killed: what it wrote until then is what there is
    }
    synchronized (lines) {
      ended = true;
      lines.notifyAll();
    }
  }

  /** The first line, from the beginning, that fits; waits for it. */
  String awaitLine(Predicate<String> fits, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (lines) {
      int seen = 0;
      while (true) {
        for (; seen < lines.size(); seen++) {
          if (fits.test(lines.get(seen))) {
            return lines.get(seen);
          }
        }
        long left = deadline - System.nanoTime();
        if (ended || left <= 0) {
          throw new AssertionError(
              (ended ? "the process ended" : "nothing came in " + patience)
                  + ":\n"
                  + String.join("\n", lines));
        }
        try {
          lines.wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  String awaitLine(String part) {
    return awaitLine(line -> line.contains(part), Duration.ofSeconds(90));
  }

  /** Waits until the node says it is ready. @return its address */
  public URI awaitReady() {
    String line = awaitLine("ready after");
    int at = line.indexOf("http://");
    return at < 0 ? null : URI.create(line.substring(at).split("\\s")[0]);
  }

  int awaitExit(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still running after " + patience + ":\n" + output());
      }
      reader.join(5_000);
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public String output() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  public long pid() {
    return process.pid();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL; the embedded servers it started stay behind, as after a real crash. */
  void kill() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(10));
  }

  static HttpResponse<String> get(URI uri) {
    return send(HttpRequest.newBuilder(uri).GET());
  }

  static HttpResponse<String> post(URI uri, String body) {
    return send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(
          request.timeout(Duration.ofSeconds(70)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Asks until the answer fits; the pause between questions is not what is waited for. */
  static JsonObject await(URI uri, Predicate<HttpResponse<String>> fits, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    HttpResponse<String> last = null;
    while (System.nanoTime() < deadline) {
      last = get(uri);
      if (fits.test(last)) {
        return new JsonObject(last.body());
      }
      java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    throw new AssertionError(
        "not within "
            + patience
            + ": "
            + uri
            + " last said "
            + (last == null ? "nothing" : last.statusCode() + " " + last.body()));
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      terminate();
      try {
        awaitExit(Duration.ofSeconds(45));
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
