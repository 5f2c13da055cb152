package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import settings.Settings;

/** What every request meets before and after its endpoint. */
class EdgeTest extends ApiTest {
  private static final String TRANSCRIPT =
      "{\"transcript\":\"Teacher: What did you do at the weekend?\"}";

  EdgeTest() {
    super(Settings.AuthMode.COMPAT);
  }

  static void isProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    JsonObject body = answer.json();
    assertThat(body.fieldNames())
        .containsExactlyInAnyOrder(
            "type", "title", "status", "detail", "instance", "code", "success", "error", "traceId");
    assertThat(body.getString("type")).isEqualTo("about:blank");
    assertThat(body.getInteger("status")).isEqualTo(status);
    assertThat(body.getString("code")).isEqualTo(code);
    assertThat(body.getString("detail")).isNotBlank();
    assertThat(body.getBoolean("success")).isFalse();
    assertThat(body.getJsonObject("error").getString("code")).isEqualTo(code);
    assertThat(body.getJsonObject("error").getString("message"))
        .isEqualTo(body.getString("detail"));
    assertThat(body.getJsonObject("error").fieldNames()).contains("details");
    assertThat(body.getString("traceId")).isEqualTo(answer.header("X-Request-ID")).isNotBlank();
  }

  @Test
  void everyOperationOfTheDocumentAnswersUnderEveryPrefix() {
    JsonObject paths = server.get("/openapi.json").json().getJsonObject("paths");
    assertThat(paths.fieldNames()).hasSizeGreaterThan(20);
    for (String path : paths.fieldNames()) {
      for (String method : paths.getJsonObject(path).fieldNames()) {
        if (!List.of("get", "post", "put", "patch", "delete").contains(method)) {
          continue;
        }
        String called = path.replaceAll("\\{[A-Za-z_]+}", "1");
        for (String prefix : path.startsWith("/v1/") ? List.of("", "/api") : List.of("")) {
          Answer answer =
              server.call(method.toUpperCase(java.util.Locale.ROOT), prefix + called, null);
          assertThat(answer.status())
              .as("%s %s%s", method, prefix, called)
              .isNotIn(405, 500, 501, 503);
          if (answer.status() == 404) {
            assertThat(answer.json().getString("detail")).as(called).doesNotContain("at this path");
          }
        }
      }
    }
  }

  @Test
  void unknownPathsAndMethods() {
    isProblem(server.get("/nowhere"), 404, "NOT_FOUND");
    isProblem(server.get("/api/health"), 404, "NOT_FOUND");
    isProblem(server.get("/api/v1/nowhere"), 404, "NOT_FOUND");
    Answer wrong = server.get("/v1/process");
    isProblem(wrong, 405, "METHOD_NOT_ALLOWED");
    assertThat(wrong.header("Allow")).isEqualTo("POST");
    assertThat(wrong.json().getString("instance")).isEqualTo("/v1/process");
    assertThat(server.call("DELETE", "/api/v1/exercises", null).header("Allow"))
        .isEqualTo("GET, HEAD");
    assertThat(server.call("DELETE", "/v1/lesson-status/7", null).status()).isEqualTo(405);
    assertThat(server.call("OPTIONS", "/v1/process", null).status()).isEqualTo(405);
  }

  @Test
  void trailingSlashIsIgnored() {
    assertThat(server.get("/health/").status()).isEqualTo(200);
    assertThat(server.get("/v1/exercises/?class_id=none").status()).isEqualTo(200);
    assertThat(server.get("/api/v1/lesson-status/x/").json().getString("code"))
        .isEqualTo("LESSON_NOT_FOUND");
    assertThat(server.post("/v1/process/", TRANSCRIPT).status()).isEqualTo(200);
  }

  @Test
  void headAnswersLikeGetWithoutBody() {
    Answer answer = server.call("HEAD", "/v1/health", null);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.response().body()).isEmpty();
    assertThat(server.call("HEAD", "/nowhere", null).status()).isEqualTo(404);
    assertThat(server.call("HEAD", "/docs", null).status()).isEqualTo(200);
  }

  @Test
  void oddPathsAndQueriesAreNotOurFault() throws Exception {
    assertThat(raw("GET /v1/lesson-status/%zz HTTP/1.1")).contains("HTTP/1.1 40");
    assertThat(raw("GET /v1/exercises?class_id=%zz HTTP/1.1"))
        .contains("HTTP/1.1 400")
        .contains("VALIDATION_ERROR");
    assertThat(raw("GET /v1/../v1/../../etc/passwd HTTP/1.1")).contains("HTTP/1.1 404");
    assertThat(raw("GET /docs/..%2f..%2fopenapi%2flessonweave.yaml HTTP/1.1"))
        .contains("HTTP/1.1 404");
    assertThat(raw("GET /docs/%2e%2e/openapi.json HTTP/1.1")).contains("HTTP/1.1 ");
  }

  @Test
  void whatCannotBeParsedIsAProblemToo() throws Exception {
    assertThat(raw("GET /v1/exercises?class_id=" + "x".repeat(5_000) + " HTTP/1.1"))
        .containsPattern("^HTTP/1.[01] 414 ")
        .contains("problem+json", "URI_TOO_LONG");
    assertThat(raw("GET /health HTTP/1.1\r\nX-Large: " + "x".repeat(20_000)))
        .containsPattern("^HTTP/1.[01] 431 ")
        .contains("problem+json", "traceId");
    assertThat(withoutHost("GET /health HTTP/1.1"))
        .startsWith("HTTP/1.1 400 ")
        .contains("problem+json", "VALIDATION_ERROR");
    assertThat(raw("nonsense")).containsPattern("^HTTP/1.[01] 400 ").contains("problem+json");
  }

  @Test
  void compressedBodiesAreRefusedAsSuch() {
    Answer refused =
        server.call(
            "POST",
            "/v1/process",
            TRANSCRIPT,
            "Content-Type",
            "application/json",
            "Content-Encoding",
            "gzip");
    isProblem(refused, 415, "UNSUPPORTED_MEDIA_TYPE");
    assertThat(refused.json().getString("detail")).contains("without Content-Encoding");
    assertThat(refused.header("Accept-Encoding")).isEqualTo("identity");
    assertThat(
            server
                .call(
                    "POST",
                    "/v1/process",
                    "{",
                    "Content-Type",
                    "application/json",
                    "Content-Encoding",
                    "identity")
                .status())
        .isNotEqualTo(415);
  }

  @Test
  void acceptNeverMatters() {
    assertThat(server.get("/v1/health", "Accept", "image/png").status()).isEqualTo(200);
    isProblem(server.get("/nowhere", "Accept", "application/json"), 404, "NOT_FOUND");
  }

  @Test
  void requestIdsAreEchoedWhenHarmless() throws Exception {
    assertThat(server.get("/nowhere", "X-Request-ID", "abc-1.2:3").json().getString("traceId"))
        .isEqualTo("abc-1.2:3");
    for (String odd : List.of("a b", "x".repeat(129), "<script>", "a,b", "é")) {
      String answer = raw("GET /nowhere HTTP/1.1\r\nX-Request-ID: " + odd);
      assertThat(answer).doesNotContain(odd).containsPattern("(?i)x-request-id: [0-9a-f]{16}\r\n");
    }
    // a bare CR or LF never reaches a header of the answer
    assertThat(raw("GET /nowhere HTTP/1.1\r\nX-Request-ID: a\rSet-Cookie: b=c"))
        .doesNotContainPattern("(?im)^set-cookie");
    assertThat(raw("GET /nowhere HTTP/1.1\r\nX-Request-ID: a%0d%0aSet-Cookie: b=c"))
        .doesNotContainPattern("(?im)^set-cookie");
  }

  @Test
  void browsersAreKeptCareful() {
    Answer answer = server.get("/v1/health");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
  }

  @Test
  void cachesAreToldThatCompressionIsACallersChoice() throws Exception {
    for (String path : List.of("/v1/health", "/nowhere", "/docs", "/openapi.json")) {
      assertThat(server.get(path).header("Vary")).as(path).isEqualTo("Accept-Encoding");
    }
    assertThat(raw("nonsense")).containsIgnoringCase("\r\nVary: Accept-Encoding\r\n");
    try (ApiServer strict =
        ApiServer.on(databases, Settings.AuthMode.COMPAT)
            .corsOrigins("https://app.example.org")
            .start()) {
      assertThat(strict.get("/v1/health").header("Vary")).isEqualTo("Accept-Encoding, Origin");
    }
  }

  @Test
  void anyOriginMayCallWithoutCredentials() {
    Answer preflight =
        server.call(
            "OPTIONS",
            "/v1/process",
            null,
            "Origin",
            "https://app.example.org",
            "Access-Control-Request-Method",
            "PATCH");
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(preflight.header("Access-Control-Allow-Credentials")).isNull();
    assertThat(preflight.header("Access-Control-Allow-Methods"))
        .contains("GET", "POST", "PATCH", "PUT", "DELETE", "OPTIONS");
    assertThat(preflight.header("Access-Control-Allow-Headers"))
        .contains("Authorization", "Idempotency-Key", "Last-Event-ID", "Range", "If-Range")
        .doesNotContain("Gateway");
    Answer answer = server.get("/nowhere", "Origin", "https://app.example.org");
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(answer.header("Access-Control-Expose-Headers"))
        .contains("ETag", "Location", "Retry-After", "Idempotent-Replayed", "X-Request-ID");
  }

  @Test
  void listedOriginsMayCallWithCredentialsAndOthersGetNoHeaders() {
    try (ApiServer strict =
        ApiServer.on(databases, Settings.AuthMode.COMPAT)
            .corsOrigins("https://app.example.org")
            .start()) {
      Answer friend = strict.get("/v1/health", "Origin", "https://app.example.org");
      assertThat(friend.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.org");
      assertThat(friend.header("Access-Control-Allow-Credentials")).isEqualTo("true");
      Answer stranger = strict.get("/v1/health", "Origin", "https://evil.example.org");
      assertThat(stranger.status()).isEqualTo(200);
      assertThat(stranger.header("Access-Control-Allow-Origin")).isNull();
      assertThat(stranger.header("Vary")).contains("Origin");
      Answer preflight =
          strict.call(
              "OPTIONS",
              "/v1/process",
              null,
              "Origin",
              "https://evil.example.org",
              "Access-Control-Request-Method",
              "POST");
      assertThat(preflight.status()).isEqualTo(405);
      assertThat(preflight.header("Access-Control-Allow-Origin")).isNull();
    }
  }

  @Test
  void appsCallFromOriginsOfTheirOwn() {
    List<String> origins =
        List.of(
            "capacitor://localhost",
            "ionic://localhost",
            "app://-",
            "file://",
            "null",
            "http://localhost",
            "chrome-extension://abcdefghijklmnop",
            "not an origin");
    try (ApiServer strict =
        ApiServer.on(databases, Settings.AuthMode.COMPAT)
            .corsOrigins("capacitor://localhost", "https://app.example.org")
            .start()) {
      for (String origin : origins) {
        assertThat(server.get("/v1/health", "Origin", origin).status()).as(origin).isEqualTo(200);
        assertThat(server.get("/v1/health", "Origin", origin).header("Access-Control-Allow-Origin"))
            .as(origin)
            .isEqualTo("*");
        assertThat(preflight(server, origin).status()).as(origin).isEqualTo(204);
        assertThat(strict.get("/v1/health", "Origin", origin).status()).as(origin).isEqualTo(200);
      }
      Answer preflight = preflight(strict, "capacitor://localhost");
      assertThat(preflight.status()).isEqualTo(204);
      assertThat(preflight.header("Access-Control-Allow-Origin"))
          .isEqualTo("capacitor://localhost");
      assertThat(preflight.header("Access-Control-Allow-Credentials")).isEqualTo("true");
      assertThat(preflight.header("Vary")).contains("Origin");
      assertThat(strict.get("/v1/health").header("Vary")).contains("Origin");
    }
  }

  private static Answer preflight(ApiServer asked, String origin) {
    return asked.call(
        "OPTIONS",
        "/v1/word-lists",
        null,
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "POST");
  }

  @Test
  void failuresOfOursTellNothingButTheTraceId() {
    server.generator =
        request -> Future.failedFuture(new IllegalStateException("select secret from somewhere"));
    Answer failed = server.post("/v1/process", TRANSCRIPT);
    server.generator =
        request -> {
          throw new IllegalStateException("select secret from somewhere");
        };
    Answer thrown = server.post("/v1/process", TRANSCRIPT);
    server.generator = request -> Future.succeededFuture(ApiServer.sampleSet());
    for (Answer answer : List.of(failed, thrown)) {
      isProblem(answer, 500, "INTERNAL_ERROR");
      assertThat(answer.response().body()).doesNotContain("secret", "Exception");
    }
  }

  @Test
  void aDatabaseThatIsAwayIsSaidSoAndComesWithAWait() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    Pool away =
        PgBuilder.pool()
            .connectingTo(
                new PgConnectOptions()
                    .setHost("127.0.0.1")
                    .setPort(closed)
                    .setUser("u")
                    .setDatabase("d"))
            .using(databases.vertx)
            .build();
    try (ApiServer stranded =
        ApiServer.on(databases, Settings.AuthMode.COMPAT).postgres(away).start()) {
      Answer answer = stranded.get("/v1/exercises?class_id=c");
      isProblem(answer, 503, "SERVICE_UNAVAILABLE");
      assertThat(answer.header("Retry-After")).isEqualTo("5");
      isProblem(stranded.get("/v1/lesson-status/1"), 503, "SERVICE_UNAVAILABLE");
      isProblem(stranded.get("/v1/work"), 503, "SERVICE_UNAVAILABLE");
      JsonObject unstored =
          stranded
              .post(
                  "/v1/process",
                  new JsonObject(TRANSCRIPT)
                      .put("user_id", "u")
                      .put("teacher_id", "t")
                      .put("class_id", "c"))
              .json();
      assertThat(unstored.getBoolean("stored")).isFalse();
      assertThat(unstored.getJsonObject("metadata").getString("store_error")).isNotBlank();
      assertThat(stranded.get("/health").status()).isEqualTo(200);
    } finally {
      away.close();
    }
  }

  @Test
  void requestsAreMeasuredByOperationWhateverTheirPath() {
    server.get("/nowhere/" + System.nanoTime());
    server.get("/v1/lesson-status/" + System.nanoTime());
    String scrape = server.get("/metrics").response().body();
    assertThat(scrape)
        .contains("lessonweave_http_requests_seconds_count{operation=\"unmatched\",status=\"4xx\"}")
        .contains(
            "lessonweave_http_requests_seconds_count{operation=\"getLessonStatus\",status=\"4xx\"}")
        .doesNotContain("nowhere");
  }

  @Test
  void firstGenerationGetsItsAdditions() {
    assertThat(server.get("/v1/health").json().containsKey("success")).isFalse();
    assertThat(server.get("/api/v1/health").json().getBoolean("success")).isTrue();
    assertThat(
            server
                .get("/api/v1/exercises?class_id=none&limit=5000")
                .json()
                .getJsonObject("pagination")
                .getInteger("limit"))
        .isEqualTo(100);
    assertThat(server.get("/v1/exercises?class_id=none&limit=5000").status()).isEqualTo(400);
    JsonArray fields =
        server
            .get("/api/v1/exercises")
            .json()
            .getJsonObject("error")
            .getJsonObject("details")
            .getJsonArray("fields");
    assertThat(fields).hasSize(1);
  }

  /** Sends exactly these lines and a Host, and gives everything that comes back. */
  private String raw(String lines) throws Exception {
    return withoutHost(lines + "\r\nHost: x");
  }

  private String withoutHost(String lines) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write((lines + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void overHttp2HeadGetsNoBodyEither() throws Exception {
    var client =
        databases.vertx.createHttpClient(
            new io.vertx.core.http.HttpClientOptions()
                .setProtocolVersion(io.vertx.core.http.HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
    try {
      for (String path : new String[] {"/v1/health", "/nowhere", "/v1/exercises", "/v1/process"}) {
        int got = bodyLength(client, io.vertx.core.http.HttpMethod.GET, path);
        int head = bodyLength(client, io.vertx.core.http.HttpMethod.HEAD, path);
        assertThat(got).as(path).isPositive();
        assertThat(head).as(path).isZero();
      }
    } finally {
      client.close().await(10, java.util.concurrent.TimeUnit.SECONDS);
    }
  }

  private int bodyLength(
      io.vertx.core.http.HttpClient client, io.vertx.core.http.HttpMethod method, String path)
      throws Exception {
    return client
        .request(method, server.port, "127.0.0.1", path)
        .compose(io.vertx.core.http.HttpClientRequest::send)
        .compose(
            answer -> {
              assertThat(answer.version()).isEqualTo(io.vertx.core.http.HttpVersion.HTTP_2);
              return answer.body();
            })
        .map(io.vertx.core.buffer.Buffer::length)
        .await(10, java.util.concurrent.TimeUnit.SECONDS);
  }
}
