package launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of earlier course systems find this one on the ports that they know. */
class OldPortsTest {
  @TempDir Path folder;

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void theWholeInterfaceIsOnEveryPortThatIsConfigured() throws Exception {
    int topics = freePort();
    int pdfs = freePort();
    try (SchoolFixture school = new SchoolFixture(folder)) {
      Map<String, String> environment = new HashMap<>(school.environment());
      environment.put("VERTICLES", "GameHttp:2");
      environment.put("COURSES_EXTRA_PORTS", topics + ", " + pdfs);
      Node node = Node.create(Node.loadSettings(Optional.empty(), environment, Map.of()));
      node.start().await(60, TimeUnit.SECONDS);
      try {
        for (int port : new int[] {topics, pdfs}) {
          JsonObject info = get("http://127.0.0.1:" + port + "/");
          assertThat(info.getString("status")).isEqualTo("running");
          assertThat(info.getString("version")).isNotBlank();
          assertThat(info.getString("message")).isNotBlank();
          assertThat(get("http://127.0.0.1:" + port + "/health").getString("service"))
              .isEqualTo("course-generation");
          assertThat(get("http://127.0.0.1:" + port + "/api/worker-stats").fieldNames())
              .contains("active_workers", "active_tasks", "scheduled_tasks", "reserved_tasks");
        }
        // of all event loops and ports together; the answer itself is still on its way
        assertThat(text(node.url() + "/metrics"))
            .contains("lessonweave_http_active 1.0\n")
            .containsPattern("lessonweave_http_connections [1-9]")
            .doesNotContain("vertx_http_server");
        // clients of the lessons' system look for another word
        assertThat(get(node.url() + "/").getString("status")).isEqualTo("active");
      } finally {
        node.stop().await(40, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void aPortThatIsTakenIsNamedWithItsSetting() throws Exception {
    try (SchoolFixture school = new SchoolFixture(folder);
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Map<String, String> environment = new HashMap<>(school.environment());
      environment.put("VERTICLES", "GameHttp:2");
      environment.put("HTTP_PORT", String.valueOf(taken.getLocalPort()));
      Node node = Node.create(Node.loadSettings(Optional.empty(), environment, Map.of()));
      try {
        assertThatThrownBy(() -> node.start().await(60, TimeUnit.SECONDS))
            .hasMessageContaining("can't listen on 127.0.0.1:" + taken.getLocalPort())
            .hasMessageContaining("set HTTP_PORT");
      } finally {
        node.stop().await(40, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void aTakenPortIsSaidBeforeAnyDatabaseIsStarted() throws Exception {
    Path data = folder.resolve("never");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      for (Map<String, String> ports :
          List.of(
              Map.of("HTTP_PORT", String.valueOf(taken.getLocalPort())),
              Map.of(
                  "HTTP_PORT", "0", "COURSES_EXTRA_PORTS", String.valueOf(taken.getLocalPort())))) {
        Map<String, String> environment = new HashMap<>(ports);
        environment.put("VERTICLES", "GameHttp");
        environment.put("DATA_DIR", data.toString());
        Node node = Node.create(Node.loadSettings(Optional.empty(), environment, Map.of()));
        String setting = ports.size() == 1 ? "HTTP_PORT" : "COURSES_EXTRA_PORTS";
        assertThatThrownBy(() -> node.start().await(60, TimeUnit.SECONDS))
            .isInstanceOf(StartFailure.class)
            .hasMessageEndingWith("stop what uses it, or set " + setting);
        assertThat(data.resolve("mariadb")).doesNotExist();
      }
    }
  }

  private static JsonObject get(String url) throws Exception {
    return new JsonObject(text(url));
  }

  private static String text(String url) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(url + " " + response.body()).isEqualTo(200);
    return response.body();
  }
}
