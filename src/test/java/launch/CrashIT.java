package launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL at any moment of the demo, and a new start finishes the lesson exactly once. */
@Tag("slow")
class CrashIT {
  /** What the demo says on its way, in order; a blow falls at each. */
  private static final List<String> MOMENTS =
      List.of(
          "is being held",
          "has ended",
          "finding the recording ...",
          "reading the transcript ...",
          "making exercises ...",
          "making exercises - done");

  @TempDir Path folder;

  @Test
  void killedAtManyMomentsTheLessonIsFinishedExactlyOnce() throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("DATA_DIR", folder.resolve("data").toString());
    environment.put("HTTP_PORT", "0");

    // Moments of a first start: unpacking, initialising, migrating, opening; later ones hit the
    // pipeline.
    for (int millis : new int[] {600, 2_500, 5_000}) {
      killAfter(environment, millis);
    }
    for (int moment = 0; moment < MOMENTS.size(); moment++) {
      killAt(environment, moment);
    }
    NodeProcess last = NodeProcess.start(environment, "demo", "--exit");
    assertThat(last.awaitExit(Duration.ofSeconds(150))).as(last.output()).isZero();

    // Whatever was killed when: no class has two lessons, no lesson two sets, and nothing is left
    // undone.
    try (NodeProcess node =
        NodeProcess.start(
            environment,
            "serve",
            "--verticles",
            "GameHttp,ExerciseGenerator,TranscriptProcessor,ZoomFetcher,ClassMonitor")) {
      var url = node.awaitReady();
      var lessons =
          NodeProcess.await(
                  url.resolve("/v1/zoom-summaries?limit=100"),
                  r -> r.statusCode() == 200,
                  Duration.ofSeconds(10))
              .getJsonArray("data");
      assertThat(lessons).isNotEmpty();
      assertThat(
              lessons.stream()
                  .map(lesson -> ((io.vertx.core.json.JsonObject) lesson).getString("class_id"))
                  .toList())
          .doesNotHaveDuplicates();
      for (Object lesson : lessons) {
        var json = (io.vertx.core.json.JsonObject) lesson;
        assertThat(json.getString("status")).isEqualTo("completed");
        var sets =
            NodeProcess.await(
                url.resolve("/v1/exercises?class_id=" + json.getString("class_id")),
                r -> r.statusCode() == 200,
                Duration.ofSeconds(10));
        assertThat(sets.getInteger("count")).isEqualTo(1);
      }
    }
    try (var left = Files.list(folder.resolve("data"))) {
      assertThat(left)
          .allSatisfy(file -> assertThat(file.getFileName().toString()).doesNotEndWith(".part"));
    }
  }

  private static void killAfter(Map<String, String> environment, int millis) {
    NodeProcess demo = NodeProcess.start(environment, "demo", "--exit");
    // Not a wait for something to happen: the moment of the blow is the test's input.
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    demo.kill();
  }

  private static void killAt(Map<String, String> environment, int moment) {
    NodeProcess demo = NodeProcess.start(environment, "demo", "--exit");
    // The run before may have got further than its last line told, so that this one never says
    // what is waited for: then the blow falls at the next thing it says.
    List<String> fromHere = MOMENTS.subList(moment, MOMENTS.size());
    demo.awaitLine(
        line ->
            fromHere.stream()
                    .anyMatch(
                        one ->
                            line.contains(one)
                                || one.endsWith(" ...")
                                    && line.contains(one.replace(" ...", " - done")))
                || moment == 0 && line.startsWith("Taking up"),
        Duration.ofSeconds(120));
    demo.kill();
  }
}
