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
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import settings.Settings;

/** Jobs of a node that makes courses, asked for and followed over HTTP, with a real Postgres. */
abstract class CourseJobTest extends ApiTest {
  // the stream says every 15 s that it is there, so that reading it alone would wait for ever
  private static final Duration LIMIT = Duration.ofMinutes(2);

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
    long end = System.nanoTime() + LIMIT.toNanos();
    JsonObject now = server.get("/api/v1/course-jobs/" + job, owner).json();
    // the stream says when something moved, so there is nothing to wait for blindly
    try (BufferedReader events = events(owner, "/api/v1/course-jobs/" + job + "/events", 0)) {
      while (!wanted.test(now)) {
        assertThat(System.nanoTime()).as("within %s: %s", LIMIT, now).isLessThan(end);
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

  /** What the stream says with the first event of a type. */
  JsonObject awaitEvent(String[] owner, String job, String type) throws IOException {
    long end = System.nanoTime() + LIMIT.toNanos();
    try (BufferedReader events = events(owner, "/api/v1/course-jobs/" + job + "/events", 0)) {
      for (String line = events.readLine(); line != null; line = events.readLine()) {
        if (line.equals("event: " + type)) {
          return new JsonObject(events.readLine().substring("data: ".length()));
        }
        assertThat(System.nanoTime()).as("no event %s within %s", type, LIMIT).isLessThan(end);
      }
    }
    throw new AssertionError("the events ended without one of type " + type);
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
