package launch;

import static org.assertj.core.api.Assertions.assertThat;

import fakes.FakeAssemblyAi;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import transcripts.Limits;
import transcripts.SpeakerHints;
import transcripts.TranscriptReader;

/** A whole node and a fake AssemblyAI: from a sound file in the folder to exercises. */
class TranscriptionTest {
  private static final String SECRET = "hook-secret-of-the-test";
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir static Path folder;
  private static Vertx vertx;
  private static SchoolFixture school;
  private static FakeAssemblyAi assemblyAi;
  private static Node node;
  private static URI url;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    assemblyAi = new FakeAssemblyAi(vertx, "test-key-1").hears(lesson()).doneAfter(0);
    school = new SchoolFixture(folder);
    Map<String, String> environment = new HashMap<>(school.environment());
    environment.put("ASSEMBLYAI_API_KEY", "test-key-1");
    environment.put("ASSEMBLYAI_BASE_URL", assemblyAi.address().toString());
    environment.put("SPEECH_TO_TEXT_ASSEMBLYAI_WEBHOOK_SECRET", SECRET);
    node = Node.create(Node.loadSettings(Optional.empty(), environment, Map.of()));
    node.start().await(60, TimeUnit.SECONDS);
    url = URI.create(node.url());
  }

  @AfterAll
  static void stop() throws Exception {
    node.stop().await(40, TimeUnit.SECONDS);
    school.close();
    assemblyAi.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  /** The demo's lesson as the service hears it: letters for people, milliseconds. */
  private static JsonArray lesson() throws Exception {
    String vtt;
    try (InputStream in = TranscriptionTest.class.getResourceAsStream("/demo/lesson.vtt")) {
      vtt = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    JsonArray heard = new JsonArray();
    Map<String, String> letters = new HashMap<>();
    TranscriptReader.read(
            vtt,
            new SpeakerHints(Optional.empty(), Optional.empty(), Optional.empty()),
            new Limits(1_000_000, Duration.ofHours(3), 20))
        .utterances()
        .forEach(
            turn ->
                heard.add(
                    new JsonObject()
                        .put(
                            "speaker",
                            letters.computeIfAbsent(
                                turn.speaker(), name -> "" + (char) ('A' + letters.size())))
                        .put("start", turn.startMillis())
                        .put("end", turn.endMillis())
                        .put("text", turn.text())
                        .put("confidence", 0.9)));
    return heard;
  }

  private static void sound(long classId) throws Exception {
    Path recordings = Files.createDirectories(folder.resolve("recordings"));
    Path part = Files.write(recordings.resolve("." + classId + ".part"), new byte[200_000]);
    Files.move(part, recordings.resolve(classId + ".m4a"));
  }

  private static JsonObject await(long classId, String text) {
    return NodeProcess.await(
            url.resolve("/v1/zoom-summaries?class_id=" + classId),
            response -> response.statusCode() == 200 && response.body().contains(text),
            PATIENCE)
        .getJsonArray("data")
        .getJsonObject(0);
  }

  private static int webhook(String query, String secret) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve("/v1/webhooks/assemblyai" + query))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(10))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"transcript_id\":\"55-1\",\"status\":\"completed\"}"));
    if (!secret.isEmpty()) {
      request.header("X-Lessonweave-Webhook-Secret", secret);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void soundInTheFolderBecomesExercises() throws Exception {
    sound(1);
    school.endClass(1, false);

    JsonObject lesson = await(1, "\"status\":\"completed\"");

    JsonObject status =
        new JsonObject(
            NodeProcess.get(url.resolve("/v1/lesson-status/" + lesson.getLong("id"))).body());
    assertThat(status.getString("transcription_source")).isEqualTo("assemblyai");
    assertThat(status.getBoolean("exercises_generated")).isTrue();
    var row =
        school
            .postgres(
                "SELECT audio_path, audio_bytes, audio_type, utterances, transcription_metadata"
                    + " FROM zoom_summaries WHERE id = $1",
                lesson.getLong("id"))
            .iterator()
            .next();
    assertThat(row.getString("audio_path")).isEqualTo("1.m4a");
    assertThat(row.getLong("audio_bytes")).isEqualTo(200_000);
    assertThat(row.getString("audio_type")).isEqualTo("audio/mp4");
    assertThat(row.getJsonArray("utterances").encode())
        .contains("\"role\":\"teacher\"")
        .contains("\"role\":\"student\"");
    assertThat(
            row.getJsonObject("transcription_metadata")
                .getJsonArray("speech_to_text")
                .getJsonObject(0)
                .getString("model"))
        .isEqualTo("universal-3-pro");
  }

  @Test
  void theWebhookWakesTheLessonThatWaits() throws Exception {
    sound(2);
    school.endClass(2, false);
    long id = await(2, "\"stage\"").getLong("id");
    // As if the service were slow: the lesson looks again in an hour, not in three seconds.
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (school
            .postgres(
                "UPDATE zoom_summaries SET due_at = now() + interval '1 hour' WHERE id = $1 AND"
                    + " status <> 'processing' AND last_error LIKE '%AssemblyAI%'",
                id)
            .rowCount()
        == 0) {
      assertThat(System.nanoTime()).as("AssemblyAI is asked within %s", PATIENCE).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }

    assertThat(webhook("?lesson=" + id, SECRET)).isEqualTo(204);
    assertThat(webhook("?lesson=" + id, SECRET)).as("a second time").isEqualTo(204);

    await(2, "\"status\":\"completed\"");
  }

  @Test
  void trap10AWebhookWithoutTheSecretIsRefusedAndAnUnknownLessonIsNot() throws Exception {
    assertThat(webhook("?lesson=1", "")).isEqualTo(401);
    assertThat(webhook("?lesson=1", "hook-secret-of-the-tesT")).isEqualTo(401);
    assertThat(webhook("?lesson=999999", SECRET)).isEqualTo(204);
    assertThat(webhook("?lesson=none", SECRET)).isEqualTo(204);
    assertThat(webhook("", SECRET)).isEqualTo(204);
  }
}
