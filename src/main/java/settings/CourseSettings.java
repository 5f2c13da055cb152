package settings;

import java.time.Duration;
import java.util.List;

/**
 * How courses are made.
 *
 * @param concurrency parts written at a time on this node
 * @param extractConcurrency sources read at a time on this node
 * @param extractLimit longest time one source may take
 * @param maxAttempts runs of one task before it is failed
 * @param retryPause wait after a task's first failure, doubled after each further one
 * @param maxOpenJobs unfinished jobs of all users; beyond it clients are told to come back
 * @param extraPorts further ports that the whole interface is served on
 */
public record CourseSettings(
    int concurrency,
    int extractConcurrency,
    Duration extractLimit,
    int maxAttempts,
    Duration retryPause,
    int maxOpenJobs,
    List<Integer> extraPorts) {
  public CourseSettings {
    extraPorts = List.copyOf(extraPorts);
  }
}
