package outbound;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * An outside service and how it may be used.
 *
 * @param name lower case, for metrics, the log and messages
 * @param base where paths are appended to; without a slash at the end, query or user information
 * @param maxAnswerBytes longer bodies of answers are refused; downloads have their own bound
 * @param secretHeaders further header names, in lower case, that are never logged and never follow
 *     a redirect to another origin
 */
public record Service(
    String name,
    URI base,
    Timeouts timeouts,
    Retries retries,
    Slots slots,
    Breaking breaking,
    int maxAnswerBytes,
    Set<String> secretHeaders) {

  /**
   * How long things may take.
   *
   * @param connect until a connection stands
   * @param attempt for one attempt from connecting to the last byte; for a download the longest
   *     silence instead
   * @param whole for a call with all its attempts, pauses and waits for a free slot
   */
  public record Timeouts(Duration connect, Duration attempt, Duration whole) {
    public Timeouts {
      positive(connect, attempt, whole);
    }
  }

  /**
   * When a call that failed is tried again.
   *
   * @param attempts at least 1; attempts of a download that brought bytes don't count
   * @param firstPause before the second attempt; doubles with each, drawn from half to one and a
   *     half of it
   * @param longestWait a longer {@code Retry-After} is not waited for but handed to the caller; it
   *     is also the longest pause
   */
  public record Retries(int attempts, Duration firstPause, Duration longestWait) {
    public Retries {
      atLeast(1, attempts);
      positive(firstPause, longestWait);
    }
  }

  /**
   * How much of it at a time.
   *
   * @param concurrency attempts at a time
   * @param queue attempts that may wait for that; one more fails at once
   */
  public record Slots(int concurrency, int queue) {
    public Slots {
      atLeast(1, concurrency);
      atLeast(0, queue);
    }
  }

  /**
   * When it is left alone.
   *
   * @param failures in a row after which nothing is sent for a while
   * @param rest for how long then; after it one attempt goes first
   */
  public record Breaking(int failures, Duration rest) {
    public Breaking {
      atLeast(1, failures);
      positive(rest);
    }
  }

  public Service {
    Objects.requireNonNull(base, "base");
    secretHeaders = Set.copyOf(secretHeaders);
    if (!name.matches("[a-z0-9][a-z0-9-]*")
        || !Set.of("http", "https").contains(base.getScheme())) {
      throw new IllegalArgumentException("service " + name + " needs a name and an http address");
    }
    atLeast(1, maxAnswerBytes);
  }

  private static void atLeast(int least, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "a limit of a service is " + value + ", and " + least + " at least");
    }
  }

  private static void positive(Duration... durations) {
    for (Duration duration : durations) {
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException(
            "a duration of a service is " + duration + ", which is not positive");
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
        new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2)),
        new Retries(3, Duration.ofMillis(500), Duration.ofSeconds(30)),
        new Slots(8, 200),
        new Breaking(10, Duration.ofSeconds(15)),
        4 << 20,
        Set.of());
  }

  /** With these times; see {@link Timeouts}. */
  public Service withTimeouts(Duration connect, Duration attempt, Duration whole) {
    Timeouts others = new Timeouts(connect, attempt, whole);
    return new Service(name, base, others, retries, slots, breaking, maxAnswerBytes, secretHeaders);
  }

  /** With these retries; see {@link Retries}. */
  public Service withRetries(int attempts, Duration first, Duration longest) {
    Retries others = new Retries(attempts, first, longest);
    return new Service(
        name, base, timeouts, others, slots, breaking, maxAnswerBytes, secretHeaders);
  }

  /** With this many attempts at a time and waiting. */
  public Service withConcurrency(int atATime, int waiting) {
    Slots others = new Slots(atATime, waiting);
    return new Service(
        name, base, timeouts, retries, others, breaking, maxAnswerBytes, secretHeaders);
  }

  /** With this breaker; see {@link Breaking}. */
  public Service withBreaker(int failures, Duration rest) {
    Breaking other = new Breaking(failures, rest);
    return new Service(name, base, timeouts, retries, slots, other, maxAnswerBytes, secretHeaders);
  }

  /** With this bound on the bodies of answers. */
  public Service withMaxAnswerBytes(int bytes) {
    return new Service(name, base, timeouts, retries, slots, breaking, bytes, secretHeaders);
  }

  /** With further headers that carry secrets, besides those {@link Redaction} knows. */
  public Service withSecretHeaders(String... names) {
    Set<String> all = new HashSet<>(secretHeaders);
    for (String header : names) {
      all.add(header.toLowerCase(Locale.ROOT));
    }
    return new Service(name, base, timeouts, retries, slots, breaking, maxAnswerBytes, all);
  }
}
