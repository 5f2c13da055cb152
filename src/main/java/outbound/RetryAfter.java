package outbound;

import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** When a server wants to be asked again. */
public final class RetryAfter {
  /** What asks for more is taken for a mistake and shortened to this. */
  public static final Duration LONGEST = Duration.ofHours(48);

  private static final List<Function<String, Instant>> FORMS =
      List.of(
          text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant(),
          Instant::parse,
          text -> OffsetDateTime.parse(text).toInstant());

  private RetryAfter() {}

  /**
   * From {@code retry-after-ms}, or {@code Retry-After} in seconds, as an HTTP date or as an ISO
   * instant; never before {@code now} nor later than {@link #LONGEST}; empty when neither says
   * anything usable.
   */
  public static Optional<Instant> of(MultiMap headers, Instant now) {
    return number(headers.get("retry-after-ms"), 1)
        .or(() -> number(headers.get("Retry-After"), 1_000))
        .map(now::plus)
        .or(() -> date(headers.get("Retry-After")))
        .map(when -> bounded(when, now));
  }

  private static Optional<Duration> number(String value, int millis) {
    return value != null && value.strip().matches("[0-9]{1,9}(\\.[0-9]*)?")
        ? Optional.of(Duration.ofMillis((long) (Double.parseDouble(value.strip()) * millis)))
        : Optional.empty();
  }

  private static Optional<Instant> date(String value) {
    if (value == null) {
      return Optional.empty();
    }
    for (Function<String, Instant> form : FORMS) {
      try {
        return Optional.of(form.apply(value.strip()));
      } catch (DateTimeException anotherForm) {
        // the next one
      }
    }
    return Optional.empty();
  }

  private static Instant bounded(Instant when, Instant now) {
    Instant latest = now.plus(LONGEST);
    return when.isBefore(now) ? now : when.isAfter(latest) ? latest : when;
  }
}
