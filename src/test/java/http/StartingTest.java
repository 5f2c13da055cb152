package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import settings.Settings;

/** A node listens before its tables are there, so that it can be asked how it is: and then? */
class StartingTest extends ApiTest {
  private static final Set<String> ANSWERED =
      Set.of(
          "serviceInfo",
          "health",
          "live",
          "ready",
          "metrics",
          "docs",
          "docsAsset",
          "openapiJson",
          "openapiYaml",
          "liveness",
          "healthDetailed",
          "readiness");

  StartingTest() {
    super(Settings.AuthMode.COMPAT);
  }

  @BeforeEach
  void begin() {
    server.tablesReady = false;
    server.ready = false;
  }

  @AfterEach
  void end() {
    server.tablesReady = true;
    server.ready = true;
  }

  @Test
  void everyOperationThatNeedsTablesSaysThatTheServiceIsStartingAndTouchesNone() throws Exception {
    long before = statements();
    List<String> refused = new ArrayList<>();
    for (Operation operation : ApiDocument.shared().operations()) {
      if (ANSWERED.contains(operation.id())) {
        continue;
      }
      for (Operation.Mount mount : operation.mounts()) {
        String path = mount.route().replaceAll(":[A-Za-z_]+", "1");
        Answer answer =
            server.call(
                operation.method().name(),
                path,
                operation.takesBody() ? "{\"name\":\"Kitchen\"}" : null,
                "X-User-Id",
                "early",
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                "early-1");
        assertThat(answer.status()).as("%s %s", operation.id(), path).isEqualTo(503);
        assertThat(answer.header("Retry-After")).as(path).isEqualTo("5");
        assertThat(told(operation, answer)).as(path).contains("starting").contains("again");
        refused.add(operation.id());
      }
    }
    assertThat(refused).hasSizeGreaterThan(100);
    // this question, and what a connection that was made for it asks first
    assertThat(statements() - before).isLessThan(5);
  }

  /** What went wrong, in the shape that the path's clients know. */
  private static String told(Operation operation, Answer answer) {
    JsonObject body = answer.json();
    if (operation.transcriptErrors()) {
      assertThat(body.getString("errorCode")).isEqualTo("SERVICE_UNAVAILABLE");
      return body.getString("error");
    }
    if (!operation.detailErrors()) {
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(body.getString("code")).isEqualTo("SERVICE_UNAVAILABLE");
      assertThat(body.getInteger("status")).isEqualTo(503);
      assertThat(body.getBoolean("success")).isFalse();
    }
    return body.getString("detail");
  }

  @Test
  void whatTellsOfTheServiceItselfIsAnswered() {
    assertThat(server.get("/health").status()).isEqualTo(200);
    assertThat(server.get("/health/live").status()).isEqualTo(200);
    assertThat(server.get("/health/ready").status()).isEqualTo(503);
    assertThat(server.get("/v1/ready").json().getBoolean("ready")).isFalse();
    assertThat(server.get("/openapi.json").status()).isEqualTo(200);
    assertThat(server.get("/metrics").status()).isEqualTo(200);
    Set<String> service = new TreeSet<>();
    for (Operation operation : ApiDocument.shared().operations()) {
      if (operation.service()) {
        service.add(operation.id());
      }
    }
    assertThat(service).isEqualTo(new TreeSet<>(ANSWERED));
  }

  @Test
  void pathsThatAreNotThereAreStillNotThere() {
    assertThat(server.get("/v1/nowhere").status()).isEqualTo(404);
    assertThat(server.call("DELETE", "/v1/process", null).status()).isEqualTo(405);
  }

  @Test
  void aRequestRefusedAtTheStartMayBeRepeatedWithItsKey() {
    JsonObject body = new JsonObject().put("name", "Early");
    String[] headers = {"X-User-Id", "early-bird", "Idempotency-Key", "early-2"};
    assertThat(server.post("/v1/word-lists", body, headers).status()).isEqualTo(503);
    server.tablesReady = true;
    Answer created = server.post("/v1/word-lists", body, headers);
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Idempotent-Replayed")).isNull();
  }

  private long statements() {
    return Long.parseLong(
        databases.mysql("SHOW GLOBAL STATUS LIKE 'Questions'").iterator().next().getString(1));
  }
}
