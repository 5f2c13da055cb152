package zoom;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import settings.Secret;

/**
 * A refresh that Zoom has carried out.
 *
 * @param replaces the version of the row whose refresh token is dead by it
 */
record Rotation(long replaces, Grant grant) {

  String encode() {
    return new JsonObject()
        .put("replaces", replaces)
        .put("access", grant.accessToken().reveal())
        .put("refresh", grant.refreshToken().orElseThrow().reveal())
        .put("expires", grant.expiresAt())
        .put("scopes", grant.scopes())
        .encode();
  }

  static Rotation decode(String text) {
    JsonObject json = new JsonObject(text);
    return new Rotation(
        json.getLong("replaces"),
        new Grant(
            new Secret(json.getString("access")),
            Optional.of(new Secret(json.getString("refresh"))),
            Instant.parse(json.getString("expires")),
            json.getString("scopes")));
  }
}
