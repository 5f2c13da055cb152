package launch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import demo.CloudLesson;
import demo.ImitationZoom;
import demo.ZoomGrants;
import fakes.FakeRequest;
import fakes.FakeZoom;
import fakes.Fault;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Five hundred lessons through a Zoom that fails every fifth call: each gets its own recording,
 * once, and no token gets out. The same with the node killed every few seconds.
 */
@Tag("slow")
class ZoomLoadIT {
  private static final int LESSONS = 500;
  private static final int TEACHERS = 25;
  private static final Duration PATIENCE = Duration.ofSeconds(240);

  /** How much each node that is killed may do before, and how long it may take for it. */
  private static final int LESSONS_A_LIFE = 40;

  private static final Duration LIFE = Duration.ofSeconds(75);
  private static final String WEBHOOK_SECRET = "webhook-secret-1";

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<CloudLesson> late = new ArrayList<>();
  private final List<CloudLesson> all = new ArrayList<>();
  private SchoolFixture school;
  private ImitationZoom zoom;
  private FakeZoom fake;
  private int authorisations;

  @BeforeEach
  void open() {
    school = new SchoolFixture(folder);
    school.postgres("CREATE TABLE arrivals (lesson BIGINT, recording TEXT)");
    school.postgres(
        "CREATE FUNCTION arrive() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO arrivals"
            + " VALUES (NEW.id, NEW.recording_name); RETURN NULL; END $$");
    school.postgres(
        "CREATE TRIGGER arrive AFTER UPDATE OF transcript_original ON zoom_summaries FOR EACH ROW"
            + " EXECUTE FUNCTION arrive()");
  }

  @AfterEach
  void close() throws Exception {
    fake.close();
    school.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private Map<String, String> environment(boolean serverToServer) {
    zoom = new ImitationZoom("client-1", "secret-1", serverToServer);
    fake = FakeZoom.start(vertx, zoom);
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 7);
    Map<String, String> environment = new HashMap<>(school.environment());
    environment.put("ZOOM_CLIENT_ID", "client-1");
    environment.put("ZOOM_CLIENT_SECRET", "secret-1");
    if (serverToServer) {
      environment.put("ZOOM_ACCOUNT_ID", "account-1");
    } else {
      environment.put("ZOOM_REFRESH_TOKEN", zoom.grants.refreshToken());
    }
    environment.put("ZOOM_TOKEN_KEYS", Base64.getEncoder().encodeToString(key));
    environment.put("ZOOM_API_URL", fake.api.address() + "/v2");
    environment.put("ZOOM_TOKEN_URL", fake.api.address() + "/oauth/token");
    environment.put("ZOOM_WEBHOOK_SECRET", WEBHOOK_SECRET);
    environment.put("ZOOM_PLAN", "business");
    environment.put("ZOOM_RATE_PERCENT", "100");
    environment.put("ZOOM_REQUEST_TIMEOUT", "2s");
    environment.put("ZOOM_RECONCILE_INTERVAL", "5s");
    // nodes that are killed never bring what they had asked for
    environment.put("ZOOM_TOKEN_TIMEOUT", "4s");
    environment.put("ZOOM_RENEWAL_GRACE", "5s");
    environment.put("VERTICLES", "GameHttp:1,ZoomFetcher:2");
    return environment;
  }

  /** Every fifth call goes wrong; of the token service's only what loses no rotation. */
  private void faults() {
    Predicate<FakeRequest> calls = request -> !request.path().equals("/oauth/token");
    Fault[] kinds = {
      Fault.reset(),
      Fault.lostAnswer(),
      Fault.slow(Duration.ofMillis(300)),
      Fault.cutBody(),
      Fault.tooManySeconds(1),
      Fault.tooMany(),
      Fault.unavailableHtml(),
      Fault.serverError(),
      Fault.htmlInstead(),
      Fault.refusal(401, "{\"code\":124,\"message\":\"Access token is expired.\"}")
    };
    fake.api.faults.share(0.2, 42, calls, kinds);
    fake.storage.faults.share(
        0.2, 43, Fault.reset(), Fault.cutBody(), Fault.serverError(), Fault.htmlInstead());
  }

  /** Lessons of several teachers, some by meeting id and some by time, some not ready at once. */
  private void lessons() {
    LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    for (int i = 0; i < LESSONS; i++) {
      LocalDateTime start = day.atTime(i / TEACHERS, 0);
      String teacher = "teacher" + i % TEACHERS + "@school.example";
      long number = 80_000_000_000L + i;
      CloudLesson lesson =
          new CloudLesson(
                  "/" + CloudLesson.newUuid(),
                  number,
                  teacher,
                  "Lesson",
                  start.toInstant(ZoneOffset.UTC),
                  Duration.ofMinutes(30))
              .segment(
                  Duration.ZERO,
                  Buffer.buffer(
                      "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nTeacher: lesson " + i + "\n"))
              .notYet(i % 5 == 0 ? 1 : 0);
      if (i % 10 == 3) {
        late.add(lesson.withoutTranscriptYet());
      }
      zoom.add(lesson);
      all.add(lesson);
      school.postgres(
          "INSERT INTO zoom_summaries (class_id, user_id, teacher_id, teacher_email, meeting_date,"
              + " start_time, end_time, meeting_id, status, stage, due_at) VALUES ($1, 'u', 't',"
              + " $2, $3, $4, $5, $6, 'pending', 'fetch', now())",
          "class-" + i,
          teacher,
          day,
          start.toLocalTime().toString(),
          start.toLocalTime().plusMinutes(30).toString(),
          i % 2 == 0 ? Long.toString(number) : null);
    }
  }

  private long done() {
    return school
        .postgres("SELECT count(*) FROM zoom_summaries WHERE stage = 'transcribe'")
        .iterator()
        .next()
        .getLong(0);
  }

  /** Webhooks for what was late, each twice; some get lost. */
  private void finishLate(URI node) {
    for (int i = 0; i < late.size(); i++) {
      late.get(i).transcribed();
      for (int copy = 0; i % 5 != 0 && copy < 2; copy++) {
        var webhook =
            zoom.event(
                "recording.transcript_completed", late.get(i), WEBHOOK_SECRET, Instant.now());
        HttpRequest.Builder request =
            HttpRequest.newBuilder(node.resolve(webhook.uri()))
                .timeout(Duration.ofSeconds(5))
                .POST(HttpRequest.BodyPublishers.ofByteArray(webhook.body().getBytes()));
        webhook.headers().forEach(header -> request.header(header.getKey(), header.getValue()));
        try {
          assertThat(http.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode())
              .isEqualTo(204);
        } catch (IOException | InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
    late.clear();
  }

  /**
   * An answer of the token service that dies with its process costs the authorisation: nobody can
   * ask Zoom again. The status says so, and here is the operator who does what it says.
   */
  private void authoriseAnewIfAsked(Map<String, String> environment) {
    boolean asked =
        school.postgres("SELECT 1 FROM zoom_tokens WHERE state = 'authorize'").iterator().hasNext();
    if (asked) {
      Map<String, String> more = new HashMap<>(environment);
      more.put("ZOOM_REFRESH_TOKEN", zoom.grants.refreshToken());
      more.put("DATA_DIR", folder.resolve("operator").toString());
      NodeProcess command = NodeProcess.start(more, "zoom", "authorize");
      assertThat(command.awaitExit(Duration.ofSeconds(60))).as(command.output()).isZero();
      noTokenIn("the command's output", command.output());
      authorisations++;
    }
  }

  private void until(long count, long deadline) {
    while (done() < count) {
      if (System.nanoTime() > deadline) {
        List<String> left = new ArrayList<>();
        school
            .postgres(
                "SELECT id, status, last_error FROM zoom_summaries WHERE stage = 'fetch' LIMIT 5")
            .forEach(row -> left.add(row.deepToString()));
        throw new AssertionError(done() + " of " + count + " lessons were fetched; left: " + left);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }

  /** Every lesson has its own recording, and got it once. */
  private void eachOnce() {
    Map<String, String> transcripts = new HashMap<>();
    school
        .postgres("SELECT class_id, transcript_original, recording_name FROM zoom_summaries")
        .forEach(
            row -> {
              int number = Integer.parseInt(row.getString(0).substring("class-".length()));
              assertThat(row.getString(1)).contains("lesson " + number + "\n");
              assertThat(row.getString(2)).isEqualTo("zoom:" + all.get(number).uuid());
              transcripts.put(row.getString(2), row.getString(0));
            });
    assertThat(transcripts).hasSize(LESSONS);
    var arrivals =
        school.postgres("SELECT count(*), count(DISTINCT lesson) FROM arrivals").iterator().next();
    assertThat(arrivals.getLong(0)).isEqualTo(LESSONS);
    assertThat(arrivals.getLong(1)).isEqualTo(LESSONS);
    assertThat(zoom.leaks).hasValue(0);
  }

  private void noTokenIn(String what, String text) {
    assertThat(text.contains(ZoomGrants.MARK)).as("a token got into " + what).isFalse();
  }

  private void noTokenInTables() {
    for (String table :
        List.of("zoom_tokens", "zoom_events", "zoom_rates", "zoom_summaries", "work_pauses")) {
      school
          .postgres("SELECT t::text FROM " + table + " t")
          .forEach(row -> noTokenIn(table, row.getString(0)));
    }
  }

  private void noTokenInFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        noTokenIn(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
  }

  @Test
  void everyLessonEndsOnceThoughEveryFifthCallFails() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.list = new CopyOnWriteArrayList<>();
    lines.start();
    Map<String, String> environment = environment(true);
    faults();
    lessons();
    long begun = System.nanoTime();
    Node node = Node.create(Node.loadSettings(Optional.empty(), environment, Map.of()));
    Logger outbound = (Logger) LoggerFactory.getLogger("outbound");
    outbound.setLevel(Level.DEBUG);
    root.addAppender(lines);
    try {
      node.start().await(60, TimeUnit.SECONDS);
      until(LESSONS - late.size() - 60, begun + PATIENCE.toNanos());
      finishLate(URI.create(node.url()));
      until(LESSONS, begun + PATIENCE.toNanos());
      noTokenIn("metrics", NodeProcess.get(URI.create(node.url()).resolve("/metrics")).body());
    } finally {
      node.stop().await(40, TimeUnit.SECONDS);
      root.detachAppender(lines);
      outbound.setLevel(null);
    }
    System.out.printf(
        "%d lessons with %d faults in %d calls: %d s%n",
        LESSONS,
        fake.api.faults.struck().size() + fake.storage.faults.struck().size(),
        fake.api.received.size() + fake.storage.received.size(),
        Duration.ofNanos(System.nanoTime() - begun).toSeconds());
    eachOnce();
    assertThat(lines.list).isNotEmpty();
    lines.list.forEach(line -> noTokenIn("the log", String.valueOf(line.getFormattedMessage())));
    noTokenInTables();
    noTokenInFiles();
  }

  @Test
  void killedEveryFewSecondsItDoesTheSame() throws Exception {
    Map<String, String> environment = environment(false);
    zoom.grants.life(Duration.ofSeconds(10));
    faults();
    lessons();
    long begun = System.nanoTime();
    List<String> output = new ArrayList<>();
    int kills = 0;
    for (int round = 0; round < 5; round++) {
      NodeProcess node = NodeProcess.start(environment, "serve");
      node.awaitReady();
      // It dies at work. The moment of the blow is the test's input.
      long goal = done() + LESSONS_A_LIFE;
      long enough = System.nanoTime() + LIFE.toNanos();
      while (done() < goal && System.nanoTime() < enough) {
        authoriseAnewIfAsked(environment);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150L * round));
      node.kill();
      kills++;
      output.add(node.output());
    }
    long before = done();
    assertThat(before).as("lessons done by nodes that were killed").isPositive();
    authoriseAnewIfAsked(environment);
    try (NodeProcess node = NodeProcess.start(environment, "serve")) {
      URI url = node.awaitReady();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (done() < LESSONS - late.size() - 60 && System.nanoTime() < deadline) {
        authoriseAnewIfAsked(environment);
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      }
      until(LESSONS - late.size() - 60, deadline);
      finishLate(url);
      until(LESSONS, deadline);
      noTokenIn("metrics", NodeProcess.get(url.resolve("/metrics")).body());
      output.add(node.output());
    }
    System.out.printf(
        "%d lessons, %d kills (%d lessons done by then), %d refreshes, authorised anew %d times: %d"
            + " s%n",
        LESSONS,
        kills,
        before,
        zoom.grants.given(),
        authorisations,
        Duration.ofNanos(System.nanoTime() - begun).toSeconds());
    eachOnce();
    assertThat(fake.mostRefreshing).hasValueLessThanOrEqualTo(1);
    output.forEach(text -> noTokenIn("the log", text));
    noTokenInTables();
    noTokenInFiles();
  }
}
