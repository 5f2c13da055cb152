package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import settings.Settings;

/** Who may call what, in each mode. */
class IdentityTest extends ApiTest {
  private static final String TRANSCRIPT =
      "{\"transcript\":\"Teacher: What did you do at the weekend?\"}";
  private ApiServer gateway;
  private ApiServer compat;
  private long lesson;

  IdentityTest() {
    super(Settings.AuthMode.JWT);
  }

  @BeforeAll
  void lessonsOfTwoLearners() {
    gateway = new ApiServer(databases, Settings.AuthMode.GATEWAY);
    compat = new ApiServer(databases, Settings.AuthMode.COMPAT);
    lesson = lesson("id-class", "stu-1", "failed", null);
    approved(set(lesson, "id-class", "stu-1", "{}"));
    approved(set(null, "id-class", "stu-2", "{}"));
  }

  private void approved(long set) {
    databases.postgres("UPDATE lesson_exercises SET status = 'approved' WHERE id = $1", set);
  }

  @AfterAll
  void stopOthers() {
    gateway.close();
    compat.close();
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(Answer answer) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json().getString("code")).isEqualTo("UNAUTHORIZED");
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
  }

  @Test
  void someEndpointsAreOpenInEveryMode() {
    for (ApiServer each : List.of(server, gateway, compat)) {
      for (String path :
          List.of(
              "/",
              "/health",
              "/v1/health",
              "/v1/ready",
              "/docs",
              "/openapi.json",
              "/openapi.yaml",
              "/api/v1/health")) {
        assertThat(each.get(path).status()).as(path).isEqualTo(200);
        assertThat(each.get(path, "Authorization", "Bearer nonsense").status())
            .as(path)
            .isEqualTo(200);
      }
    }
  }

  @Test
  void everythingElseNeedsCredentials() {
    for (ApiServer each : List.of(server, gateway)) {
      refused(each.get("/v1/exercises?class_id=id-class"));
      refused(each.get("/v1/health/detailed"));
      refused(each.get("/v1/exercises?class_id=id-class", "X-User-Id", "stu-1"));
      refused(each.get("/v1/exercises?class_id=id-class&user_id=stu-1"));
      refused(each.get("/v1/exercises?class_id=id-class", "Authorization", "Basic c3R1LTE6eA=="));
      refused(each.post("/v1/process", TRANSCRIPT));
      refused(each.post("/v1/process", "not even json"));
    }
  }

  @Test
  void badTokensAreRefusedInEveryMode() {
    long now = ApiServer.now();
    JsonObject good = new JsonObject().put("sub", "stu-1").put("exp", now + 600);
    String signed = server.sign(good, ApiServer.SECRET);
    String[] parts = signed.split("\\.");
    List<String> bad =
        List.of(
            "nonsense",
            "",
            server.sign(good, "another secret that is long enough too"),
            server.sign(good.copy().put("exp", now - 61), ApiServer.SECRET),
            server.sign(new JsonObject().put("sub", "stu-1"), ApiServer.SECRET),
            server.sign(new JsonObject().put("exp", now + 600), ApiServer.SECRET),
            server.sign(good.copy().put("sub", 7), ApiServer.SECRET),
            server.sign(good.copy().put("sub", ""), ApiServer.SECRET),
            server.sign(good.copy().put("sub", "x".repeat(129)), ApiServer.SECRET),
            server.sign(good.copy().put("exp", "tomorrow"), ApiServer.SECRET),
            encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + parts[1] + ".",
            encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + parts[1],
            encoded("{\"alg\":\"HS512\",\"typ\":\"JWT\"}") + "." + parts[1] + "." + parts[2],
            parts[0] + "." + encoded(good.copy().put("sub", "stu-2").encode()) + "." + parts[2],
            parts[0] + "." + parts[1] + ".",
            signed + "x",
            "a.b.c");
    for (ApiServer each : List.of(server, gateway, compat)) {
      for (String token : bad) {
        refused(
            each.get(
                "/v1/exercises?class_id=id-class",
                "Authorization",
                "Bearer " + token,
                "X-User-Id",
                "stu-1",
                "X-Gateway-Secret",
                ApiServer.GATEWAY_SECRET));
      }
    }
  }

  @Test
  void clocksMayDifferByAMinute() {
    JsonObject claims = new JsonObject().put("sub", "stu-1").put("exp", ApiServer.now() - 30);
    assertThat(server.get("/v1/exercises?class_id=id-class", server.bearer(claims)).status())
        .isEqualTo(200);
  }

  @Test
  void learnersSeeOnlyWhatIsTheirs() {
    String[] first = server.token("stu-1", "");
    String[] second = server.token("stu-2", "");
    assertThat(server.get("/v1/lesson-status/" + lesson, first).status()).isEqualTo(200);
    Answer hidden = server.get("/v1/lesson-status/" + lesson, second);
    Answer missing = server.get("/v1/lesson-status/9999999", second);
    assertThat(hidden.status()).isEqualTo(404);
    assertThat(hidden.json().getString("detail")).isEqualTo(missing.json().getString("detail"));
    JsonArray sets =
        server.get("/v1/exercises?class_id=id-class", second).json().getJsonArray("exercises");
    assertThat(sets).hasSize(1);
    assertThat(sets.getJsonObject(0).getString("user_id")).isEqualTo("stu-2");
    assertThat(
            server
                .get("/v1/exercises?class_id=id-class", server.token("stu-3", ""))
                .json()
                .getInteger("count"))
        .isZero();
  }

  @Test
  void learnersSeeNoSetThatNoTeacherApproved() {
    long pending = set(null, "id-pending", "stu-1", "{}");
    long rejected = set(null, "id-pending", "stu-1", "{}");
    databases.postgres("UPDATE lesson_exercises SET status = 'rejected' WHERE id = $1", rejected);
    String path = "/v1/exercises?class_id=id-pending";
    for (String more :
        List.of("", "&status=pending_approval", "&status=completed", "&status=rejected")) {
      for (ApiServer each : List.of(server, gateway)) {
        Answer answer =
            each == server
                ? each.get(path + more, server.token("stu-1", ""))
                : each.get(
                    path + more,
                    "X-User-Id",
                    "stu-1",
                    "X-Gateway-Secret",
                    ApiServer.GATEWAY_SECRET);
        assertThat(answer.status()).as(more).isEqualTo(200);
        assertThat(answer.json().getJsonArray("exercises")).as(more).isEmpty();
        assertThat(answer.json().getJsonObject("pagination").getInteger("total")).isZero();
      }
    }
    approved(pending);
    assertThat(server.get(path, server.token("stu-1", "")).json().getInteger("count")).isEqualTo(1);
    assertThat(
            server
                .get(path + "&status=approved", server.token("stu-1", ""))
                .json()
                .getInteger("count"))
        .isEqualTo(1);
    // a teacher finds again what was judged
    String[] teacher = server.token("t-9", "teacher");
    assertThat(server.get(path, teacher).json().getInteger("count")).isEqualTo(2);
    assertThat(
            server.get(path + "&user_id=stu-1&status=rejected", teacher).json().getInteger("count"))
        .isEqualTo(1);
  }

  @Test
  void scopesComeFromThreeClaimsInTwoForms() {
    long later = ApiServer.now() + 600;
    for (JsonObject claims :
        List.of(
            new JsonObject().put("scope", "openid lessons:read"),
            new JsonObject().put("scopes", new JsonArray().add("lessons:read")),
            new JsonObject().put("permissions", new JsonArray().add("lessons:read").add(7)),
            new JsonObject().put("scope", "service"))) {
      Answer answer =
          server.get(
              "/v1/exercises?class_id=id-class&user_id=stu-1",
              server.bearer(claims.put("sub", "staff").put("exp", later)));
      assertThat(answer.status()).as("%s", claims).isEqualTo(200);
      assertThat(answer.json().getInteger("count")).isEqualTo(1);
    }
    assertThat(
            server
                .get("/v1/exercises?class_id=id-class", server.token("staff", "lessons:read"))
                .json()
                .getInteger("count"))
        .isEqualTo(2);
  }

  @Test
  void writingAndReadingOthersNeedsScopes() {
    for (String[] token :
        List.of(server.token("stu-1", ""), server.token("staff", "lessons:read"))) {
      Answer answer = server.post("/v1/process", TRANSCRIPT, token);
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.json().getString("detail")).contains("lessons:write");
      assertThat(server.post("/v1/lessons/" + lesson + "/redrive", null, token).status())
          .isEqualTo(403);
    }
    assertThat(
            server.post("/v1/process", TRANSCRIPT, server.token("staff", "lessons:write")).status())
        .isEqualTo(200);
    assertThat(server.get("/v1/zoom-summaries", server.token("stu-1", "")).status()).isEqualTo(403);
    assertThat(server.get("/v1/zoom-summaries", server.token("staff", "lessons:read")).status())
        .isEqualTo(200);
    assertThat(server.get("/v1/work", server.token("staff", "lessons:read lessons:write")).status())
        .isEqualTo(403);
    assertThat(server.get("/v1/work", server.token("ops", "service")).status()).isEqualTo(200);
  }

  @Test
  void twoNamesInOneRequestAreRefused() {
    String[] learner = server.token("stu-1", "");
    assertThat(server.get("/v1/exercises?class_id=id-class&user_id=stu-2", learner).status())
        .isEqualTo(403);
    assertThat(server.get("/v1/exercises?class_id=id-class&userId=stu-2", learner).status())
        .isEqualTo(403);
    assertThat(server.get("/v1/exercises?class_id=id-class&user_id=stu-1", learner).status())
        .isEqualTo(200);
    assertThat(
            server
                .get(
                    "/v1/exercises?class_id=id-class", learner[0], learner[1], "X-User-Id", "stu-2")
                .status())
        .isEqualTo(403);
    String[] staff = server.token("staff", "lessons:read");
    assertThat(
            server
                .get("/v1/exercises?class_id=id-class", staff[0], staff[1], "X-User-Id", "stu-2")
                .status())
        .isEqualTo(403);
    String[] service = server.token("host", "service");
    assertThat(
            server
                .get(
                    "/v1/exercises?class_id=id-class&user_id=stu-2",
                    service[0],
                    service[1],
                    "X-User-Id",
                    "stu-1")
                .status())
        .isEqualTo(200);
    assertThat(
            compat
                .get("/v1/exercises?class_id=id-class&user_id=stu-2", "X-User-Id", "stu-1")
                .status())
        .isEqualTo(403);
    assertThat(
            compat
                .post(
                    "/v1/process",
                    new JsonObject(TRANSCRIPT).put("user_id", "stu-2"),
                    "X-User-Id",
                    "stu-1")
                .json()
                .getString("code"))
        .isEqualTo("FORBIDDEN");
  }

  @Test
  void aGatewayVouchesForLearners() {
    String[] vouched = {"X-User-Id", "stu-1", "X-Gateway-Secret", ApiServer.GATEWAY_SECRET};
    assertThat(gateway.get("/v1/exercises?class_id=id-class", vouched).json().getInteger("count"))
        .isEqualTo(1);
    assertThat(gateway.get("/v1/exercises?class_id=id-class&user_id=stu-2", vouched).status())
        .isEqualTo(403);
    assertThat(gateway.post("/v1/process", TRANSCRIPT, vouched).status()).isEqualTo(403);
    refused(
        gateway.get(
            "/v1/exercises?class_id=id-class", "X-User-Id", "stu-1", "X-Gateway-Secret", "guess"));
    refused(
        gateway.get(
            "/v1/exercises?class_id=id-class", "X-Gateway-Secret", ApiServer.GATEWAY_SECRET));
    refused(server.get("/v1/exercises?class_id=id-class", vouched));
    assertThat(
            gateway
                .get("/v1/exercises?class_id=id-class", gateway.token("staff", "lessons:read"))
                .json()
                .getInteger("count"))
        .isEqualTo(2);
  }

  @Test
  void whoIsRefusedIsToldWhatIsMissing() {
    String path = "/v1/word-lists";
    String[] expired = {
      "Authorization",
      "Bearer "
          + server.sign(
              new JsonObject().put("sub", "stu-1").put("exp", ApiServer.now() - 99),
              ApiServer.SECRET)
    };
    assertThat(detail(server, path)).contains("send Authorization: Bearer");
    assertThat(detail(server, path, "X-User-Id", "stu-1"))
        .contains("X-User-Id", "not believed", "Authorization: Bearer");
    assertThat(detail(server, path, expired)).contains("get a new one");
    assertThat(detail(gateway, path)).contains("through the gateway", "Authorization: Bearer");
    assertThat(detail(gateway, path, "X-User-Id", "stu-1"))
        .contains("X-User-Id", "through the gateway", "X-Gateway-Secret");
    assertThat(detail(gateway, path, "X-User-Id", "stu-1", "X-Gateway-Secret", "guess"))
        .contains("X-Gateway-Secret", "AUTH_GATEWAY_SECRET");
    assertThat(detail(gateway, path, "X-Gateway-Secret", ApiServer.GATEWAY_SECRET))
        .contains("X-User-Id is missing");
  }

  @Test
  void aRefusedTokenSaysWhetherANewOneWouldHelp() {
    long now = ApiServer.now();
    JsonObject good = new JsonObject().put("sub", "stu-1").put("exp", now + 600);
    String path = "/v1/word-lists";
    assertThat(detail(server, path, server.bearer(good.copy().put("exp", now - 99))))
        .contains("has expired", "get a new one");
    assertThat(detail(server, path, server.bearer(good.copy().put("nbf", now + 300))))
        .contains("not valid yet", "nbf", "clock")
        .doesNotContain("get a new one");
    assertThat(detail(server, path, server.bearer(good.copy().put("iat", now + 300))))
        .contains("not valid yet", "iat", "clock");
    String[] parts = server.sign(good, ApiServer.SECRET).split("\\.");
    for (String algorithm : List.of("none", "HS512", "RS256")) {
      String header = encoded(new JsonObject().put("alg", algorithm).encode());
      assertThat(
              detail(
                  server,
                  path,
                  "Authorization",
                  "Bearer " + header + "." + parts[1] + "." + parts[2]))
          .as(algorithm)
          .contains("algorithm", "HS256")
          .doesNotContain("RS256");
    }
    // who could not sign it learns nothing of what it says
    String forged =
        server.sign(good.copy().put("exp", now - 99), "another secret that is long enough too");
    assertThat(detail(server, path, "Authorization", "Bearer " + forged))
        .contains("invalid")
        .doesNotContain("expired");
  }

  private static String detail(ApiServer asked, String path, String... headers) {
    Answer answer = asked.get(path, headers);
    refused(answer);
    return answer.json().getString("detail");
  }

  @Test
  void compatIsOpenButForSteering() {
    assertThat(compat.get("/v1/exercises?class_id=id-class").json().getInteger("count"))
        .isEqualTo(2);
    assertThat(compat.get("/v1/lesson-status/" + lesson).status()).isEqualTo(200);
    assertThat(compat.get("/v1/zoom-summaries").status()).isEqualTo(200);
    assertThat(compat.get("/v1/work").status()).isEqualTo(200);
    assertThat(compat.get("/v1/work", "X-Forwarded-For", "203.0.113.9").status()).isEqualTo(403);
    assertThat(compat.get("/v1/exercises?class_id=id-class", "X-User-Id", "tab\there").status())
        .isEqualTo(400);
    // a learner's token counts here too
    assertThat(
            compat
                .get("/v1/exercises?class_id=id-class", compat.token("stu-2", ""))
                .json()
                .getInteger("count"))
        .isEqualTo(1);
  }

  @Test
  void measurementsAreForThisMachineOrATokenWithTheScope() {
    assertThat(server.get("/metrics").status()).isEqualTo(200);
    refused(server.get("/metrics", "X-Forwarded-For", "203.0.113.9"));
    String[] learner = server.token("stu-1", "");
    assertThat(
            server
                .get("/metrics", learner[0], learner[1], "X-Forwarded-For", "203.0.113.9")
                .status())
        .isEqualTo(403);
    String[] prometheus = server.token("prometheus", "metrics");
    assertThat(
            server
                .get("/metrics", prometheus[0], prometheus[1], "X-Forwarded-For", "203.0.113.9")
                .status())
        .isEqualTo(200);
  }

  @Test
  void anIdThatIsANumberIsToldThatTextIsWanted() {
    Answer answer =
        compat.post(
            "/v1/sessions/start", new JsonObject().put("user_id", 7).put("game_type", "cloze"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.firstField()).startsWith("user_id must be text of 1 to 128");
  }

  @Test
  void idsWithASpaceAtAnEndAreNobodysBecauseTheDatabaseWouldTakeThemForAnothers() {
    for (String id : new String[] {"stu-1%20", "%20stu-1", "%20"}) {
      Answer answer = compat.get("/v1/word-lists?user_id=" + id);
      assertThat(answer.status()).as(id).isEqualTo(400);
      assertThat(answer.firstField())
          .isEqualTo(
              "user_id must be text of 1 to 128 printable ASCII characters without a space at"
                  + " either end");
    }
    assertThat(compat.get("/v1/word-lists?user_id=stu%201").status()).isEqualTo(200);
    assertThat(compat.get("/v1/word-lists?user_id=" + "x".repeat(128)).status()).isEqualTo(200);
    assertThat(compat.get("/v1/word-lists?user_id=" + "x".repeat(129)).status()).isEqualTo(400);
    assertThat(server.get("/v1/word-lists", server.token("stu-1 ", "")).status()).isEqualTo(401);
  }
}
