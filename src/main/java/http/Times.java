package http;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Times as clients see them: UTC, ISO 8601, milliseconds, {@code Z}. */
final class Times {
  // Instant.toString drops the fraction of a whole second.
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Times() {}

  static String iso(Instant instant) {
    return MILLIS.format(instant);
  }

  /** Null when there is no time: JSON's null. */
  static String iso(Optional<Instant> instant) {
    return instant.map(Times::iso).orElse(null);
  }

  static String now() {
    return iso(Clock.systemUTC().instant());
  }
}
