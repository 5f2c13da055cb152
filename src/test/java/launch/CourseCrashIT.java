package launch;

import static org.assertj.core.api.Assertions.assertThat;

import courses.content.Replies;
import fakes.FakeModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A course's job under SIGKILL and under cancellation, with a model on a real socket. */
@Tag("slow")
class CourseCrashIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String OWNER = "owner-1";

  /** Which prompts the tasks of a kind use, and how many calls one of them makes at most. */
  private static final Map<String, List<String>> KINDS =
      Map.ofEntries(
          Map.entry("course-validate", List.of("validate")),
          Map.entry("course-categorise", List.of("categorize")),
          Map.entry("course-outline", List.of("structure")),
          Map.entry("course-lesson", List.of("lesson")),
          Map.entry("course-exercises", List.of("exercises")),
          Map.entry("course-concepts", List.of("concepts")),
          Map.entry("course-flashcards", List.of("flashcards")),
          Map.entry("course-questions", List.of("mcqs", "assess")),
          Map.entry("course-article", List.of("article")),
          Map.entry("course-takeaways", List.of("article")),
          Map.entry("course-faq", List.of("article")),
          Map.entry("course-game", List.of("word_game")),
          Map.entry("course-script", List.of("audio")),
          Map.entry("course-suggestions", List.of("suggestions")));

  private static final int MOST_CALLS_A_TASK = 2;

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private FakeModel model;
  private SchoolFixture school;
  private int progress;

  @BeforeEach
  void open() {
    school = new SchoolFixture(folder);
    model = Replies.speak(FakeModel.start(vertx), "").takes(Duration.ofMillis(300));
  }

  @AfterEach
  void close() throws Exception {
    school.close();
    model.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private NodeProcess node() {
    Map<String, String> environment = school.environment();
    environment.put("AUTH_MODE", "compat");
    environment.put("VERTICLES", "GameHttp,CourseGenerator,LanguageModel");
    environment.put("LANGUAGE_MODEL_ORDER", "openai");
    environment.put("LANGUAGE_MODEL_AUDIO_ORDER", "openai");
    environment.put("LANGUAGE_MODEL_OPENAI_BASE_URL", model.address().toString());
    environment.put("LANGUAGE_MODEL_OPENAI_MODEL", "model-a");
    environment.put("LANGUAGE_MODEL_OPENAI_CONCURRENCY", "4");
    environment.put("LANGUAGE_MODEL_OPENAI_TOKENS_PER_MINUTE", "0");
    environment.put("OPENAI_API_KEY", "test-key-1");
    return NodeProcess.start(environment, "serve");
  }

  private JsonObject start(URI node) throws Exception {
    JsonObject source = new JsonObject().put("type", "text").put("text", text());
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(node.resolve("/api/v1/course-jobs"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        new JsonObject().put("source", source).encode())));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return new JsonObject(answer.body());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(
        request.header("X-User-Id", OWNER).timeout(Duration.ofSeconds(20)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String text() throws IOException {
    try (InputStream in =
        CourseCrashIT.class.getClassLoader().getResourceAsStream("courses/bread.md")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private JsonObject job(URI node, JsonObject accepted) throws Exception {
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(node.resolve(accepted.getString("statusUrl"))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonObject job = new JsonObject(answer.body());
    assertThat(job.getInteger("progressPercentage")).isGreaterThanOrEqualTo(progress);
    progress = job.getInteger("progressPercentage");
    return job;
  }

  private JsonObject awaitProgress(URI node, JsonObject accepted, int percent) throws Exception {
    JsonObject[] now = new JsonObject[1];
    await(
        percent + " %",
        () -> {
          try {
            now[0] = job(node, accepted);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
          return progress >= percent;
        });
    return now[0];
  }

  private static void await(String what, BooleanSupplier done) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private record Asked(String prompt, int conversation) {}

  private Map<Asked, Long> asked() {
    return model.served().stream()
        .collect(
            Collectors.groupingBy(
                call -> new Asked(call.prompt(), call.conversation()), Collectors.counting()));
  }

  /** What was known when a node died. */
  private record Moment(Map<Asked, Long> asked, Map<String, Integer> unfinished) {}

  /** Read from the database, for nobody else is left to ask. */
  private Moment moment(String job) {
    Map<String, Integer> unfinished = new HashMap<>();
    for (var row :
        school.postgres(
            "SELECT kind, count(*) AS n FROM course_task WHERE status <> 'completed' AND job_id ="
                + " $1 GROUP BY kind",
            java.util.UUID.fromString(job))) {
      unfinished.put(row.getString("kind"), row.getLong("n").intValue());
    }
    await("the model to end what nobody hears", () -> model.running() == 0);
    return new Moment(asked(), unfinished);
  }

  @Test
  void killedThreeTimesTheJobEndsWithoutPayingForAnythingTwice() throws Exception {
    // so there is a moment when this is all that is left
    model.takes("course-suggestions", Duration.ofSeconds(3));
    JsonObject accepted = null;
    Map<Integer, Moment> moments = new HashMap<>();
    for (int percent : new int[] {30, 60, 86}) {
      NodeProcess node = node();
      try {
        URI address = node.awaitReady();
        accepted = accepted == null ? start(address) : accepted;
        awaitProgress(address, accepted, percent);
      } finally {
        node.kill();
      }
      moments.put(percent, moment(accepted.getString("jobId")));
    }
    JsonObject done;
    try (NodeProcess node = node()) {
      done = awaitProgress(node.awaitReady(), accepted, 100);
    }
    assertThat(done.getString("status")).as(done.encodePrettily()).isEqualTo("completed");
    assertThat(done.getString("courseId")).isEqualTo(accepted.getString("courseId"));
    JsonArray parts = done.getJsonArray("parts");
    assertThat(parts).hasSizeGreaterThan(15);
    Map<Asked, Long> all = asked();
    moments.forEach((percent, moment) -> paidOnce(percent, moment, all));
  }

  /** Only what was not finished at that moment may have been asked again after it. */
  private static void paidOnce(int percent, Moment moment, Map<Asked, Long> all) {
    Map<String, Long> again =
        moment.asked().entrySet().stream()
            .filter(before -> all.get(before.getKey()) > before.getValue())
            .collect(
                Collectors.groupingBy(before -> before.getKey().prompt(), Collectors.counting()));
    again.forEach(
        (prompt, repeated) ->
            assertThat(repeated)
                .as("%s asked again after the kill at %d %%: %s", prompt, percent, moment)
                .isLessThanOrEqualTo(
                    (long) MOST_CALLS_A_TASK
                        * KINDS.get(prompt).stream()
                            .mapToInt(kind -> moment.unfinished().getOrDefault(kind, 0))
                            .sum()));
    assertThat(moment.unfinished()).doesNotContainKeys("extract", "validate", "structure");
  }

  @Test
  void cancellingResetsCallsUnderWayAndFreesTheirKeys() throws Exception {
    model.takes("course-lesson", Duration.ofSeconds(50));
    try (NodeProcess node = node()) {
      URI address = node.awaitReady();
      JsonObject accepted = start(address);
      // other parts' calls come and go meanwhile, and under load one may be asked again
      await("both lessons at the model", () -> model.running("course-lesson") >= 2);
      int before = model.service().hungUp.get();
      HttpResponse<String> cancelled =
          send(
              HttpRequest.newBuilder(
                      address.resolve(accepted.getString("statusUrl") + "/cancel?discard=true"))
                  .POST(HttpRequest.BodyPublishers.noBody()));
      long told = System.nanoTime();
      assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(202);
      await("the calls to be reset", () -> model.service().hungUp.get() >= before + 2);
      assertThat(System.nanoTime() - told).isLessThan(TimeUnit.SECONDS.toNanos(10));
      assertThat(new JsonObject(cancelled.body()).getString("status")).isEqualTo("cancelled");
      HttpResponse<String> content =
          send(
              HttpRequest.newBuilder(
                  address.resolve(
                      "/api/v1/courses/" + accepted.getString("courseId") + "/content")));
      assertThat(new JsonObject(content.body()).getJsonArray("chapters")).isEmpty();
    }
  }
}
