package http;

import games.IsoTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Times as clients see them: UTC, ISO 8601, milliseconds, {@code Z}. */
final class Times {
  private Times() {}

  static String iso(Instant instant) {
    return IsoTime.of(instant);
  }

  /** Null when there is no time: JSON's null. */
  static String iso(Optional<Instant> instant) {
    return instant.map(Times::iso).orElse(null);
  }

  static String now() {
    return iso(Clock.systemUTC().instant());
  }
}
