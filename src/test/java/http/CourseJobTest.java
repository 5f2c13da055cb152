package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import settings.Settings;

/** Jobs of a node that makes courses, asked for and followed over HTTP, with a real Postgres. */
abstract class CourseJobTest extends ApiTest {
  CourseNode node;

  CourseJobTest() {
    super(Settings.AuthMode.JWT);
  }

  @BeforeAll
  void open() {
    node = new CourseNode(databases, "node-a");
  }

  @AfterAll
  void shut() {
    node.close();
  }

  String[] owner(String name) {
    return server.token(name, "");
  }

  static JsonObject textRequest(String process) {
    return new JsonObject()
        .put("generationProcessId", process)
        .put("source", new JsonObject().put("type", "text").put("text", CourseText.RIVERS));
  }

  JsonObject start(String[] owner, JsonObject request) {
    Answer answer = server.post("/api/v1/course-jobs", request, owner);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
    return answer.json();
  }

  JsonObject await(String[] owner, String job, Predicate<JsonObject> wanted) throws IOException {
    JsonObject now = server.get("/api/v1/course-jobs/" + job, owner).json();
    // the stream says when something moved, so there is nothing to wait for blindly
    try (BufferedReader events = events(owner, "/api/v1/course-jobs/" + job + "/events", 0)) {
      while (!wanted.test(now)) {
        String line = events.readLine();
        if (line == null) {
          now = server.get("/api/v1/course-jobs/" + job, owner).json();
          assertThat(wanted.test(now)).as(now.encodePrettily()).isTrue();
          return now;
        }
        // also where the stream only says that it is alive: a task's begin is no event
        if (!line.isEmpty()) {
          now = server.get("/api/v1/course-jobs/" + job, owner).json();
        }
      }
    }
    return now;
  }

  JsonObject awaitEnd(String[] owner, String job) throws IOException {
    return await(
        owner,
        job,
        now -> !Set.of("queued", "running", "paused").contains(now.getString("status")));
  }

  BufferedReader events(String[] owner, String path, long after) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + server.port + path).toURL().openConnection();
    connection.setRequestProperty(owner[0], owner[1]);
    connection.setRequestProperty("Last-Event-ID", Long.toString(after));
    connection.setReadTimeout(40_000);
    return new BufferedReader(
        new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
  }

  static String status(JsonObject job, String part) {
    return job.getJsonArray("parts").stream()
        .map(JsonObject.class::cast)
        .filter(entry -> entry.getString("part").equals(part))
        .map(entry -> entry.getString("status"))
        .findFirst()
        .orElse("");
  }
}
