package http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import lessons.LessonDatabases;

/**
 * An identity provider: makes keys, signs tokens and publishes the keys on a real socket, as the
 * test says.
 */
final class JwksIssuer implements AutoCloseable {
  private final HttpServer server;
  final AtomicInteger reads = new AtomicInteger();
  final List<JsonObject> published = new ArrayList<>();
  volatile Consumer<HttpServerRequest> answer = this::publish;

  JwksIssuer(Vertx vertx) {
    server =
        LessonDatabases.await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request -> {
                      reads.incrementAndGet();
                      answer.accept(request);
                    })
                .listen(0, "127.0.0.1"));
  }

  /** Answers with all published keys, as it does by itself. */
  void publish(HttpServerRequest request) {
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .end(new JsonObject().put("keys", new JsonArray(List.copyOf(published))).encode());
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/.well-known/jwks.json");
  }

  /** A key pair with the name it is published under. */
  record Key(String id, String algorithm, KeyPair pair) {
    JsonObject jwk() {
      JsonObject jwk = new JsonObject().put("kid", id).put("alg", algorithm).put("use", "sig");
      if (pair.getPublic() instanceof RSAPublicKey rsa) {
        return jwk.put("kty", "RSA")
            .put("n", number(rsa.getModulus(), 0))
            .put("e", number(rsa.getPublicExponent(), 0));
      }
      ECPublicKey ec = (ECPublicKey) pair.getPublic();
      return jwk.put("kty", "EC")
          .put("crv", "P-256")
          .put("x", number(ec.getW().getAffineX(), 32))
          .put("y", number(ec.getW().getAffineY(), 32));
    }

    /** A signed token. */
    String sign(JsonObject claims) {
      return sign(new JsonObject().put("alg", algorithm).put("kid", id), claims);
    }

    String sign(JsonObject header, JsonObject claims) {
      String content = encoded(header.encode()) + "." + encoded(claims.encode());
      try {
        Signature signature =
            Signature.getInstance(
                algorithm.equals("RS256") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
        signature.initSign(pair.getPrivate());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + base64(signature.sign());
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** A new key, published. */
  Key rotate(String id, String algorithm) {
    Key key = unpublished(id, algorithm, 2048);
    published.add(key.jwk());
    return key;
  }

  static Key unpublished(String id, String algorithm, int rsaBits) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(algorithm.equals("RS256") ? "RSA" : "EC");
      if (algorithm.equals("RS256")) {
        generator.initialize(rsaBits);
      } else {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      }
      return new Key(id, algorithm, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String encoded(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String number(BigInteger value, int length) {
    byte[] bytes = value.toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    byte[] out = new byte[Math.max(length, bytes.length - from)];
    System.arraycopy(bytes, from, out, out.length - (bytes.length - from), bytes.length - from);
    return base64(out);
  }

  @Override
  public void close() {
    LessonDatabases.await(server.close());
  }
}
