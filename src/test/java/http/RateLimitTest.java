package http;

import static org.assertj.core.api.Assertions.assertThat;

import databases.TestServers;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import settings.AddressRange;
import settings.Settings;

/** Section 1.9 with small limits. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RateLimitTest {
  private LessonDatabases databases;
  private ApiServer server;

  @BeforeAll
  void start() {
    databases = new LessonDatabases();
    Map<String, Integer> limits = new HashMap<>(TestServers.rates(1_000));
    limits.put("read", 5);
    limits.put("edit", 2);
    limits.put("anonymous", 4);
    server = ApiServer.on(databases, Settings.AuthMode.COMPAT).limits(limits).start();
  }

  @AfterAll
  void stop() {
    server.close();
    databases.close();
  }

  private static String[] learner() {
    return new String[] {"X-User-Id", "stu-" + UUID.randomUUID()};
  }

  @Test
  void theRequestBeyondTheLimitIsToldWhenToComeBack() {
    String[] who = learner();
    for (int left = 4; left >= 0; left--) {
      ApiServer.Answer answer = server.get("/v1/word-lists", who);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("RateLimit-Limit")).isEqualTo("5");
      assertThat(answer.header("RateLimit-Remaining")).isEqualTo(String.valueOf(left));
      assertThat(Integer.parseInt(answer.header("RateLimit-Reset"))).isBetween(1, 60);
    }
    ApiServer.Answer refused = server.get("/v1/word-lists", who);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.json().getString("code")).isEqualTo("RATE_LIMITED");
    int retryAfter =
        refused.json().getJsonObject("error").getJsonObject("details").getInteger("retryAfter");
    // five a minute: one comes back every twelve seconds
    assertThat(retryAfter).isBetween(1, 12);
    assertThat(refused.header("Retry-After")).isEqualTo(String.valueOf(retryAfter));
    assertThat(refused.header("RateLimit-Remaining")).isEqualTo("0");
  }

  @Test
  void groupsAndLearnersCountOnTheirOwnUnderBothPrefixes() {
    String[] who = learner();
    assertThat(server.post("/v1/word-lists", new JsonObject().put("name", "a"), who).status())
        .isEqualTo(201);
    assertThat(server.post("/api/v1/word-lists", new JsonObject().put("name", "b"), who).status())
        .isEqualTo(201);
    assertThat(server.post("/v1/word-lists", new JsonObject().put("name", "c"), who).status())
        .isEqualTo(429);
    assertThat(server.get("/v1/word-lists", who).status()).isEqualTo(200);
    assertThat(server.post("/v1/word-lists", new JsonObject().put("name", "c"), learner()).status())
        .isEqualTo(201);
  }

  @Test
  void aLearnerWhoIsNamedInTheBodyOnlyCountsAsThatLearner() {
    JsonObject body = new JsonObject().put("name", "a").put("user_id", "stu-" + UUID.randomUUID());
    assertThat(server.post("/v1/word-lists", body).status()).isEqualTo(201);
    assertThat(server.post("/v1/word-lists", body).status()).isEqualTo(201);
    assertThat(server.post("/v1/word-lists", body).status()).isEqualTo(429);
    assertThat(
            server
                .post("/v1/word-lists", body.copy().put("user_id", "stu-" + UUID.randomUUID()))
                .status())
        .isEqualTo(201);
  }

  @Test
  void refusedRequestsChangeNothing() {
    String[] who = learner();
    for (int i = 0; i < 6; i++) {
      server.post("/v1/word-lists", new JsonObject().put("name", "n" + i), who);
    }
    assertThat(
            server
                .get("/v1/word-lists", who)
                .json()
                .getJsonObject("pagination")
                .getInteger("total"))
        .isEqualTo(2);
  }

  @Test
  void strangersCountByAddress() {
    ApiServer.Answer last = null;
    for (int i = 0; i < 6; i++) {
      last = server.get("/v1/word-lists", "Authorization", "Bearer wrong");
    }
    assertThat(last.status()).isEqualTo(429);
    assertThat(server.get("/v1/health").status()).isEqualTo(200);
    assertThat(server.get("/v1/word-lists", learner()).status()).isEqualTo(200);
  }

  @Test
  void switchedOffTheyAreNotThere() {
    try (ApiServer open =
        ApiServer.on(databases, Settings.AuthMode.COMPAT).limitsOff(TestServers.rates(1)).start()) {
      String[] who = learner();
      for (int i = 0; i < 5; i++) {
        ApiServer.Answer answer = open.get("/v1/word-lists", who);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("RateLimit-Limit")).isNull();
      }
    }
  }

  @Test
  void behindTrustedProxiesStrangersCountByTheAddressTheyNameAndElseByThePeers() {
    try (ApiServer trusting =
            ApiServer.on(databases, Settings.AuthMode.COMPAT)
                .limits(TestServers.rates(2))
                .trustedProxies(AddressRange.parse("127.0.0.0/8"), AddressRange.parse("10.0.0.0/8"))
                .start();
        ApiServer strict =
            ApiServer.on(databases, Settings.AuthMode.COMPAT)
                .limits(TestServers.rates(3))
                .start()) {
      for (int i = 0; i < 2; i++) {
        assertThat(stranger(trusting, "203.0.113.7, 10.1.2.3")).isEqualTo(401);
      }
      // what stands before an address that is no proxy's is the caller's own word
      assertThat(stranger(trusting, "198.51.100.1, 203.0.113.7")).isEqualTo(429);
      assertThat(stranger(trusting, "203.0.113.8")).isEqualTo(401);
      for (int i = 0; i < 3; i++) {
        assertThat(stranger(strict, "203.0.113." + i)).isEqualTo(401);
      }
      assertThat(stranger(strict, "203.0.113.99")).isEqualTo(429);
    }
  }

  private static int stranger(ApiServer server, String forwarded) {
    return server
        .get("/v1/word-lists", "Authorization", "Bearer wrong", "X-Forwarded-For", forwarded)
        .status();
  }
}
