package http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** One public key of an issuer, good for exactly one algorithm. */
final class JwksKey {
  /** Algorithm to the type of key it takes; others are never used, whatever a key or a token says. */
  private static final Map<String, String> TYPES = Map.of("RS256", "RSA", "ES256", "EC");

  private static final int SHORTEST_RSA_BITS = 2048;
  private static final int LONGEST_RSA_BITS = 8192;

  private final Optional<String> id;
  private final String algorithm;
  private final JWTAuth verifier;

  private JwksKey(Optional<String> id, String algorithm, JWTAuth verifier) {
    this.id = id;
    this.algorithm = algorithm;
    this.verifier = verifier;
  }

  /** Whether tokens of an algorithm can be checked with keys at all. */
  static boolean takes(String algorithm) {
    return TYPES.containsKey(algorithm);
  }

  /** A key of a JWKS; empty when it is of another kind, for another use, or malformed. */
  static Optional<JwksKey> of(Vertx vertx, JsonObject jwk, int leewaySeconds) {
    try {
      return read(vertx, jwk, leewaySeconds);
    } catch (RuntimeException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<JwksKey> read(Vertx vertx, JsonObject jwk, int leewaySeconds) {
    String type = jwk.getString("kty");
    Optional<String> algorithm =
        TYPES.entrySet().stream().filter(entry -> entry.getValue().equals(type)).map(Map.Entry::getKey).findFirst();
    boolean forSignatures =
        "sig".equals(jwk.getString("use", "sig")) && jwk.getJsonArray("key_ops", new JsonArray().add("verify")).contains("verify");
    if (algorithm.isEmpty() || !forSignatures || !algorithm.get().equals(jwk.getString("alg", algorithm.get()))) {
      return Optional.empty();
    }
    JsonObject bare = new JsonObject().put("kty", type).put("alg", algorithm.get());
    if (type.equals("RSA")) {
      int bits = new BigInteger(1, Base64.getUrlDecoder().decode(jwk.getString("n"))).bitLength();
      if (bits < SHORTEST_RSA_BITS || bits > LONGEST_RSA_BITS) {
        return Optional.empty();
      }
      bare.put("n", jwk.getString("n")).put("e", jwk.getString("e"));
    } else if ("P-256".equals(jwk.getString("crv"))) {
      bare.put("crv", "P-256").put("x", jwk.getString("x")).put("y", jwk.getString("y"));
    } else {
      return Optional.empty();
    }
    // without its id: which key a token means has been settled when this one is asked
    JWTAuth verifier =
        JWTAuth.create(vertx, new JWTAuthOptions().addJwk(bare).setJWTOptions(new JWTOptions().setLeeway(leewaySeconds)));
    return Optional.of(new JwksKey(Optional.ofNullable(jwk.getString("kid")), algorithm.get(), verifier));
  }

  /** @param keyId what the token names; empty names every key of the algorithm */
  boolean isFor(String tokenAlgorithm, Optional<String> keyId) {
    return algorithm.equals(tokenAlgorithm) && (keyId.isEmpty() || keyId.equals(id));
  }

  /** Fails unless this key signed the token and its times fit. */
  Future<User> check(String token) {
    // inside compose, because claims of wrong types make the library throw instead of fail
    return Future.succeededFuture(verifier).compose(auth -> auth.authenticate(new TokenCredentials(token)));
  }
}
