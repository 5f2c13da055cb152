package zoom;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import settings.Secret;

/**
 * What Zoom's token service gave.
 *
 * @param refreshToken with the refresh grant: the only one that is good from now on
 * @param scopes separated by blanks
 */
record Grant(Secret accessToken, Optional<Secret> refreshToken, Instant expiresAt, String scopes) {

  // Documented as 3599 or 3600; without the field the shorter life does no harm.
  private static final long USUAL_SECONDS = 3_000;

  /** Reads an answer of the token service; empty when it has no access token. */
  static Optional<Grant> of(JsonObject answer, Instant now) {
    Object access = answer.getValue("access_token");
    if (!(access instanceof String token) || token.isBlank()) {
      return Optional.empty();
    }
    Object refresh = answer.getValue("refresh_token");
    Object scope = answer.getValue("scope");
    return Optional.of(
        new Grant(
            new Secret(token),
            refresh instanceof String text && !text.isBlank()
                ? Optional.of(new Secret(text))
                : Optional.empty(),
            now.plusSeconds(seconds(answer.getValue("expires_in"))),
            scope instanceof String text ? text : ""));
  }

  /** This grant, with the refresh token it was made with where it brought no new one. */
  Grant orKeep(Secret used) {
    return refreshToken.isPresent()
        ? this
        : new Grant(accessToken, Optional.of(used), expiresAt, scopes);
  }

  private static long seconds(Object value) {
    try {
      long seconds = value == null ? USUAL_SECONDS : Long.parseLong(value.toString().strip());
      return seconds > 0 && seconds < 1_000_000 ? seconds : USUAL_SECONDS;
    } catch (NumberFormatException noNumber) {
      return USUAL_SECONDS;
    }
  }
}
