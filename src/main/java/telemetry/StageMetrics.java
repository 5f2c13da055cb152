package telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import work.StageDepth;

/**
 * What an operator sees of the pipeline: per stage counts, durations, failures, queue depth and the
 * age of the oldest waiting item.
 */
public final class StageMetrics {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30),
    Duration.ofMinutes(5)
  };

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final MeterRegistry registry;
  private final Map<String, AtomicLong> levels = new ConcurrentHashMap<>();

  public StageMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * A stage is done with an item for now.
   *
   * @param outcome next, completed, not_ready, retry, failed, lost or released
   */
  public void ended(String stage, String outcome, Duration took) {
    Timer.builder("lessonweave.stage")
        .description("Time a stage worked on an item, by outcome")
        .tag("stage", stage)
        .tag("outcome", outcome)
        .serviceLevelObjectives(BUCKETS)
        .register(registry)
        .record(took);
  }

  public void claimed(String stage, int count) {
    counter("lessonweave.stage.claims", "Items claimed", "stage", stage).increment(count);
  }

  /**
   * Runs a stage's thinking on the thread it is called on, and counts the CPU time it takes: what
   * an item costs where no waiting is in it.
   */
  public <T> T thinking(String stage, Callable<T> work) throws Exception {
    long before = THREADS.getCurrentThreadCpuTime();
    try {
      return work.call();
    } finally {
      counter("lessonweave.stage.cpu.seconds", "CPU time a stage's thinking took", "stage", stage)
          .increment((THREADS.getCurrentThreadCpuTime() - before) / 1e9);
    }
  }

  /** The database did not do what a stage asked of it. */
  public void outage(String stage) {
    counter("lessonweave.stage.outages", "Times the database failed a stage", "stage", stage)
        .increment();
  }

  /**
   * The monitor looked at classes.
   *
   * @param result seen, opened, invalid or failed
   */
  public void classes(String result, int count) {
    counter("lessonweave.classes", "Ended classes, by what became of them", "result", result)
        .increment(count);
  }

  /** The quality gate dropped items: how many by which rule. */
  public void rejected(Map<String, Integer> byRule) {
    byRule.forEach(
        (rule, count) ->
            counter(
                    "lessonweave.exercises.rejected",
                    "Items the quality gate dropped, by rule",
                    "rule",
                    rule)
                .increment(count));
  }

  private Counter counter(String name, String description, String tag, String value) {
    return Counter.builder(name).description(description).tag(tag, value).register(registry);
  }

  /** The queues as the database shows them. */
  public void depths(List<StageDepth> depths) {
    for (StageDepth depth : depths) {
      String stage = depth.stage().name();
      level("lessonweave.queue.due", "Items that may be claimed now", stage).set(depth.due());
      level("lessonweave.queue.later", "Items waiting for their time", stage).set(depth.later());
      level("lessonweave.queue.running", "Items a worker holds", stage).set(depth.running());
      level("lessonweave.queue.failed", "Items that failed for good", stage).set(depth.failed());
      level("lessonweave.queue.paused", "Items somebody paused", stage).set(depth.paused());
      level("lessonweave.queue.oldest.seconds", "Age of the oldest item that may be claimed", stage)
          .set(depth.oldest().toSeconds());
    }
  }

  private AtomicLong level(String name, String description, String stage) {
    return levels.computeIfAbsent(
        name + "/" + stage,
        key -> {
          AtomicLong level = new AtomicLong();
          Gauge.builder(name, level, AtomicLong::doubleValue)
              .description(description)
              .tag("stage", stage)
              .register(registry);
          return level;
        });
  }
}
