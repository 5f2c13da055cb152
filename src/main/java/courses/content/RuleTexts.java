package courses.content;

import courses.sources.Segment;
import exercises.language.EnglishText;
import exercises.language.NlpModels;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import work.LowPriority;

/**
 * Texts that were read for the rules, kept for as long as other parts of the same course are likely
 * to need them: reading is most of the rules' work. As many are worked on at a time as there are
 * processors, and never two parts on the same text. Safe for use by several threads.
 */
final class RuleTexts {
  /** Tokens of all texts that are kept; some 200 bytes each. */
  private static final int MOST_TOKENS = 100_000;

  private final NlpModels models;
  private final WorkerExecutor threads;
  private final ConcurrentLinkedQueue<EnglishText> idle = new ConcurrentLinkedQueue<>();
  private final Map<List<List<Segment>>, Read> kept = new LinkedHashMap<>(16, 0.75f, true);
  private int keptTokens;

  RuleTexts(Vertx vertx, NlpModels models) {
    this.models = models;
    // not the pool that everything else blocks in: an upload must not wait for a course
    this.threads =
        vertx.createSharedWorkerExecutor(
            "course-rules", Runtime.getRuntime().availableProcessors());
  }

  /** The lessons of one text; {@code last} ends when nobody works on them. */
  private static final class Read {
    private final int tokens;
    private Future<?> last = Future.succeededFuture();
    private EnglishText english;
    private List<RuleLesson> lessons;

    Read(int tokens) {
      this.tokens = tokens;
    }
  }

  /**
   * Works on spans, which are read unless they were lately.
   *
   * @param work gets a lesson for each span, and what it is read with; on a thread that may block
   */
  <T> Future<T> use(List<List<Segment>> spans, BiFunction<List<RuleLesson>, EnglishText, T> work) {
    if (spans.isEmpty()) {
      return threads.executeBlocking(() -> low(() -> once(work)), false);
    }
    Read read = read(spans);
    synchronized (read) {
      Future<T> mine =
          read.last.transform(
              before -> threads.executeBlocking(() -> low(() -> work(spans, read, work)), false));
      read.last = mine.otherwiseEmpty();
      return mine;
    }
  }

  /** Rules compute for long, and nobody waits for them at a screen. */
  private static <T> T low(Supplier<T> work) {
    LowPriority.here();
    return work.get();
  }

  private <T> T once(BiFunction<List<RuleLesson>, EnglishText, T> work) {
    EnglishText own = idle.poll();
    EnglishText english = own == null ? new EnglishText(models) : own;
    try {
      return work.apply(List.of(), english);
    } finally {
      idle.offer(english);
    }
  }

  private <T> T work(
      List<List<Segment>> spans, Read read, BiFunction<List<RuleLesson>, EnglishText, T> work) {
    // one at a time, each after the other's end: no lock is needed
    if (read.lessons == null) {
      EnglishText english = new EnglishText(models);
      List<RuleLesson> lessons = new ArrayList<>();
      spans.forEach(span -> lessons.add(new RuleLesson(span, english)));
      read.english = english;
      read.lessons = lessons;
    }
    return work.apply(read.lessons, read.english);
  }

  private synchronized Read read(List<List<Segment>> spans) {
    Read known = kept.get(spans);
    if (known != null) {
      return known;
    }
    Read read = new Read(spans.stream().flatMap(List::stream).mapToInt(Segment::tokens).sum());
    kept.put(spans, read);
    keptTokens += read.tokens;
    var oldest = kept.values().iterator();
    while (keptTokens > MOST_TOKENS && kept.size() > 1) {
      keptTokens -= oldest.next().tokens;
      oldest.remove();
    }
    return read;
  }
}
