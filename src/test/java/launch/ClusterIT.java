package launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes with different verticles do one lesson together. */
@Tag("packed")
class ClusterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void twoNodesWithDifferentVerticlesDoOneLessonTogether() throws IOException {
    int port;
    try (ServerSocket any = new ServerSocket(0)) {
      port = any.getLocalPort();
    }
    try (SchoolFixture school = new SchoolFixture(folder)) {
      Map<String, String> environment = new HashMap<>(school.environment());
      environment.put("CLUSTER_PORT", Integer.toString(port));
      environment.put("CLUSTER_MEMBERS", "127.0.0.1:" + port);
      try (NodeProcess front =
          NodeProcess.start(
              environment,
              "--cluster",
              "--verticles",
              "GameHttp,ClassMonitor,TranscriptProcessor")) {
        URI url = front.awaitReady();
        try (NodeProcess back =
            NodeProcess.start(
                environment,
                "serve",
                "--cluster",
                "--verticles",
                "ZoomFetcher:2,ExerciseGenerator")) {
          back.awaitReady();
          school.endClass(41, true);
          JsonObject exercises =
              NodeProcess.await(
                  url.resolve("/v1/exercises?class_id=41"),
                  r -> r.statusCode() == 200 && !r.body().contains("\"count\":0"),
                  PATIENCE);
          assertThat(exercises.getInteger("count")).isEqualTo(1);
          front.awaitLine(line -> line.contains("transcribe") && line.contains("next"), PATIENCE);
          back.awaitLine(line -> line.contains("generate") && line.contains("completed"), PATIENCE);

          // The front node has no ExerciseGenerator: the request crosses the cluster's event bus.
          String transcript =
              "Teacher: What did you do yesterday, Sam? Sam: I goed to the market. Teacher: You"
                  + " went to the market. What did you buy? Sam: I buyed apples. Teacher: You"
                  + " bought apples. Good.";
          var processed =
              NodeProcess.post(
                  url.resolve("/v1/process"),
                  new JsonObject().put("transcript", transcript).encode());
          assertThat(processed.statusCode()).as(processed.body()).isEqualTo(200);
        }
        // With the other node gone, what needs it says so instead of hanging.
        var refused =
            NodeProcess.post(
                url.resolve("/v1/process"),
                new JsonObject()
                    .put(
                        "transcript",
                        "Teacher: Hello there, how are you today? Student: I am fine.")
                    .encode());
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      }
    }
  }
}
