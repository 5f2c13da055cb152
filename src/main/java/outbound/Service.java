package outbound;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * An outside service and how it may be used.
 *
 * @param name lower case, for metrics, the log and messages
 * @param base where paths are appended to; without a slash at the end, query or user information
 * @param connectTimeout until a connection stands
 * @param attemptTimeout for one attempt from connecting to the last byte; for a download the
 *     longest silence instead
 * @param deadline for a call with all its attempts, pauses and waits for a free slot
 * @param attempts at least 1; attempts of a download that brought bytes don't count
 * @param firstPause before the second attempt; doubles with each, drawn from half to one and a half
 *     of it
 * @param longestWait a longer {@code Retry-After} is not waited for but handed to the caller; it is
 *     also the longest pause
 * @param concurrency attempts at a time
 * @param queue attempts that may wait for that; one more fails at once
 * @param breakerFailures failures in a row after which nothing is sent for a while
 * @param breakerRest for how long then; after it one attempt goes first
 * @param maxAnswerBytes longer bodies of answers are refused; downloads have their own bound
 * @param secretHeaders further header names, in lower case, that are never logged and never follow
 *     a redirect to another origin
 */
public record Service(
    String name,
    URI base,
    Duration connectTimeout,
    Duration attemptTimeout,
    Duration deadline,
    int attempts,
    Duration firstPause,
    Duration longestWait,
    int concurrency,
    int queue,
    int breakerFailures,
    Duration breakerRest,
    int maxAnswerBytes,
    Set<String> secretHeaders) {

  public Service {
    Objects.requireNonNull(base, "base");
    secretHeaders = Set.copyOf(secretHeaders);
    if (!name.matches("[a-z0-9][a-z0-9-]*")
        || !Set.of("http", "https").contains(base.getScheme())) {
      throw new IllegalArgumentException("service " + name + " needs a name and an http address");
    }
    if (attempts < 1 || concurrency < 1 || queue < 0 || breakerFailures < 1 || maxAnswerBytes < 1) {
      throw new IllegalArgumentException(
          "a limit of service " + name + " is below its least value");
    }
    for (Duration duration :
        List.of(connectTimeout, attemptTimeout, deadline, firstPause, longestWait, breakerRest)) {
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException("a duration of service " + name + " is not positive");
      }
    }
  }

  /**
   * With the defaults: connecting 5 s, an attempt 30 s, a call 2 min, 3 attempts from 500 ms, waits
   * up to 30 s, 8 at a time and 200 waiting, rest of 15 s after 10 failures, answers up to 4 MiB.
   *
   * @param base a slash at its end is dropped
   */
  public static Service of(String name, URI base) {
    String text = base.toString();
    return new Service(
        name,
        text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : base,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(2),
        3,
        Duration.ofMillis(500),
        Duration.ofSeconds(30),
        8,
        200,
        10,
        Duration.ofSeconds(15),
        4 << 20,
        Set.of());
  }

  /** With these times; see the members of the same names. */
  public Service withTimeouts(Duration connect, Duration attempt, Duration whole) {
    return new Service(
        name,
        base,
        connect,
        attempt,
        whole,
        attempts,
        firstPause,
        longestWait,
        concurrency,
        queue,
        breakerFailures,
        breakerRest,
        maxAnswerBytes,
        secretHeaders);
  }

  /** With these retries; see the members of the same names. */
  public Service withRetries(int count, Duration first, Duration longest) {
    return new Service(
        name,
        base,
        connectTimeout,
        attemptTimeout,
        deadline,
        count,
        first,
        longest,
        concurrency,
        queue,
        breakerFailures,
        breakerRest,
        maxAnswerBytes,
        secretHeaders);
  }

  /** With this many attempts at a time and waiting. */
  public Service withConcurrency(int atATime, int waiting) {
    return new Service(
        name,
        base,
        connectTimeout,
        attemptTimeout,
        deadline,
        attempts,
        firstPause,
        longestWait,
        atATime,
        waiting,
        breakerFailures,
        breakerRest,
        maxAnswerBytes,
        secretHeaders);
  }

  /** With this breaker; see {@link #breakerFailures} and {@link #breakerRest}. */
  public Service withBreaker(int failures, Duration rest) {
    return new Service(
        name,
        base,
        connectTimeout,
        attemptTimeout,
        deadline,
        attempts,
        firstPause,
        longestWait,
        concurrency,
        queue,
        failures,
        rest,
        maxAnswerBytes,
        secretHeaders);
  }

  /** With this bound on the bodies of answers. */
  public Service withMaxAnswerBytes(int bytes) {
    return new Service(
        name,
        base,
        connectTimeout,
        attemptTimeout,
        deadline,
        attempts,
        firstPause,
        longestWait,
        concurrency,
        queue,
        breakerFailures,
        breakerRest,
        bytes,
        secretHeaders);
  }

  /** With further headers that carry secrets, besides those {@link Redaction} knows. */
  public Service withSecretHeaders(String... names) {
    Set<String> all = new HashSet<>(secretHeaders);
    for (String header : names) {
      all.add(header.toLowerCase(Locale.ROOT));
    }
    return new Service(
        name,
        base,
        connectTimeout,
        attemptTimeout,
        deadline,
        attempts,
        firstPause,
        longestWait,
        concurrency,
        queue,
        breakerFailures,
        breakerRest,
        maxAnswerBytes,
        all);
  }
}
