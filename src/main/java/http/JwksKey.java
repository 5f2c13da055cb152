package http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * One public key of an issuer, good for exactly one algorithm. Signatures are checked by the JDK
 * directly: the library above takes a raw ES256 signature that happens to begin like an ASN.1 one
 * for that, and refuses one good token in some hundreds.
 */
final class JwksKey {
  /**
   * Algorithm to the type of key it takes; others are never used, whatever a key or a token says.
   */
  private static final Map<String, String> TYPES = Map.of("RS256", "RSA", "ES256", "EC");

  /** Algorithm to the JDK's name of it. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RS256", "SHA256withRSA", "ES256", "SHA256withECDSAinP1363Format");

  private static final int SHORTEST_RSA_BITS = 2048;
  private static final int LONGEST_RSA_BITS = 8192;

  private final Optional<String> id;
  private final String algorithm;
  private final PublicKey key;

  private JwksKey(Optional<String> id, String algorithm, PublicKey key) {
    this.id = id;
    this.algorithm = algorithm;
    this.key = key;
  }

  /** Whether tokens of an algorithm can be checked with keys at all. */
  static boolean takes(String algorithm) {
    return TYPES.containsKey(algorithm);
  }

  /** A key of a JWKS; empty when it is of another kind, for another use, or malformed. */
  static Optional<JwksKey> of(JsonObject jwk) {
    try {
      return read(jwk);
    } catch (RuntimeException | GeneralSecurityException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<JwksKey> read(JsonObject jwk) throws GeneralSecurityException {
    String type = jwk.getString("kty");
    Optional<String> algorithm =
        TYPES.entrySet().stream()
            .filter(entry -> entry.getValue().equals(type))
            .map(Map.Entry::getKey)
            .findFirst();
    boolean forSignatures =
        "sig".equals(jwk.getString("use", "sig"))
            && jwk.getJsonArray("key_ops", new JsonArray().add("verify")).contains("verify");
    if (algorithm.isEmpty()
        || !forSignatures
        || !algorithm.get().equals(jwk.getString("alg", algorithm.get()))) {
      return Optional.empty();
    }
    Optional<PublicKey> key = type.equals("RSA") ? rsa(jwk) : ec(jwk);
    return key.map(
        found -> new JwksKey(Optional.ofNullable(jwk.getString("kid")), algorithm.get(), found));
  }

  private static Optional<PublicKey> rsa(JsonObject jwk) throws GeneralSecurityException {
    BigInteger modulus = number(jwk, "n");
    return modulus.bitLength() < SHORTEST_RSA_BITS || modulus.bitLength() > LONGEST_RSA_BITS
        ? Optional.empty()
        : Optional.of(
            KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(modulus, number(jwk, "e"))));
  }

  private static Optional<PublicKey> ec(JsonObject jwk) throws GeneralSecurityException {
    if (!"P-256".equals(jwk.getString("crv"))) {
      return Optional.empty();
    }
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    ECPoint point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
    return Optional.of(
        KeyFactory.getInstance("EC")
            .generatePublic(
                new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class))));
  }

  private static BigInteger number(JsonObject jwk, String member) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.getString(member)));
  }

  /**
   * @param keyId what the token names; empty names every key of the algorithm
   */
  boolean isFor(String tokenAlgorithm, Optional<String> keyId) {
    return algorithm.equals(tokenAlgorithm) && (keyId.isEmpty() || keyId.equals(id));
  }

  /** Whether this key signed a token of three parts. */
  boolean signed(String token) {
    int end = token.lastIndexOf('.');
    try {
      Signature signature = Signature.getInstance(SIGNATURES.get(algorithm));
      signature.initVerify(key);
      signature.update(token.substring(0, end).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(token.substring(end + 1)));
    } catch (GeneralSecurityException | IllegalArgumentException malformed) {
      return false;
    }
  }
}
