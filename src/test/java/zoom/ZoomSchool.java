package zoom;

import demo.CloudLesson;
import demo.ImitationZoom;
import fakes.FakeZoom;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import lessons.LessonDatabases;
import lessons.LessonStore;
import settings.Settings;
import settings.SettingsLoader;

/**
 * A school with a Zoom account: the fake, migrated databases, and what asks the one for the other.
 */
final class ZoomSchool implements AutoCloseable {
  static final String TEACHER = "maya+a@school.example";
  static final String TRANSCRIPT =
      "WEBVTT\r\n\r\n1\r\n00:00:02.656 --> 00:00:03.230\r\nMaya: Good morning everyone.\r\n";

  final LessonDatabases databases = new LessonDatabases();
  final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final FakeZoom fake;
  final Settings settings;
  final ZoomAccount account;
  volatile List<RecordingWindow> rivals = List.of();
  volatile Optional<Instant> seen = Optional.empty();

  /** A school with the server-to-server grant. */
  static ZoomSchool ofAccount(String... more) {
    return new ZoomSchool(true, Map.of(), more);
  }

  /** A school with the refresh grant, whose first token is in the settings. */
  static ZoomSchool ofUser(String... more) {
    return new ZoomSchool(false, Map.of(), more);
  }

  /**
   * @param more environment names and values, in turns
   */
  private ZoomSchool(boolean serverToServer, Map<String, String> none, String... more) {
    ImitationZoom zoom = new ImitationZoom("client-1", "secret-1", serverToServer);
    fake = FakeZoom.start(databases.vertx, zoom);
    Map<String, String> environment = new HashMap<>(none);
    environment.put("ZOOM_CLIENT_ID", "client-1");
    environment.put("ZOOM_CLIENT_SECRET", "secret-1");
    if (serverToServer) {
      environment.put("ZOOM_ACCOUNT_ID", "account-1");
    } else {
      environment.put("ZOOM_REFRESH_TOKEN", zoom.grants.refreshToken());
    }
    environment.put("SPEECH_TO_TEXT_LOCAL_BASE_URL", "http://127.0.0.1:9/v1");
    environment.put("ZOOM_TOKEN_KEYS", key(1));
    environment.put("ZOOM_API_URL", fake.api.address() + "/v2");
    environment.put("ZOOM_TOKEN_URL", fake.api.address() + "/oauth/token");
    environment.put("ZOOM_PLAN", "business");
    environment.put("ZOOM_RATE_PERCENT", "100");
    environment.put("ZOOM_TOKEN_TIMEOUT", "4s");
    environment.put("ZOOM_REQUEST_TIMEOUT", "10s");
    environment.put("DATA_DIR", databases.settings.dataDir().toString());
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    settings =
        LessonDatabases.await(
                new SettingsLoader(databases.vertx, Set.of("ZoomFetcher"))
                    .load(Optional.empty(), environment, Map.of()))
            .withDatabases(databases.settings.mysql(), databases.settings.postgres());
    account = account("node-1");
  }

  /** 32 bytes, base64. */
  static String key(int seed) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) seed);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Another process of the fleet. */
  ZoomAccount account(String node) {
    return ZoomAccount.open(
            databases.vertx,
            settings,
            databases.postgres,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            node)
        .orElseThrow();
  }

  /** A lesson of half an hour that began then, with sound and a transcript. */
  CloudLesson lesson(long number, Instant start) {
    return new CloudLesson(
            CloudLesson.newUuid(), number, TEACHER, "Stunde für Noé", start, Duration.ofMinutes(30))
        .segment(Duration.ZERO, Buffer.buffer(TRANSCRIPT));
  }

  /** Yesterday at ten, UTC. */
  static Instant ten() {
    return Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(14));
  }

  static RecordingQuery query(String meetingId, Instant start) {
    return query(meetingId, TEACHER, start, Duration.ofMinutes(30));
  }

  static RecordingQuery query(String meetingId, String teacher, Instant start, Duration length) {
    LocalDateTime begin = LocalDateTime.ofInstant(start, ZoneOffset.UTC);
    LocalDate date = begin.toLocalDate();
    LocalTime time = begin.toLocalTime();
    return new RecordingQuery(
        "class",
        Optional.ofNullable(meetingId),
        teacher,
        date,
        Optional.of(time),
        Optional.of(time.plus(length)),
        ZoneOffset.UTC);
  }

  FoundRecording find(RecordingQuery query) {
    return find(account, query);
  }

  FoundRecording find(ZoomAccount by, RecordingQuery query) {
    return await(
        by.recordings(
                new CloudRecordings.LessonFacts() {
                  @Override
                  public Future<Instant> recordingSeen(long lessonId) {
                    return Future.succeededFuture(seen.orElseGet(Instant::now));
                  }

                  @Override
                  public Future<List<RecordingWindow>> rivals(long id, RecordingQuery asked) {
                    return Future.succeededFuture(rivals);
                  }
                })
            .find(1, query));
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError("no answer within 30 s", e);
    }
  }

  LessonStore lessons() {
    return new LessonStore(databases.postgres);
  }

  Path dataDir() {
    return settings.dataDir();
  }

  /** Everything the tables about Zoom hold, as text. */
  String dump() {
    StringBuilder dump = new StringBuilder();
    for (String table : List.of("zoom_tokens", "zoom_events", "zoom_rates", "zoom_summaries")) {
      databases
          .postgres("SELECT t::text AS line FROM " + table + " t")
          .forEach(row -> dump.append(row.getString("line")).append('\n'));
    }
    return dump.toString();
  }

  @Override
  public void close() {
    await(account.close());
    fake.close();
    databases.close();
  }
}
