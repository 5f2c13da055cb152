package launch;

import static org.assertj.core.api.Assertions.assertThat;

import fakes.Doorway;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases vanish and come back: the process stays, says so, and goes on by itself. */
@Tag("packed")
class OutageIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path folder;

  @Test
  void aNodeSurvivesTheLossOfBothDatabasesAndDoesWhatCameMeanwhile() throws IOException {
    try (SchoolFixture school = new SchoolFixture(folder);
        Doorway mysql = Doorway.to(Integer.parseInt(school.environment().get("MYSQL_PORT")));
        Doorway postgres = Doorway.to(school.postgresPort())) {
      Map<String, String> environment = new HashMap<>(school.environment());
      environment.put("MYSQL_PORT", Integer.toString(mysql.port()));
      environment.put(
          "DATABASE_URL",
          environment
              .get("DATABASE_URL")
              .replace(":" + school.postgresPort(), ":" + postgres.port()));
      int port;
      try (ServerSocket any = new ServerSocket(0)) {
        port = any.getLocalPort();
      }
      environment.put("HTTP_PORT", Integer.toString(port));
      String games = "/v1/word-lists?user_id=7";
      postgres.shut();
      // A start without its databases is no failure: the node says why it is not ready.
      try (NodeProcess node = NodeProcess.start(environment, "serve")) {
        node.awaitLine("trying again");
        awaitListening(port);
        unavailable(URI.create("http://127.0.0.1:" + port + games), "starting");
        postgres.open();
        URI url = node.awaitReady();
        NodeProcess.await(url.resolve("/v1/ready"), r -> r.statusCode() == 200, PATIENCE);

        mysql.shut();
        postgres.shut();
        JsonObject unready =
            NodeProcess.await(
                url.resolve("/v1/ready"),
                r -> r.statusCode() == 503 && r.body().contains("false"),
                PATIENCE);
        assertThat(unready.getBoolean("ready")).isFalse();
        assertThat(NodeProcess.get(url.resolve("/health")).statusCode()).isEqualTo(200);
        var refused = NodeProcess.get(url.resolve("/v1/exercises?class_id=51"));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        unavailable(url.resolve(games), "database");

        school.endClass(51, true);
        postgres.open();
        mysql.open();
        JsonObject exercises =
            NodeProcess.await(
                url.resolve("/v1/exercises?class_id=51"),
                r -> r.statusCode() == 200 && !r.body().contains("\"count\":0"),
                PATIENCE);
        assertThat(exercises.getInteger("count")).isEqualTo(1);
        NodeProcess.await(url.resolve("/v1/ready"), r -> r.statusCode() == 200, PATIENCE);
        assertThat(NodeProcess.get(url.resolve(games)).statusCode()).isEqualTo(200);
      }
    }
  }

  /** It does so before it is ready, and says nothing about it. */
  private static void awaitListening(int port) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        return;
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("nobody listens on " + port + " after " + PATIENCE, e);
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
  }

  private static void unavailable(URI games, String why) {
    var refused = NodeProcess.get(games);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).contains("5");
    assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(new JsonObject(refused.body()).getString("detail")).contains(why);
  }

  @Test
  void sigtermGivesBackWhatWaitsAndAnotherNodeFinishesIt() {
    try (SchoolFixture school = new SchoolFixture(folder)) {
      try (NodeProcess first =
          NodeProcess.start(
              school.environment(), "serve", "--verticles", "ClassMonitor,ZoomFetcher")) {
        first.awaitReady();
        for (long id = 61; id <= 70; id++) {
          school.endClass(id, true);
        }
        first.awaitLine(line -> line.contains("fetch") && line.contains("next"), PATIENCE);
        long begun = System.nanoTime();
        first.terminate();
        assertThat(first.awaitExit(Duration.ofSeconds(25))).isEqualTo(143);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
      }
      try (NodeProcess second = NodeProcess.start(school.environment(), "serve")) {
        URI url = second.awaitReady();
        for (long id = 61; id <= 70; id++) {
          NodeProcess.await(
              url.resolve("/v1/exercises?class_id=" + id),
              r -> r.statusCode() == 200 && r.body().contains("\"count\":1"),
              PATIENCE);
        }
        assertThat(school.postgres("SELECT 1 FROM zoom_summaries").size()).isEqualTo(10);
        assertThat(school.postgres("SELECT 1 FROM lesson_exercises").size()).isEqualTo(10);
      }
    }
  }
}
