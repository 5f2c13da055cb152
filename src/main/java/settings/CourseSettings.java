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
 * @param speechConcurrency scripts that are read aloud at a time for this node
 * @param audioLinkLifetime how long an address of a recording can be played at least; twice as long
 *     at most
 * @param extraPorts further ports that the whole interface is served on
 */
public record CourseSettings(
    int concurrency,
    int extractConcurrency,
    Duration extractLimit,
    int maxAttempts,
    Duration retryPause,
    int maxOpenJobs,
    int speechConcurrency,
    Duration audioLinkLifetime,
    List<Integer> extraPorts) {
  public CourseSettings {
    extraPorts = List.copyOf(extraPorts);
  }
}
