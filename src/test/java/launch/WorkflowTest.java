package launch;

import static org.assertj.core.api.Assertions.assertThat;

import fakes.FakeN8n;
import fakes.FakeRequest;
import fakes.Fault;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node beside the school's n8n workflow. */
class WorkflowTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String SECRET = "test-signing-secret";

  @TempDir Path folder;
  private Vertx vertx;
  private SchoolFixture school;
  private FakeN8n n8n;
  private Node node;
  private URI url;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    school = new SchoolFixture(folder);
    n8n = new FakeN8n(vertx, "test-header-value");
    n8n.workflow(body -> CompletableFuture.runAsync(() -> deliver(body)));
  }

  @AfterEach
  void close() throws TimeoutException {
    if (node != null) {
      node.stop().await(40, TimeUnit.SECONDS);
    }
    school.close();
    n8n.close();
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  private void start(String... settings) throws TimeoutException {
    Map<String, String> environment = new HashMap<>(school.environment());
    environment.put("MONITOR_TRIGGER", "n8n");
    environment.put("N8N_WEBHOOK_URL", n8n.webhook().toString());
    environment.put("N8N_HEADER_NAME", "X-Api-Key");
    environment.put("N8N_HEADER_VALUE", "test-header-value");
    environment.put("N8N_SIGNING_SECRET", SECRET);
    environment.put("N8N_TIMEOUT", "10s");
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    node = Node.create(Node.loadSettings(Optional.empty(), environment, Map.of()));
    node.start().await(60, TimeUnit.SECONDS);
    url = URI.create(node.url());
  }

  /** What the workflow does at its end: the row that older and newer workflows write. */
  private void deliver(JsonObject body) {
    school.postgres(
        "INSERT INTO zoom_summaries (status, transcript, user_id, teacher_id, class_id,"
            + " teacher_email, meeting_date, meeting_topic, transcript_source) VALUES"
            + " ('awaiting_exercises', $1, $2, $3, $4, $5, $6, 'English',"
            + " 'zoom_native_transcript')",
        transcript(),
        body.getString("user_id"),
        body.getString("teacher_id"),
        body.getString("class_id"),
        body.getString("teacher_email"),
        LocalDate.parse(body.getString("date")));
  }

  private static String transcript() {
    try (InputStream lesson = WorkflowTest.class.getResourceAsStream("/demo/lesson.vtt")) {
      return new String(lesson.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitSet(long classId) {
    NodeProcess.await(
        url.resolve("/v1/exercises?class_id=" + classId),
        r -> r.statusCode() == 200 && new JsonObject(r.body()).getInteger("count") >= 1,
        PATIENCE);
  }

  private JsonObject stage(String name) {
    return stage(NodeProcess.get(url.resolve("/v1/work")), name);
  }

  private static JsonObject stage(HttpResponse<String> response, String name) {
    return new JsonObject(response.body())
        .getJsonArray("stages").stream()
            .map(JsonObject.class::cast)
            .filter(stage -> stage.getString("stage").equals(name))
            .findFirst()
            .orElseThrow();
  }

  private void awaitIdle(String name) {
    NodeProcess.await(
        url.resolve("/v1/work"),
        r -> stage(r, name).getInteger("waiting") + stage(r, name).getInteger("running") == 0,
        PATIENCE);
  }

  private long count(String query) {
    return school.postgres(query).iterator().next().getLong(0);
  }

  private JsonObject body(long classId) {
    return new JsonObject()
        .put("user_id", "7")
        .put("teacher_id", "9")
        .put("class_id", Long.toString(classId))
        .put("date", "2026-02-03")
        .put("start_time", "16:00")
        .put("end_time", "16:30")
        .put("teacher_email", "teacher@school.example");
  }

  @Test
  void aClassThatEndsIsToldAndItsDeliveryBecomesExercises() throws Exception {
    start();
    school.endClass(1, false);
    awaitSet(1);
    awaitIdle("deliver");

    assertThat(n8n.runs).hasSize(1);
    FakeRequest call = n8n.runs.get(0);
    assertThat(call.json().getMap().values())
        .allSatisfy(v -> assertThat(v).isInstanceOf(String.class));
    assertThat(call.json().fieldNames())
        .contains(
            "user_id",
            "teacher_id",
            "class_id",
            "date",
            "start_time",
            "end_time",
            "teacher_email",
            "event_id",
            "attempt",
            "occurred_at",
            "schema_version",
            "meeting_start",
            "meeting_end");
    assertThat(call.header("Idempotency-Key")).isEqualTo("class-1");
    assertThat(call.header("X-Event-Id")).isEqualTo(call.json().getString("event_id"));
    String[] signature = call.header("X-Signature").split(",");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    mac.update((signature[0].substring(2) + ".").getBytes(StandardCharsets.UTF_8));
    assertThat(signature[1])
        .isEqualTo("v1=" + HexFormat.of().formatHex(mac.doFinal(call.body().getBytes())));
    assertThat(count("SELECT count(*) FROM zoom_summaries")).isEqualTo(1);
    assertThat(count("SELECT count(*) FROM workflow_triggers WHERE status = 'completed'"))
        .isEqualTo(1);
  }

  @Test
  void aWorkflowThatRunsTwiceMakesOneLesson() throws TimeoutException {
    n8n.workflow(
        body ->
            CompletableFuture.runAsync(
                () -> {
                  deliver(body);
                  deliver(body);
                }));
    start();
    school.endClass(2, false);
    awaitSet(2);
    NodeProcess.await(
        url.resolve("/v1/zoom-summaries?class_id=2"),
        r ->
            new JsonObject(r.body()).getJsonArray("data").size() == 2
                && !r.body().contains("awaiting_exercises")
                && !r.body().contains("processing\""),
        PATIENCE);
    assertThat(count("SELECT count(*) FROM zoom_summaries WHERE merged_into IS NOT NULL"))
        .isEqualTo(1);
    assertThat(count("SELECT count(*) FROM lesson_exercises")).isEqualTo(1);
  }

  @Test
  void withBothTheFirstTranscriptIsTakenAndTheSecondAddsNothing() throws TimeoutException {
    start("MONITOR_TRIGGER", "both");
    school.endClass(3, false);
    awaitSet(3);
    school.record(3);
    awaitIdle("fetch");
    awaitIdle("generate");
    assertThat(count("SELECT count(*) FROM lesson_exercises")).isEqualTo(1);
    assertThat(
            count(
                "SELECT count(*) FROM zoom_summaries WHERE opened_by = 'monitor' AND status ="
                    + " 'completed'"))
        .isEqualTo(1);
  }

  @Test
  void aWorkflowThatRestartsOrLosesTheAnswerIsToldAgainWithTheSameEvent() throws TimeoutException {
    n8n.service.faults.then(Fault.lostAnswer(), Fault.unavailableHtml());
    start();
    school.endClass(4, false);
    NodeProcess.await(
        url.resolve("/v1/work"),
        r -> n8n.service.received.size() == 1 && stage(r, "trigger").getInteger("running") == 0,
        PATIENCE);
    for (int attempt = 2; attempt <= 3; attempt++) {
      int wanted = attempt;
      hasten();
      NodeProcess.await(
          url.resolve("/v1/work"),
          r ->
              n8n.service.received.size() >= wanted
                  && stage(r, "trigger").getInteger("running") == 0,
          PATIENCE);
    }
    awaitSet(4);
    assertThat(n8n.service.received)
        .hasSize(3)
        .extracting(request -> request.header("X-Event-Id"))
        .containsOnly(n8n.service.received.get(0).header("X-Event-Id"));
    assertThat(n8n.service.received)
        .extracting(request -> request.json().getString("attempt"))
        .containsExactly("1", "2", "3");
    assertThat(count("SELECT count(*) FROM lesson_exercises")).isEqualTo(1);
  }

  /** Ends the pause before the next try, once it has begun: the row is leased until then. */
  private void hasten() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (school
            .postgres(
                "UPDATE workflow_triggers SET due_at = now() WHERE stage = 'trigger'"
                    + " AND status <> 'processing' AND due_at > now() RETURNING id")
            .size()
        == 0) {
      assertThat(System.nanoTime()).as("a next try within %s", PATIENCE).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  @Test
  void refusedCredentialsFailTheClassVisiblyAndAreQueuedAgainOnceMended() throws TimeoutException {
    start("N8N_HEADER_VALUE", "test-wrong-value");
    school.endClass(5, false);
    NodeProcess.await(
        url.resolve("/v1/work"), r -> stage(r, "trigger").getInteger("failed") == 1, PATIENCE);
    String reason =
        school.postgres("SELECT last_error FROM workflow_triggers").iterator().next().getString(0);
    assertThat(reason).contains("403").contains("n8n.header-value").doesNotContain("test-wrong");
    node.stop().await(40, TimeUnit.SECONDS);
    start();
    JsonObject answer =
        new JsonObject(NodeProcess.post(url.resolve("/v1/work/trigger/redrive"), "").body());
    assertThat(answer.getInteger("redriven")).isEqualTo(1);
    awaitSet(5);
    assertThat(stage("trigger").getInteger("failed")).isZero();
  }

  @Test
  void theHostCanAskForACallAndIsToldWhatCameOfIt() throws TimeoutException {
    start();
    JsonObject body = body(6);
    n8n.active(false);
    HttpResponse<String> refused = NodeProcess.post(url.resolve("/v1/trigger-n8n"), body.encode());
    assertThat(refused.statusCode()).isEqualTo(502);
    assertThat(refused.body()).contains("n8n.webhook-url").contains("call again");
    n8n.active(true);
    HttpResponse<String> told = NodeProcess.post(url.resolve("/v1/trigger-n8n"), body.encode());
    assertThat(told.statusCode()).isEqualTo(202);
    assertThat(new JsonObject(told.body()).getString("class_id")).isEqualTo("6");
    assertThat(n8n.runs).hasSize(1);
    assertThat(n8n.runs.get(0).json()).isEqualTo(body);
    HttpResponse<String> again = NodeProcess.post(url.resolve("/v1/trigger-n8n"), body.encode());
    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(new JsonObject(again.body()).getBoolean("already_exists")).isTrue();
    assertThat(n8n.runs).hasSize(1);
    awaitSet(6);
    awaitIdle("deliver");
  }
}
