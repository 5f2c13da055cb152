package work;

import java.time.Duration;
import java.util.Objects;

/**
 * How a {@link Worker} works.
 *
 * @param owner who claims, for people to read in {@code lease_owner}: name of the node and the
 *     verticle instance
 * @param concurrency most items held at a time, at least 1
 * @param pollInterval pause between looks when nothing wakes the worker, spread by ±10 %
 * @param lease how long a claim holds without a heartbeat; heartbeats come every third of it
 * @param jobTimeLimit a run that takes longer is told to stop and tried again
 * @param stopGrace how long a run that was told to stop may still hold its place before it is given
 *     up
 * @param callTimeout longest wait for one answer of the database
 */
public record WorkerOptions(
    String owner,
    int concurrency,
    Duration pollInterval,
    Duration lease,
    Duration jobTimeLimit,
    Duration stopGrace,
    Duration callTimeout,
    WorkObserver observer) {

  public WorkerOptions {
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(observer, "observer");
    if (concurrency < 1) {
      throw new IllegalArgumentException(
          "a worker holds at least one item at a time, not " + concurrency);
    }
    positive("pollInterval", pollInterval);
    positive("lease", lease);
    positive("jobTimeLimit", jobTimeLimit);
    positive("stopGrace", stopGrace);
    positive("callTimeout", callTimeout);
  }

  private static void positive(String name, Duration duration) {
    if (duration.toMillis() < 1) {
      throw new IllegalArgumentException(name + " must be at least a millisecond, not " + duration);
    }
  }

  /**
   * 4 at a time, poll every 5 s, lease 30 s, 20 minutes a job, 10 s to stop, 30 s for the database,
   * no observer.
   */
  public static WorkerOptions of(String owner) {
    return new WorkerOptions(
        owner,
        4,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(20),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        WorkObserver.NONE);
  }

  public WorkerOptions withConcurrency(int value) {
    return new WorkerOptions(
        owner, value, pollInterval, lease, jobTimeLimit, stopGrace, callTimeout, observer);
  }

  public WorkerOptions withPollInterval(Duration value) {
    return new WorkerOptions(
        owner, concurrency, value, lease, jobTimeLimit, stopGrace, callTimeout, observer);
  }

  public WorkerOptions withLease(Duration value) {
    return new WorkerOptions(
        owner, concurrency, pollInterval, value, jobTimeLimit, stopGrace, callTimeout, observer);
  }

  public WorkerOptions withJobTimeLimit(Duration value) {
    return new WorkerOptions(
        owner, concurrency, pollInterval, lease, value, stopGrace, callTimeout, observer);
  }

  public WorkerOptions withStopGrace(Duration value) {
    return new WorkerOptions(
        owner, concurrency, pollInterval, lease, jobTimeLimit, value, callTimeout, observer);
  }

  public WorkerOptions withCallTimeout(Duration value) {
    return new WorkerOptions(
        owner, concurrency, pollInterval, lease, jobTimeLimit, stopGrace, value, observer);
  }

  public WorkerOptions withObserver(WorkObserver value) {
    return new WorkerOptions(
        owner, concurrency, pollInterval, lease, jobTimeLimit, stopGrace, callTimeout, value);
  }
}
