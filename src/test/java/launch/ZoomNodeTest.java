package launch;

import static org.assertj.core.api.Assertions.assertThat;

import demo.CloudLesson;
import demo.ImitationZoom;
import demo.ZoomExchange.Asked;
import fakes.FakeAssemblyAi;
import fakes.FakeRequest;
import fakes.FakeZoom;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node and a Zoom on real sockets: how waiting lessons get to know of their recording. */
class ZoomNodeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String WEBHOOK_SECRET = "webhook-secret-1";
  private static final String TEACHER = "teacher@school.example";
  private static final Predicate<FakeRequest> DOWNLOAD =
      request -> request.path().startsWith("/rec/download/");

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final ImitationZoom zoom = new ImitationZoom("client-1", "secret-1", true);
  private final FakeZoom fake = FakeZoom.start(vertx, zoom);
  private SchoolFixture school;
  private FakeAssemblyAi listener;
  private Node node;
  private URI url;

  @AfterEach
  void stop() throws Exception {
    node.stop().await(40, TimeUnit.SECONDS);
    school.close();
    fake.close();
    if (listener != null) {
      listener.close();
    }
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private void start(String... more) throws Exception {
    school = new SchoolFixture(folder);
    Map<String, String> environment = new HashMap<>(school.environment());
    environment.put("ZOOM_ACCOUNT_ID", "account-1");
    environment.put("ZOOM_CLIENT_ID", "client-1");
    environment.put("ZOOM_CLIENT_SECRET", "secret-1");
    environment.put("ZOOM_API_URL", fake.api.address() + "/v2");
    environment.put("ZOOM_TOKEN_URL", fake.api.address() + "/oauth/token");
    environment.put("ZOOM_WEBHOOK_SECRET", WEBHOOK_SECRET);
    environment.put("ZOOM_PLAN", "business");
    environment.put("ZOOM_TOKEN_KEYS", Base64.getEncoder().encodeToString(new byte[32]));
    environment.put("ZOOM_RECONCILE_INTERVAL", "1h");
    environment.put("VERTICLES", "GameHttp:1,ZoomFetcher:1,TranscriptProcessor:1");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    node = Node.create(Node.loadSettings(Optional.empty(), environment, Map.of()));
    node.start().await(60, TimeUnit.SECONDS);
    url = URI.create(node.url());
  }

  private static Instant tenYesterday() {
    return Instant.now().truncatedTo(ChronoUnit.DAYS).minus(14, ChronoUnit.HOURS);
  }

  private CloudLesson recorded(long number) {
    return new CloudLesson(
        CloudLesson.newUuid(), number, TEACHER, "English", tenYesterday(), Duration.ofMinutes(30));
  }

  private static Buffer transcript(int segment) {
    return Buffer.buffer(
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\nTeacher: the words of part "
            + segment
            + " are ladder, bucket and brush\n\n2\n00:00:05.000 --> 00:00:08.000\n"
            + "Student: I climbed the ladder with a bucket and a brush in my hand\n");
  }

  /** A lesson of that time that looks for its recording at once. */
  private long lesson() {
    LocalDateTime start = LocalDateTime.ofInstant(tenYesterday(), ZoneOffset.UTC);
    return school
        .postgres(
            "INSERT INTO zoom_summaries (class_id, user_id, teacher_id, teacher_email,"
                + " meeting_date, start_time, end_time, status, stage, due_at) VALUES ('c', 'u',"
                + " 't', $1, $2, '10:00', '10:30', 'pending', 'fetch', now()) RETURNING id",
            TEACHER,
            start.toLocalDate())
        .iterator()
        .next()
        .getLong("id");
  }

  private Row row(long id) {
    return school
        .postgres(
            "SELECT status, stage, last_error, transcript_original, transcript_source, audio_parts,"
                + " utterances"
                + " FROM zoom_summaries WHERE id = $1",
            id)
        .iterator()
        .next();
  }

  /** Looks until the row fits; the pause between looks is not what is waited for. */
  private Row row(long id, Predicate<Row> fits) {
    until(() -> fits.test(row(id)), () -> row(id).deepToString());
    return row(id);
  }

  private static void until(BooleanSupplier fits, Supplier<String> otherwise) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!fits.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + PATIENCE + ": " + otherwise.get());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /** Waits until the lesson waits, then makes it wait for much longer than the test lasts. */
  private void putOff(long id, String reason) {
    row(
        id,
        row ->
            row.getString("status").equals("pending")
                && String.valueOf(row.getString("last_error")).contains(reason));
    assertThat(
            school
                .postgres(
                    "UPDATE zoom_summaries SET due_at = now() + interval '1 hour' WHERE id = $1"
                        + " AND status = 'pending' AND stage = 'fetch'",
                    id)
                .rowCount())
        .isEqualTo(1);
  }

  private void send(Asked webhook) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve(webhook.uri()))
            .timeout(Duration.ofSeconds(5))
            .POST(HttpRequest.BodyPublishers.ofByteArray(webhook.body().getBytes()));
    webhook.headers().forEach(header -> request.header(header.getKey(), header.getValue()));
    assertThat(
            HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(204);
  }

  private static boolean fetched(Row row) {
    return row.getString("transcript_original") != null;
  }

  @Test
  void aWebhookWakesTheLessonThatWaitsAndItsTokenDownloadsTheFile() throws Exception {
    start();
    CloudLesson recorded = recorded(81).segment(Duration.ZERO, transcript(1)).processing();
    zoom.add(recorded);
    long id = lesson();
    putOff(id, "no cloud recording");

    recorded.ready();
    Asked webhook =
        zoom.event("recording.transcript_completed", recorded, WEBHOOK_SECRET, Instant.now());
    send(webhook);

    assertThat(row(id, ZoomNodeTest::fetched).getString("transcript_original"))
        .contains("words of part 1");
    String token = new JsonObject(webhook.body()).getString("download_token");
    assertThat(fake.api.received)
        .filteredOn(DOWNLOAD)
        .isNotEmpty()
        .allSatisfy(
            request -> assertThat(request.header("Authorization")).isEqualTo("Bearer " + token));
  }

  @Test
  void whatNoWebhookToldTheReconcilerFinds() throws Exception {
    start("ZOOM_RECONCILE_INTERVAL", "500ms");
    CloudLesson recorded = recorded(81).segment(Duration.ZERO, transcript(1)).processing();
    zoom.add(recorded);
    long id = lesson();
    putOff(id, "no cloud recording");

    recorded.ready();

    assertThat(row(id, ZoomNodeTest::fetched).getString("transcript_original"))
        .contains("words of part 1");
  }

  @Test
  void theSoundOfSeveralSegmentsIsHeardAsOneLessonAndThenDeleted() throws Exception {
    listener = new FakeAssemblyAi(vertx, "test-key-1").hears(heard()).doneAfter(0);
    Path kept = folder.resolve("zoom-audio").resolve("999999999");
    Files.createDirectories(kept);
    Files.writeString(kept.resolve("audio-0.m4a.abc.part"), "a download of a killed process");
    Files.setLastModifiedTime(
        kept.resolve("audio-0.m4a.abc.part"),
        FileTime.from(Instant.now().minus(1, ChronoUnit.HOURS)));
    Path mine = Files.createDirectories(folder.resolve("recordings")).resolve("other.m4a");
    Files.write(mine, new byte[50_000]);
    start(
        "ZOOM_TRANSCRIPT_WAIT", "0s",
        "ASSEMBLYAI_API_KEY", "test-key-1",
        "ASSEMBLYAI_BASE_URL", listener.address().toString());
    CloudLesson recorded =
        recorded(81).segment(Duration.ZERO, null).segment(Duration.ofMinutes(15), null);
    zoom.add(recorded);
    long id = lesson();

    Row row = row(id, found -> found.getString("stage").equals("generate"));

    assertThat(row.getString("transcript_source")).isEqualTo("assemblyai");
    JsonArray parts = row.getJsonArray("audio_parts");
    assertThat(parts).hasSize(2);
    assertThat(parts.getJsonObject(1).getLong("offset_ms")).isEqualTo(15 * 60_000L);
    assertThat(listener.created).hasValue(2);
    assertThat(row.getJsonArray("utterances"))
        .anySatisfy(turn -> assertThat(((JsonObject) turn).getLong("start_ms")).isLessThan(60_000))
        .anySatisfy(
            turn ->
                assertThat(((JsonObject) turn).getLong("start_ms")).isGreaterThan(15 * 60_000L));
    Path downloads = folder.resolve("zoom-audio");
    until(() -> files(downloads).isEmpty(), () -> files(downloads).toString());
    assertThat(mine).exists();
  }

  private static List<Path> files(Path below) {
    try (Stream<Path> files = Files.walk(below)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What is said in a lesson, half of it by each of two people. */
  private static JsonArray heard() {
    JsonArray turns = new JsonArray();
    for (int i = 0; i < 10; i++) {
      turns.add(
          new JsonObject()
              .put("speaker", i % 2 == 0 ? "A" : "B")
              .put("start", i * 10_000)
              .put("end", i * 10_000 + 8_000)
              .put("confidence", 0.9)
              .put(
                  "text",
                  i % 2 == 0
                      ? "Please tell me what you did with word number " + i + " after school."
                      : "I wrote a long letter about number " + i + " to my old friend in town."));
    }
    return turns;
  }
}
