package courses.sources;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import settings.CourseSourceSettings;
import work.LowPriority;

/**
 * Reads uploaded documents in processes of their own, which are kept for the next document, given
 * up when they rest, and killed with what they read when it takes too much.
 */
final class DocumentReader {
  /** Characters of one document. */
  static final int MAX_CHARACTERS = 10_000_000;

  private static final Duration REST = Duration.ofMinutes(2);
  private static final int MOST_DOCUMENTS = 200;

  private final Vertx vertx;
  private final CourseSourceSettings.Reading settings;
  private final WorkerExecutor threads;
  private final Deque<DocumentProcess> resting = new ConcurrentLinkedDeque<>();
  private final long timer;
  private volatile boolean closed;

  DocumentReader(Vertx vertx, CourseSourceSettings.Reading settings) {
    this.vertx = vertx;
    this.settings = settings;
    this.threads =
        vertx.createSharedWorkerExecutor(
            "document-readers", settings.processes(), 10, TimeUnit.MINUTES);
    this.timer = vertx.setPeriodic(REST.toMillis() / 4, fired -> endResting());
  }

  /**
   * Reads a document.
   *
   * @param deadline as of {@link System#nanoTime}; also for waiting until a process is free
   * @return fails with {@link SourceRefused}, or with {@link IOException} when trying again may
   *     help
   */
  Future<DocumentMain.Document> read(Path file, DocumentKind kind, long deadline) {
    return threads.executeBlocking(() -> readNow(file, kind, deadline), false);
  }

  private DocumentMain.Document readNow(Path file, DocumentKind kind, long deadline)
      throws IOException {
    LowPriority.here(); // of the process as well, which has its parent thread's
    if (closed || System.nanoTime() > deadline) {
      throw new IOException("no document reader was free in time; try again");
    }
    DocumentProcess process = resting.pollFirst();
    if (process == null || !process.alive()) {
      process = DocumentProcess.start(settings.processMegabytes());
    }
    boolean good = false;
    try {
      DocumentMain.Document document = process.read(vertx, settings, file, kind, deadline);
      good = true;
      return document;
    } catch (SourceRefused refused) {
      good = process.alive();
      throw refused;
    } finally {
      if (good && process.documents() < MOST_DOCUMENTS && !closed) {
        resting.addFirst(process);
      } else {
        process.kill();
      }
      if (closed) {
        endAll();
      }
    }
  }

  private void endResting() {
    for (DocumentProcess process : resting) {
      if (process.rested().compareTo(REST) > 0 && resting.remove(process)) {
        process.kill();
      }
    }
  }

  private void endAll() {
    for (DocumentProcess next = resting.poll(); next != null; next = resting.poll()) {
      next.kill();
    }
  }

  /** Ends the processes; what is being read fails within its time. */
  Future<Void> close() {
    closed = true;
    vertx.cancelTimer(timer);
    endAll();
    return threads.close();
  }
}
