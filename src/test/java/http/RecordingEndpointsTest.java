package http;

import static org.assertj.core.api.Assertions.assertThat;

import demo.CloudLesson;
import demo.ImitationZoom;
import fakes.FakeRequest;
import fakes.FakeZoom;
import fakes.Fault;
import http.ApiServer.Answer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import settings.Settings;
import settings.SettingsLoader;
import zoom.ZoomAccount;

/** H5: a teacher's recordings of a day, from a Zoom on a real socket into the table of lessons. */
class RecordingEndpointsTest {
  private static final String PATH = "/v1/fetch-zoom-recordings";
  private static final String TEACHER = "maya+a@school.example";
  private static final LocalDate DAY = LocalDate.now(ZoneOffset.UTC).minusDays(1);
  private static final Predicate<FakeRequest> LIST =
      request -> request.path().startsWith("/v2/users/");

  private final LessonDatabases databases = new LessonDatabases();
  private final ImitationZoom zoom = new ImitationZoom("client-1", "secret-1", true);
  private final FakeZoom fake = FakeZoom.start(databases.vertx, zoom);
  private ZoomAccount account;
  private ApiServer server;

  @BeforeEach
  void start() {
    Settings settings =
        LessonDatabases.await(
                new SettingsLoader(databases.vertx, Set.of("GameHttp"))
                    .load(
                        Optional.empty(),
                        Map.of(
                            "ZOOM_ACCOUNT_ID", "account-1",
                            "ZOOM_CLIENT_ID", "client-1",
                            "ZOOM_CLIENT_SECRET", "secret-1",
                            "ZOOM_API_URL", fake.api.address() + "/v2",
                            "ZOOM_TOKEN_URL", fake.api.address() + "/oauth/token",
                            "ZOOM_PLAN", "business",
                            "DATA_DIR", databases.settings.dataDir().toString()),
                        Map.of()))
            .withDatabases(databases.settings.mysql(), databases.settings.postgres());
    account =
        ZoomAccount.open(
                databases.vertx,
                settings,
                databases.postgres,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                "node-1")
            .orElseThrow();
    server = ApiServer.on(databases, Settings.AuthMode.JWT).zoom(account).start();
  }

  @AfterEach
  void stop() {
    server.close();
    LessonDatabases.await(account.close());
    fake.close();
    databases.close();
  }

  private static Instant at(String time) {
    return DAY.atTime(LocalTime.parse(time)).toInstant(ZoneOffset.UTC);
  }

  private CloudLesson recorded(long number, Instant start, boolean transcript) {
    CloudLesson lesson =
        new CloudLesson(
                CloudLesson.newUuid(), number, TEACHER, "English", start, Duration.ofMinutes(30))
            .segment(Duration.ZERO, transcript ? Buffer.buffer("WEBVTT\n") : null);
    zoom.add(lesson);
    return lesson;
  }

  private static JsonObject body(String... more) {
    JsonObject body =
        new JsonObject()
            .put("teacher_email", TEACHER)
            .put("user_id", "stu-1")
            .put("teacher_id", "t-9")
            .put("class_id", "class-77")
            .put("date", DAY.toString());
    for (int i = 0; i < more.length; i += 2) {
      body.put(more[i], more[i + 1]);
    }
    return body;
  }

  private Answer fetch(JsonObject body) {
    return server.post(PATH, body, server.token("host", "lessons:write"));
  }

  private static JsonArray recordings(Answer answer) {
    assertThat(answer.status()).as(answer.json().encode()).isEqualTo(202);
    return answer.json().getJsonObject("data").getJsonArray("recordings");
  }

  private long rows() {
    return databases.count("SELECT count(*) FROM zoom_summaries WHERE class_id = 'class-77'");
  }

  @Test
  void everyRecordingThatBeganInTheWindowIsQueuedOnce() {
    CloudLesson first = recorded(81, at("16:00"), true);
    recorded(82, at("16:59"), false);
    recorded(83, at("17:00"), true);
    recorded(84, at("15:59"), true);

    Answer answer = fetch(body("start_time", "16:00", "end_time", "17:00"));

    JsonArray recordings = recordings(answer);
    assertThat(answer.json().getBoolean("success")).isTrue();
    assertThat(answer.json().getString("status")).isEqualTo("processing_started");
    assertThat(answer.json().getString("timestamp")).isNotEmpty();
    JsonObject data = answer.json().getJsonObject("data");
    assertThat(data.getInteger("recordings_count")).isEqualTo(2);
    assertThat(data.getString("user_id")).isEqualTo("stu-1");
    assertThat(data.getString("teacher_email")).isEqualTo(TEACHER);
    assertThat(data.getString("time_range")).isEqualTo("16:00 - 17:00");
    assertThat(recordings.getJsonObject(0))
        .isEqualTo(
            new JsonObject()
                .put("meeting_id", "81")
                .put("topic", "English")
                .put("meeting_time", "16:00")
                .put("processing_type", "TRANSCRIPT_DOWNLOAD")
                .put("zoom_summary_id", recordings.getJsonObject(0).getLong("zoom_summary_id")));
    assertThat(recordings.getJsonObject(1).getString("processing_type"))
        .isEqualTo("AUDIO_TRANSCRIPTION");
    var row =
        databases
            .postgres(
                "SELECT meeting_id, status, stage, teacher_email, user_id FROM zoom_summaries"
                    + " WHERE id = $1",
                recordings.getJsonObject(0).getLong("zoom_summary_id"))
            .iterator()
            .next();
    assertThat(row.getString("meeting_id")).isEqualTo(first.uuid());
    assertThat(row.getString("status")).isEqualTo("pending");
    assertThat(row.getString("stage")).isEqualTo("fetch");
    assertThat(row.getString("teacher_email")).isEqualTo(TEACHER);

    assertThat(recordings(fetch(body("start_time", "16:00", "end_time", "17:00"))))
        .isEqualTo(recordings);
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void aLessonOfTheClassThatWouldGetTheRecordingIsNotOpenedTwice() {
    recorded(81, at("10:03"), true);
    long there =
        databases
            .postgres(
                "INSERT INTO zoom_summaries (class_id, user_id, teacher_id, teacher_email,"
                    + " meeting_date, start_time, end_time, status) VALUES ('class-77', 'stu-1',"
                    + " 't-9', $1, $2, '10:00', '10:30', 'pending') RETURNING id",
                TEACHER,
                DAY)
            .iterator()
            .next()
            .getLong("id");
    assertThat(recordings(fetch(body())).getJsonObject(0).getLong("zoom_summary_id"))
        .isEqualTo(there);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void simultaneousCallsOpenOneLesson() {
    recorded(81, at("10:00"), true);
    List<CompletableFuture<Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      calls.add(CompletableFuture.supplyAsync(() -> fetch(body())));
    }
    calls.forEach(call -> assertThat(recordings(call.join())).hasSize(1));
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void withoutTimesTheWholeDayCountsAndAWindowMayCrossMidnight() {
    recorded(81, at("23:30"), true);
    recorded(82, at("23:30").plus(Duration.ofHours(1)), true);

    Answer day = fetch(body());
    assertThat(recordings(day)).hasSize(1);
    assertThat(day.json().getJsonObject("data").getString("time_range"))
        .isEqualTo("No time filter");

    JsonArray night = recordings(fetch(body("start_time", "23:00", "end_time", "1:00")));
    assertThat(night).hasSize(2);
    assertThat(night.getJsonObject(1).getString("meeting_time")).isEqualTo("00:30");
  }

  @Test
  void nothingFoundIsSaidWithWhatThereIs() {
    Answer none = fetch(body("start_time", "9:00"));
    assertThat(none.status()).isEqualTo(200);
    assertThat(none.json().getBoolean("success")).isFalse();
    assertThat(none.json().getJsonObject("details"))
        .isEqualTo(
            new JsonObject()
                .put("teacher_email", TEACHER)
                .put("date", DAY.toString())
                .put("total_meetings", 0));

    recorded(81, at("16:00"), true);
    Answer other = fetch(body("start_time", "9:00", "end_time", "9:30"));
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.json().getBoolean("success")).isFalse();
    assertThat(other.json().getJsonObject("details"))
        .isEqualTo(
            new JsonObject()
                .put("teacher_email", TEACHER)
                .put("date", DAY.toString())
                .put("total_meetings", 1)
                .put("filtered_recordings", 0)
                .put("time_range", "09:00 - 09:30"));
    assertThat(rows()).isZero();
  }

  @Test
  void whatZoomRefusesIsToldAndNothingIsQueued() {
    recorded(81, at("16:00"), true);
    fake.api.faults.on(LIST, Fault.serverError(), Fault.serverError(), Fault.serverError());
    Answer failed = fetch(body());
    assertThat(failed.status()).isEqualTo(502);
    assertThat(failed.json().encode()).contains("UPSTREAM_ERROR");

    Answer unknown = fetch(body("teacher_email", "unknown@school.example"));
    assertThat(unknown.status()).isEqualTo(502);
    assertThat(unknown.json().encode()).contains("no such user");
    assertThat(rows()).isZero();
  }

  @Test
  void withoutAnAccountTheHostIsToldWhatToSet() {
    ApiServer bare = new ApiServer(databases, Settings.AuthMode.JWT);
    try {
      Answer answer = bare.post(PATH, body(), bare.token("host", "lessons:write"));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.json().encode()).contains("zoom.client-id");
    } finally {
      bare.close();
    }
  }

  @Test
  void aTimeThatIsNoneIsRefusedAndAReaderMayNotQueue() {
    assertThat(fetch(body("start_time", "25:00")).status()).isEqualTo(400);
    assertThat(fetch(body("end_time", "nine")).status()).isEqualTo(400);
    assertThat(fetch(body("date", "2026-02-30")).status()).isEqualTo(400);
    assertThat(server.post(PATH, body(), server.token("host", "lessons:read")).status())
        .isEqualTo(403);
  }
}
