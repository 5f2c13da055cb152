package speech;

import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How long a server asks to be left alone. */
final class RetryAfter {
  private static final Duration LONGEST = Duration.ofHours(1);

  private RetryAfter() {}

  /**
   * From {@code retry-after-ms} or {@code Retry-After} in seconds or as a date; at most an hour;
   * empty when neither says anything usable.
   */
  static Optional<Duration> of(MultiMap headers, Instant now) {
    String millis = headers.get("retry-after-ms");
    if (millis != null && millis.matches("[0-9]{1,9}(\\.[0-9]*)?")) {
      return Optional.of(bounded(Duration.ofMillis((long) Double.parseDouble(millis))));
    }
    String value = headers.get("Retry-After");
    if (value == null) {
      return Optional.empty();
    }
    if (value.matches("[0-9]{1,9}(\\.[0-9]*)?")) {
      return Optional.of(bounded(Duration.ofMillis((long) (Double.parseDouble(value) * 1_000))));
    }
    try {
      return Optional.of(
          bounded(
              Duration.between(
                  now,
                  ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())));
    } catch (DateTimeException neither) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration asked) {
    return asked.isNegative() ? Duration.ZERO : asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }
}
