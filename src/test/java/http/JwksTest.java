package http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import settings.Secret;
import settings.Settings;

/** Tokens of an identity provider that publishes its keys. */
class JwksTest {
  private static Vertx vertx;
  private final AtomicLong clock = new AtomicLong(1);
  private JwksIssuer issuer;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() {
    LessonDatabases.await(vertx.close());
  }

  @BeforeEach
  void openIssuer() {
    issuer = new JwksIssuer(vertx);
  }

  @AfterEach
  void closeIssuer() {
    issuer.close();
  }

  private TokenChecks checks(
      Optional<String> secret, Optional<String> iss, List<String> audiences) {
    return new TokenChecks(
        vertx,
        new Settings.Auth(Settings.AuthMode.JWT, secret.map(Secret::new), Optional.empty()),
        new Settings.Tokens(Optional.of(issuer.url()), iss, audiences),
        clock::get);
  }

  private TokenChecks checks() {
    return checks(Optional.empty(), Optional.empty(), List.of());
  }

  private void later(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private static JsonObject claims() {
    return new JsonObject().put("sub", "stu-1").put("exp", ApiServer.now() + 600);
  }

  private static void accepted(TokenChecks checks, String token) {
    assertThat(LessonDatabases.await(checks.claims(token)).getString("sub")).isEqualTo("stu-1");
  }

  private static void refused(TokenChecks checks, String token) {
    assertThatThrownBy(() -> LessonDatabases.await(checks.claims(token)))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHORIZED));
  }

  private static void unavailable(TokenChecks checks, String token) {
    assertThatThrownBy(() -> LessonDatabases.await(checks.claims(token)))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
  }

  @Test
  void bothAlgorithmsAreTakenAndTheKeysReadOnce() {
    var rsa = issuer.rotate("r1", "RS256");
    var ec = issuer.rotate("e1", "ES256");
    TokenChecks checks = checks();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(checks.claims(rsa.sign(claims().put("n", i))));
      all.add(checks.claims(ec.sign(claims().put("n", i))));
    }
    LessonDatabases.await(Future.all(all));
    accepted(checks, rsa.sign(new JsonObject().put("alg", "RS256"), claims()));
    assertThat(issuer.reads).hasValue(1);
  }

  /** Among so many signatures some begin like other encodings, or with zeros. */
  @Test
  void everyGoodSignatureIsTaken() {
    var ec = issuer.rotate("e1", "ES256");
    TokenChecks checks = checks();
    for (int i = 0; i < 1_500; i++) {
      accepted(checks, ec.sign(claims().put("n", i)));
    }
  }

  @Test
  void aRotatedKeyIsGoodAtOnceAndAWithdrawnOneOnlyForTenMinutes() {
    var old = issuer.rotate("k1", "ES256");
    TokenChecks checks = checks();
    accepted(checks, old.sign(claims()));
    later(Duration.ofSeconds(40));
    issuer.published.clear();
    var fresh = issuer.rotate("k2", "ES256");
    accepted(checks, fresh.sign(claims()));
    assertThat(issuer.reads).hasValue(2);
    refused(checks, old.sign(claims()));

    issuer.published.clear();
    var third = issuer.rotate("k3", "RS256");
    accepted(checks, fresh.sign(claims()));
    later(JwksKeys.FRESH);
    refused(checks, fresh.sign(claims()));
    accepted(checks, third.sign(claims()));
    assertThat(issuer.reads).hasValue(3);
  }

  @Test
  void aKeyThatOneEventLoopSawWithdrawnIsWithdrawnForAll() {
    var shared = new JwksKeys.Shared();
    List<TokenChecks> loops = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      loops.add(
          new TokenChecks(
              vertx,
              new Settings.Auth(Settings.AuthMode.JWT, Optional.empty(), Optional.empty()),
              new Settings.Tokens(Optional.of(issuer.url()), Optional.empty(), List.of()),
              clock::get,
              shared));
    }
    var old = issuer.rotate("k1", "ES256");
    loops.forEach(loop -> accepted(loop, old.sign(claims())));
    assertThat(issuer.reads).hasValue(1);
    later(Duration.ofSeconds(40));
    issuer.published.clear();
    var fresh = issuer.rotate("k2", "ES256");
    accepted(loops.get(0), fresh.sign(claims()));
    refused(loops.get(1), old.sign(claims()));
    accepted(loops.get(1), fresh.sign(claims()));

    assertThat(JwksKeys.Shared.of(vertx, issuer.url()))
        .isSameAs(JwksKeys.Shared.of(vertx, issuer.url()))
        .isNotSameAs(JwksKeys.Shared.of(vertx, issuer.url().resolve("/others")));
  }

  @Test
  void clocksOfBothKindsOfIssuersMayBeAheadByAMinute() {
    String secret = "the server's own secret";
    var key = issuer.rotate("k1", "RS256");
    TokenChecks checks = checks(Optional.of(secret), Optional.empty(), List.of());
    for (String claim : List.of("iat", "nbf")) {
      JsonObject ahead = claims().put(claim, ApiServer.now() + 30);
      accepted(checks, key.sign(ahead));
      accepted(checks, hs256(secret, ahead));
      for (Object wrong : List.of(ApiServer.now() + 90, "tomorrow")) {
        refused(checks, key.sign(claims().put(claim, wrong)));
        refused(checks, hs256(secret, claims().put(claim, wrong)));
      }
    }
  }

  @Test
  void madeUpKeyNamesDontReachTheIssuerMoreThanTwiceAMinute() {
    var key = issuer.rotate("k1", "ES256");
    TokenChecks checks = checks();
    accepted(checks, key.sign(claims()));
    for (int minute = 1; minute <= 3; minute++) {
      for (int i = 0; i < 30; i++) {
        refused(
            checks,
            key.sign(new JsonObject().put("alg", "ES256").put("kid", "made-up-" + i), claims()));
        later(Duration.ofSeconds(2));
      }
    }
    assertThat(issuer.reads.get()).isBetween(4, 7);
  }

  @Test
  void everyAlgorithmIsBoundToItsKindOfKey() throws Exception {
    var rsa = issuer.rotate("r1", "RS256");
    var ec = issuer.rotate("e1", "ES256");
    byte[] symmetric = "a symmetric key that somebody published".getBytes();
    String oct = Base64.getUrlEncoder().withoutPadding().encodeToString(symmetric);
    issuer.published.add(
        new JsonObject().put("kty", "oct").put("kid", "o1").put("alg", "HS256").put("k", oct));
    issuer.published.add(
        new JsonObject().put("kty", "RSA").put("kid", "broken").put("n", "!").put("e", 7));
    issuer.published.add(rsa.jwk().put("kid", "encryption").put("use", "enc"));
    issuer.published.add(rsa.jwk().put("kid", "other-algorithm").put("alg", "RS512"));
    var small = JwksIssuer.unpublished("small", "RS256", 1024);
    issuer.published.add(small.jwk());
    String modulus = rsa.jwk().getString("n");
    String pem = Base64.getMimeEncoder().encodeToString(rsa.pair().getPublic().getEncoded());
    for (TokenChecks checks :
        List.of(
            checks(),
            checks(Optional.of("the server's own secret"), Optional.empty(), List.of()))) {
      accepted(checks, rsa.sign(claims()));
      for (String secret :
          List.of(
              modulus,
              pem,
              "-----BEGIN PUBLIC KEY-----\n" + pem + "\n-----END PUBLIC KEY-----\n",
              new String(symmetric),
              oct)) {
        refused(checks, hs256(secret));
      }
      String content = ec.sign(claims());
      String[] parts = content.split("\\.");
      for (String token :
          List.of(
              JwksIssuer.encoded("{\"alg\":\"none\",\"kid\":\"r1\"}") + "." + parts[1] + ".",
              JwksIssuer.encoded("{\"alg\":\"none\"}") + "." + parts[1],
              JwksIssuer.encoded("{\"kid\":\"e1\"}") + "." + parts[1] + "." + parts[2],
              ec.sign(new JsonObject().put("alg", "RS256").put("kid", "e1"), claims()),
              ec.sign(new JsonObject().put("alg", "RS256").put("kid", "r1"), claims()),
              rsa.sign(new JsonObject().put("alg", "ES256").put("kid", "r1"), claims()),
              rsa.sign(new JsonObject().put("alg", "ES256").put("kid", "e1"), claims()),
              rsa.sign(new JsonObject().put("alg", "RS512").put("kid", "r1"), claims()),
              rsa.sign(new JsonObject().put("alg", "RS256").put("kid", "encryption"), claims()),
              rsa.sign(
                  new JsonObject().put("alg", "RS256").put("kid", "other-algorithm"), claims()),
              rsa.sign(
                  new JsonObject()
                      .put("alg", "RS256")
                      .put("kid", "r1")
                      .put("crit", new JsonArray().add("b64")),
                  claims()),
              rsa.sign(new JsonObject().put("alg", 7).put("kid", "r1"), claims()),
              small.sign(claims()),
              JwksIssuer.unpublished("r1", "RS256", 2048).sign(claims()),
              JwksIssuer.unpublished("e1", "ES256", 0).sign(claims()),
              parts[0]
                  + "."
                  + JwksIssuer.encoded(claims().put("sub", "stu-2").encode())
                  + "."
                  + parts[2],
              parts[0] + "." + parts[1] + ".",
              // the signature that a careless verifier takes for anything
              parts[0]
                  + "."
                  + parts[1]
                  + "."
                  + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]),
              content + "." + parts[2],
              "x".repeat(20_000))) {
        refused(checks, token);
      }
    }
  }

  private static String hs256(String secret) {
    return hs256(secret, claims());
  }

  private static String hs256(String secret, JsonObject claims) {
    return JWTAuth.create(
            vertx,
            new JWTAuthOptions()
                .addPubSecKey(new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(secret)))
        .generateToken(claims);
  }

  @Test
  void timesIssuerAndAudienceAreChecked() {
    var key = issuer.rotate("k1", "ES256");
    refused(checks(), key.sign(claims().put("exp", ApiServer.now() - 90)));
    refused(checks(), key.sign(claims().put("nbf", ApiServer.now() + 90)));
    refused(checks(), key.sign(claims().put("exp", "tomorrow")));
    accepted(checks(), key.sign(claims().put("exp", ApiServer.now() - 30)));
    String secret = "a secret that only this test knows";
    TokenChecks strict =
        checks(
            Optional.of(secret),
            Optional.of("https://id.example/auth"),
            List.of("games", "authenticated"));
    JsonObject right = claims().put("iss", "https://id.example/auth").put("aud", "authenticated");
    accepted(strict, key.sign(right));
    accepted(strict, key.sign(right.copy().put("aud", new JsonArray().add("other").add("games"))));
    for (JsonObject wrong :
        List.of(
            claims(),
            right.copy().put("iss", "https://id.example/auth/"),
            right.copy().put("iss", 7),
            right.copy().put("aud", "other"),
            right.copy().put("aud", new JsonArray().add("other").add(7)),
            right.copy().put("aud", new JsonObject()))) {
      refused(strict, key.sign(wrong));
    }
    refused(strict, hs256(secret));
    assertThatThrownBy(() -> LessonDatabases.await(strict.claims(key.sign(claims()))))
        .hasMessageContaining("claim iss must be https://id.example/auth");
    assertThatThrownBy(
            () -> LessonDatabases.await(strict.claims(key.sign(right.copy().put("aud", "other")))))
        .hasMessageContaining("claim aud must name one of games, authenticated");
  }

  @Test
  void anIssuerThatIsAwayIsNoReasonToLogOut() {
    var key = issuer.rotate("k1", "ES256");
    TokenChecks checks = checks();
    issuer.answer = request -> request.response().setStatusCode(500).end();
    unavailable(checks, key.sign(claims()));
    unavailable(checks, key.sign(claims()));
    assertThat(issuer.reads).as("not again within five seconds").hasValue(1);
    later(JwksKeys.AFTER_FAILURE);
    issuer.answer = issuer::publish;
    accepted(checks, key.sign(claims()));

    issuer.answer = request -> request.connection().close();
    later(JwksKeys.FRESH);
    accepted(checks, key.sign(claims()));
    later(JwksKeys.STALE.minus(JwksKeys.FRESH));
    unavailable(checks, key.sign(claims()));
    issuer.answer = issuer::publish;
    later(JwksKeys.AFTER_FAILURE);
    accepted(checks, key.sign(claims()));
  }

  @Test
  void answersThatAreNoKeysAreRefusedInTime() {
    JwksSource source = new JwksSource(vertx, issuer.url(), Duration.ofSeconds(1));
    for (String body : List.of("", "not json", "[]", "{}", "{\"keys\":{}}", "{\"keys\":7}")) {
      issuer.answer = request -> request.response().end(body);
      assertThatThrownBy(() -> LessonDatabases.await(source.read()))
          .as(body)
          .isInstanceOf(Exception.class);
    }
    issuer.answer =
        request -> request.response().end("{\"keys\":[" + " ".repeat(300 * 1024) + "]}");
    assertThatThrownBy(() -> LessonDatabases.await(source.read()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("larger than");
    issuer.answer =
        request ->
            request
                .response()
                .setStatusCode(302)
                .putHeader("Location", issuer.url() + "/elsewhere")
                .end();
    assertThatThrownBy(() -> LessonDatabases.await(source.read()))
        .hasMessageContaining("status 302");
    issuer.answer = request -> request.response().setChunked(true).write("{\"keys\":[");
    long begun = System.nanoTime();
    assertThatThrownBy(() -> LessonDatabases.await(source.read())).isInstanceOf(Exception.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    issuer.answer = request -> request.response().end("{\"keys\":[7,null,{\"kty\":\"RSA\"}]}");
    assertThat(LessonDatabases.await(source.read()))
        .containsExactly(new JsonObject().put("kty", "RSA"));
  }

  @Test
  void theWholeServerTakesSuchTokens() {
    LessonDatabases databases = new LessonDatabases();
    var tokens = new Settings.Tokens(Optional.of(issuer.url()), Optional.empty(), List.of());
    try (ApiServer server = ApiServer.on(databases, Settings.AuthMode.JWT).tokens(tokens).start()) {
      var key = issuer.rotate("k1", "ES256");
      String signed = key.sign(claims().put("scope", "teacher"));
      assertThat(server.get("/v1/exercises/pending", "Authorization", "Bearer " + signed).status())
          .isEqualTo(200);
      assertThat(
              server
                  .get("/v1/exercises/pending", "Authorization", "Bearer " + key.sign(claims()))
                  .status())
          .isEqualTo(403);
      assertThat(server.get("/v1/exercises/pending", server.token("t", "teacher")).status())
          .isEqualTo(200);
      assertThat(
              server
                  .get("/v1/exercises/pending", "Authorization", "Bearer " + signed + "x")
                  .status())
          .isEqualTo(401);
    }
    issuer.answer = request -> request.connection().close();
    // of another address, from which nothing has been read yet
    var unread =
        new Settings.Tokens(
            Optional.of(URI.create(issuer.url() + "?unread")), Optional.empty(), List.of());
    try (ApiServer server = ApiServer.on(databases, Settings.AuthMode.JWT).tokens(unread).start()) {
      var answer =
          server.get(
              "/v1/exercises/pending",
              "Authorization",
              "Bearer " + JwksIssuer.unpublished("k", "ES256", 0).sign(claims()));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isEqualTo("5");
    } finally {
      databases.close();
    }
  }
}
