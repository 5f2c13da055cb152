package http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import settings.Settings;

/**
 * Checks tokens: HS256 with the shared secret, RS256 and ES256 with the issuer's published keys,
 * nothing else. The algorithm decides which kind of key is asked before any is looked at, so a
 * public key is never taken for a secret.
 */
final class TokenChecks {
  private static final int LEEWAY_SECONDS = 60;
  private static final int LONGEST_TOKEN = 12 * 1024;
  private static final int MOST_KEYS_TRIED = 8;
  private static final Duration JWKS_LIMIT = Duration.ofSeconds(5);
  private static final Pattern SIGNED =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  /** Characters: 64 bytes in base64url. */
  private static final int ES256_SIGNATURE = 86;

  private static final String INVALID = "the token is invalid: get a new one";

  private final Settings.Tokens settings;
  private final Optional<JWTAuth> secret;
  private final Optional<JwksKeys> keys;

  TokenChecks(Vertx vertx, Settings.Auth auth, Settings.Tokens settings) {
    this(
        vertx,
        auth,
        settings,
        System::nanoTime,
        settings.jwksUrl().map(url -> JwksKeys.Shared.of(vertx, url)).orElse(null));
  }

  /** As above, with the clock that says how old the issuer's keys are. */
  TokenChecks(Vertx vertx, Settings.Auth auth, Settings.Tokens settings, LongSupplier nanoTime) {
    this(vertx, auth, settings, nanoTime, new JwksKeys.Shared());
  }

  TokenChecks(
      Vertx vertx,
      Settings.Auth auth,
      Settings.Tokens settings,
      LongSupplier nanoTime,
      JwksKeys.Shared known) {
    this.settings = settings;
    this.secret =
        auth.jwtSecret()
            .map(
                shared ->
                    JWTAuth.create(
                        vertx,
                        new JWTAuthOptions()
                            .addPubSecKey(
                                new PubSecKeyOptions()
                                    .setAlgorithm("HS256")
                                    .setBuffer(shared.reveal()))
                            // the library knows no leeway for iat: all tokens' times are looked at
                            // here
                            .setJWTOptions(new JWTOptions().setIgnoreExpiration(true))));
    this.keys =
        settings
            .jwksUrl()
            .map(url -> new JwksSource(vertx, url, JWKS_LIMIT))
            .map(source -> new JwksKeys(source::read, JwksKey::of, nanoTime, known));
  }

  /**
   * A token's claims; its signature, times, issuer and audience are right.
   *
   * @return fails with {@code UNAUTHORIZED} when the token is worth nothing, {@code
   *     SERVICE_UNAVAILABLE} when that can't be known now
   */
  Future<JsonObject> claims(String token) {
    if (secret.isEmpty() && keys.isEmpty()) {
      return refused(
          "this server has neither JWT_SECRET nor AUTH_JWKS_URL and can't check tokens: call"
              + " without one or have it set");
    }
    Optional<JsonObject> header = token.length() > LONGEST_TOKEN ? Optional.empty() : header(token);
    if (header.isEmpty() || header.get().containsKey("crit")) {
      return refused(INVALID);
    }
    String algorithm = String.valueOf(header.get().getValue("alg"));
    if (algorithm.equals("HS256") && secret.isPresent()) {
      // inside compose, because claims of wrong types make the library throw instead of fail
      return accepted(
          Future.succeededFuture(secret.get())
              .compose(auth -> auth.authenticate(new TokenCredentials(token)))
              .map(user -> user.attributes().getJsonObject("accessToken"))
              .compose(TokenChecks::timely));
    }
    if (JwksKey.takes(algorithm) && keys.isPresent() && hasSignature(algorithm, token)) {
      Optional<String> keyId =
          header.get().getValue("kid") instanceof String id ? Optional.of(id) : Optional.empty();
      return keys.get()
          .find(algorithm, keyId)
          .compose(found -> accepted(signedClaims(found, token)));
    }
    return refused(
        isTaken(algorithm)
            ? INVALID
            : "the token's algorithm is not taken here: have it signed with " + algorithms());
  }

  private boolean isTaken(String algorithm) {
    return algorithm.equals("HS256")
        ? secret.isPresent()
        : JwksKey.takes(algorithm) && keys.isPresent();
  }

  private String algorithms() {
    return keys.isEmpty() ? "HS256" : secret.isEmpty() ? "RS256 or ES256" : "HS256, RS256 or ES256";
  }

  private static Optional<JsonObject> header(String token) {
    try {
      String first = token.substring(0, token.indexOf('.'));
      return Optional.of(
          new JsonObject(new String(Base64.getUrlDecoder().decode(first), StandardCharsets.UTF_8)));
    } catch (RuntimeException malformed) {
      return Optional.empty();
    }
  }

  /**
   * One token has one spelling: the library would also take a signature with something after it.
   */
  private static boolean hasSignature(String algorithm, String token) {
    int length = token.length() - token.lastIndexOf('.') - 1;
    return SIGNED.matcher(token).matches()
        && (!algorithm.equals("ES256") || length == ES256_SIGNATURE);
  }

  /** The claims of a token that one of the keys signed and whose times fit; fails otherwise. */
  private static Future<JsonObject> signedClaims(List<JwksKey> keys, String token) {
    if (keys.stream().limit(MOST_KEYS_TRIED).noneMatch(key -> key.signed(token))) {
      return Future.failedFuture("no key fits");
    }
    return Future.succeededFuture(token.split("\\.")[1])
        .map(
            payload ->
                new JsonObject(
                    new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8)))
        .compose(TokenChecks::timely);
  }

  /** That it ends at all is asked of every token later, with a message of its own. */
  private static Future<JsonObject> timely(JsonObject claims) {
    double now = System.currentTimeMillis() / 1e3;
    if (claims.containsKey("exp")) {
      if (!(claims.getValue("exp") instanceof Number expires)) {
        return refused(INVALID);
      }
      if (now >= expires.doubleValue() + LEEWAY_SECONDS) {
        return refused("the token has expired: get a new one");
      }
    }
    for (String claim : new String[] {"nbf", "iat"}) {
      if (claims.containsKey(claim)) {
        if (!(claims.getValue(claim) instanceof Number time)) {
          return refused(INVALID);
        }
        if (now < time.doubleValue() - LEEWAY_SECONDS) {
          return refused(
              "the token is not valid yet, by its claim "
                  + claim
                  + ": use it later, or have its issuer's clock and this server's set right");
        }
      }
    }
    return Future.succeededFuture(claims);
  }

  private Future<JsonObject> accepted(Future<JsonObject> checked) {
    return checked.transform(
        result -> {
          if (result.failed()) {
            return result.cause() instanceof ApiException told
                ? Future.failedFuture(told)
                : refused(INVALID);
          }
          JsonObject claims = result.result();
          if (settings.issuer().isPresent()
              && !settings.issuer().get().equals(claims.getValue("iss"))) {
            return refused(
                "the token is from another issuer: its claim iss must be "
                    + settings.issuer().get());
          }
          if (!settings.audiences().isEmpty() && !isForUs(claims.getValue("aud"))) {
            return refused(
                "the token is for another audience: its claim aud must name one of "
                    + String.join(", ", settings.audiences()));
          }
          return Future.succeededFuture(claims);
        });
  }

  private boolean isForUs(Object audience) {
    return audience instanceof JsonArray several
        ? several.stream().anyMatch(settings.audiences()::contains)
        : audience instanceof String one && settings.audiences().contains(one);
  }

  private static Future<JsonObject> refused(String detail) {
    return Future.failedFuture(Authentication.unauthorized(detail));
  }
}
