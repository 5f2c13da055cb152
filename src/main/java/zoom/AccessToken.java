package zoom;

import java.time.Duration;
import java.time.Instant;
import settings.Secret;

/**
 * What a request carries.
 *
 * @param renewAt from when on a new one is asked for, though this one still works
 * @param scopes separated by blanks
 */
record AccessToken(Secret value, Instant renewAt, String scopes) {
  private static final Duration EARLY = Duration.ofMinutes(5);

  /** Renewed five minutes before its end, or when half its life is over if that is later. */
  static AccessToken of(Secret value, Instant issued, Instant expires, String scopes) {
    Duration half = Duration.between(issued, expires).dividedBy(2);
    return new AccessToken(value, expires.minus(half.compareTo(EARLY) < 0 ? half : EARLY), scopes);
  }

  boolean fresh(Instant now) {
    return now.isBefore(renewAt);
  }

  /** Whether Zoom lets it see other users of the account. */
  boolean accountLevel() {
    return scopes.contains(":admin") || scopes.contains(":master");
  }
}
