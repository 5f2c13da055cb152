package http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import settings.Settings;

/** Finds out who calls, from the headers alone: section 1.3 of the wire contract. */
final class Authentication {
  // No space at either end: the database's comparison pads, so that "a" and "a " would be one
  // learner.
  static final Pattern USER_ID =
      Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e]{0,126}[\\x21-\\x7e])?");

  static final String USER_ID_RULE =
      "must be text of 1 to 128 printable ASCII characters without a space at either end";

  private static final String SCHEME = "bearer ";

  private final Settings.Auth auth;
  private final TokenChecks tokens;

  Authentication(Vertx vertx, Settings settings) {
    this.auth = settings.auth();
    this.tokens = new TokenChecks(vertx, auth, settings.tokens());
  }

  /** Who calls; fails with {@code UNAUTHORIZED} when the credentials are missing or wrong. */
  Future<Caller> caller(HttpServerRequest request) {
    String authorization = request.getHeader("Authorization");
    if (authorization != null
        && (authorization + " ").regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return tokens
          .claims(
              authorization.substring(Math.min(authorization.length(), SCHEME.length())).strip())
          .compose(Authentication::caller);
    }
    Optional<String> named =
        Optional.ofNullable(request.getHeader("X-User-Id")).filter(id -> !id.isEmpty());
    if (named.isPresent() && !USER_ID.matcher(named.get()).matches()) {
      return Future.failedFuture(ApiException.invalid("X-User-Id", USER_ID_RULE));
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
    return Future.failedFuture(
        unauthorized(
            auth.mode() == Settings.AuthMode.GATEWAY
                ? withoutGateway(request, named.isPresent())
                : named.isPresent()
                    ? "X-User-Id is not believed by this server: send Authorization: Bearer <token>"
                    : "credentials are missing: send Authorization: Bearer <token>"));
  }

  /** What is missing, for those who set up the gateway as well as for those who went past it. */
  private String withoutGateway(HttpServerRequest request, boolean named) {
    if (throughGateway(request)) {
      return "X-User-Id is missing: the gateway must send it beside X-Gateway-Secret, or the client"
          + " Authorization: Bearer <token>";
    }
    if (request.getHeader("X-Gateway-Secret") != null) {
      return "X-Gateway-Secret is not what AUTH_GATEWAY_SECRET of this server says: give the"
          + " gateway the same one";
    }
    return (named
            ? "X-User-Id is believed only with X-Gateway-Secret: call"
            : "credentials are missing: call")
        + " through the gateway, or send Authorization: Bearer <token>";
  }

  private boolean throughGateway(HttpServerRequest request) {
    String sent = request.getHeader("X-Gateway-Secret");
    return sent != null
        && auth.gatewaySecret().isPresent()
        && MessageDigest.isEqual(
            sent.getBytes(StandardCharsets.UTF_8),
            auth.gatewaySecret().get().reveal().getBytes(StandardCharsets.UTF_8));
  }

  private static Future<Caller> caller(JsonObject claims) {
    if (!(claims.getValue("exp") instanceof Number)) {
      return Future.failedFuture(unauthorized("the token never expires: it needs the claim exp"));
    }
    // tokens of the transcript service's clients have userId only
    if (!(claims.getValue("sub", claims.getValue("userId")) instanceof String subject)
        || !USER_ID.matcher(subject).matches()) {
      return Future.failedFuture(
          unauthorized("the token names nobody: its claim sub " + USER_ID_RULE));
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
