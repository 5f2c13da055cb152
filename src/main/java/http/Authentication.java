package http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import settings.Settings;

/** Finds out who calls, from the headers alone: section 1.3 of the wire contract. */
final class Authentication {
  static final Pattern USER_ID = Pattern.compile("[\\x20-\\x7e]{1,128}");

  private static final String SCHEME = "bearer ";
  private static final int LEEWAY_SECONDS = 60;

  private final Settings.Auth auth;
  private final Optional<JWTAuth> tokens;

  Authentication(Vertx vertx, Settings.Auth auth) {
    this.auth = auth;
    this.tokens =
        auth.jwtSecret()
            .map(
                secret ->
                    JWTAuth.create(
                        vertx,
                        new JWTAuthOptions()
                            .addPubSecKey(new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(secret.reveal()))
                            .setJWTOptions(new JWTOptions().setLeeway(LEEWAY_SECONDS))));
  }

  /** Who calls; fails with {@code UNAUTHORIZED} when the credentials are missing or wrong. */
  Future<Caller> caller(HttpServerRequest request) {
    String authorization = request.getHeader("Authorization");
    if (authorization != null && (authorization + " ").regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return bearer(authorization.substring(Math.min(authorization.length(), SCHEME.length())).strip());
    }
    Optional<String> named = Optional.ofNullable(request.getHeader("X-User-Id")).filter(id -> !id.isEmpty());
    if (named.isPresent() && !USER_ID.matcher(named.get()).matches()) {
      return Future.failedFuture(ApiException.invalid("X-User-Id", "must be 1 to 128 printable ASCII characters"));
    }
    switch (auth.mode()) {
      case COMPAT:
        return Future.succeededFuture(new Caller(Caller.Proof.NONE, named, Set.of()));
      case GATEWAY:
        if (throughGateway(request) && named.isPresent()) {
          return Future.succeededFuture(new Caller(Caller.Proof.GATEWAY, named, Set.of()));
        }
        break;
      default:
    }
    return Future.failedFuture(unauthorized("credentials are missing: send Authorization: Bearer <token>"));
  }

  private boolean throughGateway(HttpServerRequest request) {
    String sent = request.getHeader("X-Gateway-Secret");
    return sent != null
        && auth.gatewaySecret().isPresent()
        && MessageDigest.isEqual(
            sent.getBytes(StandardCharsets.UTF_8), auth.gatewaySecret().get().reveal().getBytes(StandardCharsets.UTF_8));
  }

  private Future<Caller> bearer(String token) {
    if (tokens.isEmpty()) {
      return Future.failedFuture(unauthorized("this server has no JWT_SECRET and can't check tokens: call without one or have it set"));
    }
    // inside compose, because claims of wrong types make the library throw instead of fail
    return Future.succeededFuture(tokens.get())
        .compose(jwt -> jwt.authenticate(new TokenCredentials(token)))
        .transform(
            result ->
                result.succeeded()
                    ? claims(result.result())
                    : Future.failedFuture(unauthorized("the token is invalid or has expired")));
  }

  private static Future<Caller> claims(User user) {
    JsonObject claims = user.attributes().getJsonObject("accessToken");
    if (!(claims.getValue("exp") instanceof Number)) {
      return Future.failedFuture(unauthorized("the token never expires: it needs the claim exp"));
    }
    if (!(claims.getValue("sub") instanceof String subject) || !USER_ID.matcher(subject).matches()) {
      return Future.failedFuture(unauthorized("the token names nobody: its claim sub must be 1 to 128 printable ASCII characters"));
    }
    Set<String> scopes = new TreeSet<>();
    for (String claim : new String[] {"scope", "scopes", "permissions"}) {
      collect(claims.getValue(claim), scopes);
    }
    return Future.succeededFuture(new Caller(Caller.Proof.TOKEN, Optional.of(subject), scopes));
  }

  private static void collect(Object claim, Set<String> scopes) {
    if (claim instanceof String words) {
      scopes.addAll(java.util.List.of(words.strip().split("\\s+")));
    } else if (claim instanceof JsonArray list) {
      list.stream().filter(String.class::isInstance).map(String.class::cast).forEach(scopes::add);
    }
  }

  static ApiException unauthorized(String detail) {
    return new ApiException(ErrorCode.UNAUTHORIZED, detail).header("WWW-Authenticate", "Bearer");
  }
}
