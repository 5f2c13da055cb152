package courses.sources;

import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import settings.CourseSourceSettings;

/** One process that runs {@link DocumentMain}; used by one thread at a time. */
final class DocumentProcess {
  private static final int WATCH_MILLIS = 100;
  private static final long MAX_RESULT = 128L << 20;
  private static final int OUT_OF_MEMORY = 3;

  /** A process that had half of a processor for its time has had enough of it. */
  private static final int LEAST_SHARE = 2;

  private enum End {
    OF_ITSELF,
    TOO_LONG,
    TOO_BUSY
  }

  private final Process process;
  private final BufferedReader answers;
  private int documents;
  private volatile boolean killed;
  private volatile long restingSince = System.nanoTime();

  private DocumentProcess(Process process) {
    this.process = process;
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static DocumentProcess start(int megabytes) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + megabytes + "m",
                    "-Xss1m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Xshare:auto",
                    "-Djava.awt.headless=true",
                    "-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog",
                    "-cp",
                    System.getProperty("java.class.path"),
                    DocumentMain.class.getName()))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().retainAll(ProgramRun.ENVIRONMENT);
    return new DocumentProcess(builder.start());
  }

  private Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  boolean alive() {
    return !killed && process.isAlive();
  }

  int documents() {
    return documents;
  }

  Duration rested() {
    return Duration.ofNanos(System.nanoTime() - restingSince);
  }

  void kill() {
    killed = true; // it takes a moment to die
    ProgramRun.kill(process.toHandle());
  }

  /** Blocks until the document is read, refused, or takes too long. */
  DocumentMain.Document read(
      Vertx vertx,
      CourseSourceSettings.Reading settings,
      Path file,
      DocumentKind kind,
      long deadline)
      throws IOException {
    documents++;
    Path result = file.resolveSibling(file.getFileName() + ".json");
    long begun = System.nanoTime();
    Duration cpuBefore = cpu();
    AtomicInteger page = new AtomicInteger();
    AtomicReference<End> end = new AtomicReference<>(End.OF_ITSELF);
    long timer =
        vertx.setPeriodic(
            WATCH_MILLIS,
            fired -> {
              long allowed =
                  settings.timeout().toNanos() + page.get() * settings.perPage().toNanos();
              long now = System.nanoTime();
              if (now - begun <= allowed && now <= deadline) {
                return;
              }
              // with less of the processor than that it is the machine that is slow, and waited for
              boolean worked = cpu().minus(cpuBefore).toNanos() > allowed / LEAST_SHARE;
              if (worked || now > deadline) {
                end.set(worked ? End.TOO_LONG : End.TOO_BUSY);
                kill();
              }
            });
    try {
      process
          .outputWriter(StandardCharsets.UTF_8)
          .append(
              new JsonObject()
                      .put("file", file.toString())
                      .put("result", result.toString())
                      .put("kind", kind.name())
                      .put("maxPages", settings.maxPages())
                      .put("maxCharacters", DocumentReader.MAX_CHARACTERS)
                      .encode()
                  + "\n")
          .flush();
      return follow(page, result);
    } catch (EndedException | IOException ended) {
      throw reason(end.get());
    } finally {
      vertx.cancelTimer(timer);
      Files.deleteIfExists(result);
      restingSince = System.nanoTime();
    }
  }

  private DocumentMain.Document follow(AtomicInteger page, Path result)
      throws IOException, EndedException {
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      JsonObject answer;
      try {
        answer = new JsonObject(line);
      } catch (DecodeException foreign) {
        continue;
      }
      if (answer.containsKey("page")) {
        page.set(answer.getInteger("page"));
      } else if (answer.containsKey("refused")) {
        throw new SourceRefused(
            SourceRefused.Code.valueOf(answer.getString("refused")), answer.getString("reason"));
      } else if (answer.containsKey("done")) {
        if (Files.size(result) > MAX_RESULT) {
          throw tooCostly();
        }
        return DocumentMain.result(result);
      } else {
        throw new EndedException();
      }
    }
    throw new EndedException();
  }

  private static final class EndedException extends Exception {
    private static final long serialVersionUID = 1;

    EndedException() {
      super("the process ended", null, false, false);
    }
  }

  /**
   * Throws {@link SourceRefused} when it is the document's fault that the process ended, {@link
   * IOException} when it may be the machine's.
   */
  private IOException reason(End end) {
    if (end == End.TOO_BUSY) {
      return new IOException("the machine is too busy to read the document; try again");
    }
    if (end == End.TOO_LONG) {
      throw tooCostly();
    }
    try {
      if (process.waitFor(2, TimeUnit.SECONDS) && process.exitValue() == OUT_OF_MEMORY) {
        throw tooCostly();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    return new IOException("the document reader ended; try again");
  }

  private static SourceRefused tooCostly() {
    return new SourceRefused(
        SourceRefused.Code.TOO_COSTLY,
        "reading the document takes more time or memory than any honest one: save it anew, or split"
            + " it");
  }
}
