package launch;

import static org.assertj.core.api.Assertions.assertThat;

import demo.ZoomGrants;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as the README says, on embedded databases in a folder with a space in its name. */
@Tag("packed")
class DemoIT {
  @TempDir Path folder;

  private Map<String, String> environment() {
    return Map.of(
        "DATA_DIR", folder.resolve("my data").toString(), "HTTP_PORT", "0", "LOG_LEVEL", "warn");
  }

  @Test
  void showsEveryStageThenTheExercisesServesThemAndStopsCleanly() {
    try (NodeProcess demo = NodeProcess.start(environment(), "demo")) {
      String served = demo.awaitLine("Served at ");
      assertThat(demo.output())
          .contains(
              "has ended",
              "finding the recording - done",
              "reading the transcript - done",
              "making exercises - done",
              "Flashcards (");

      URI exercises = URI.create(served.substring(served.indexOf("http://")));
      JsonObject body = new JsonObject(NodeProcess.get(exercises).body());
      assertThat(body.getInteger("count")).isEqualTo(1);
      JsonObject set = body.getJsonArray("exercises").getJsonObject(0).getJsonObject("exercises");
      assertThat(set.getJsonArray("flashcards")).isNotEmpty();
      assertThat(set.getJsonArray("fill_blank")).isNotEmpty();

      assertThat(NodeProcess.get(exercises.resolve("/v1/ready")).statusCode()).isEqualTo(200);
      assertThat(NodeProcess.get(exercises.resolve("/docs")).statusCode()).isIn(200, 301, 302);
      assertThat(NodeProcess.get(exercises.resolve("/metrics")).body())
          .contains("lessonweave_stage_seconds_count{outcome=\"completed\",stage=\"generate\"} 1");

      NodeProcess second = NodeProcess.start(environment(), "demo", "--exit");
      assertThat(second.awaitExit(Duration.ofSeconds(30))).isEqualTo(1);
      assertThat(second.output()).contains("DATA_DIR");

      demo.terminate();
      assertThat(demo.awaitExit(Duration.ofSeconds(30)))
          .as("143 is how the JVM ends on SIGTERM")
          .isEqualTo(143);
    }
    NodeProcess again = NodeProcess.start(environment(), "demo", "--exit");
    assertThat(again.awaitExit(Duration.ofSeconds(120))).as(again.output()).isZero();
    assertThat(again.output()).contains("Class 2 has ended", "Flashcards (");
  }

  @Test
  void theLessonComesFromTheImitationOfZoomToo() {
    NodeProcess demo = NodeProcess.start(environment(), "demo", "--zoom", "--exit");
    assertThat(demo.awaitExit(Duration.ofSeconds(150))).as(demo.output()).isZero();
    assertThat(demo.output())
        .contains("finding the recording - done", "making exercises - done", "Flashcards (")
        .doesNotContain(ZoomGrants.MARK);
  }
}
