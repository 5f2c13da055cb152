package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import settings.Settings;
import telemetry.Health.DatabaseState;

/** H13 to H17, the document and its pages. */
class ServiceEndpointsTest extends ApiTest {
  ServiceEndpointsTest() {
    super(Settings.AuthMode.COMPAT);
  }

  @AfterEach
  void healthy() {
    server.ready = true;
    server.mysqlState = DatabaseState.CONNECTED;
  }

  @Test
  void theServiceSaysWhatItIs() {
    JsonObject info = server.get("/").json();
    assertThat(info.getString("version")).isEqualTo("1.2.3");
    assertThat(info.getString("documentation")).isEqualTo("/docs");
    assertThat(info.getJsonObject("endpoints").getString("process_zoom"))
        .isEqualTo("/api/v1/process-zoom-lesson");
    assertThat(info.getJsonObject("zoom_integration").fieldNames()).contains("enabled", "status");
  }

  @Test
  void livenessStaysWhateverTheDatabasesDo() {
    server.mysqlState = DatabaseState.ERROR;
    server.ready = false;
    JsonObject health = server.get("/health").json();
    assertThat(health.getString("status")).isEqualTo("healthy");
    assertThat(health.getJsonObject("databases"))
        .isEqualTo(new JsonObject().put("mysql", "error").put("supabase", "connected"));
    assertThat(server.get("/v1/health").json().getString("environment")).isEqualTo("test");
  }

  @Test
  void detailsTurn503WithMySql() {
    assertThat(server.get("/v1/health/detailed").json().getString("status")).isEqualTo("healthy");
    server.mysqlState = DatabaseState.DISCONNECTED;
    Answer down = server.get("/v1/health/detailed");
    assertThat(down.status()).isEqualTo(503);
    assertThat(down.json().getString("status")).isEqualTo("degraded");
    assertThat(down.json().getJsonObject("checks").getJsonObject("mysql").getBoolean("connected"))
        .isFalse();
    assertThat(down.json().getJsonObject("checks").fieldNames())
        .contains("supabase", "groq", "gemini_transcription", "assemblyai");
  }

  @Test
  void readinessFollowsTheNode() {
    assertThat(server.get("/v1/ready").json().getBoolean("ready")).isTrue();
    server.ready = false;
    Answer answer = server.get("/v1/ready");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().getBoolean("ready")).isFalse();
    assertThat(answer.json().getJsonArray("reasons")).contains("stopping");
  }

  @Test
  void theDocumentIsServedInBothForms() {
    Answer json = server.get("/openapi.json");
    assertThat(json.header("Content-Type")).isEqualTo("application/json");
    assertThat(json.json().getString("openapi")).startsWith("3.1");
    assertThat(json.json().getJsonArray("servers")).hasSize(2);
    assertThat(json.response().body()).doesNotContain("x-query");
    assertThat(server.get("/openapi.yaml").response().body()).contains("openapi: 3.1");
  }

  @Test
  void theDocumentationLoadsEverythingFromThisServer() {
    for (String page : new String[] {"/docs", "/docs/"}) {
      Answer html = server.get(page);
      assertThat(html.header("Content-Type")).startsWith("text/html");
      assertThat(html.header("Content-Security-Policy"))
          .contains("script-src 'self'")
          .doesNotContain("http");
      assertThat(html.response().body()).doesNotContain("://", "<script>");
      Matcher links = Pattern.compile("(?:href|src)=\"([^\"]+)\"").matcher(html.response().body());
      int found = 0;
      while (links.find()) {
        String path = URI.create("http://x" + page).resolve(links.group(1)).getPath();
        Answer asset = server.get(path);
        assertThat(asset.status()).as(path).isEqualTo(200);
        assertThat(asset.response().body()).as(path).isNotEmpty();
        found++;
      }
      assertThat(found).isEqualTo(4);
    }
    assertThat(server.get("/docs/swagger-ui-bundle.js").header("Content-Type"))
        .startsWith("text/javascript");
    assertThat(server.get("/docs/docs.js").response().body())
        .contains("openapi.json")
        .doesNotContain("petstore");
    assertThat(server.get("/docs/index.html").status()).isEqualTo(404);
    assertThat(server.get("/docs/swagger-initializer.js").status()).isEqualTo(404);
  }

  @Test
  void measurementsComeInPrometheusText() {
    server.get("/health");
    Answer answer = server.get("/metrics");
    assertThat(answer.header("Content-Type")).startsWith("text/plain; version=0.0.4");
    assertThat(answer.response().body())
        .contains("lessonweave_http_requests_seconds_bucket{operation=\"health\",status=\"2xx\"");
  }
}
