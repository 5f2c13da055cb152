package http;

import static org.assertj.core.api.Assertions.assertThat;

import databases.Databases;
import fakes.Changed;
import fakes.FakeReply;
import fakes.FakeRequest;
import fakes.FakeService;
import http.ApiServer.Answer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import settings.Settings;
import speech.Sounds;
import verticles.ActorParts;
import verticles.SpeechSynthesizer;

/** Courses read aloud, from the request to the player. */
class CourseSpeechTest extends ApiTest {
  private final HttpClient player = HttpClient.newHttpClient();
  private final Map<String, Integer> paid = new ConcurrentHashMap<>();
  private CourseNode node;
  private FakeService service;
  private volatile Function<String, FakeReply> voice = text -> null;
  private Databases own;
  private String deployment;

  CourseSpeechTest() {
    super(Settings.AuthMode.JWT);
  }

  @BeforeAll
  void open() {
    node = new CourseNode(databases, "node-a");
    service = FakeService.start(databases.vertx, this::speak);
    own = LessonDatabases.await(Databases.open(databases.vertx, databases.settings));
  }

  @AfterEach
  void silence() {
    if (deployment != null) {
      LessonDatabases.await(databases.vertx.undeploy(deployment));
      deployment = null;
    }
    voice = text -> null;
    paid.clear();
  }

  @AfterAll
  void shut() {
    node.close();
    service.close();
    LessonDatabases.await(own.close());
  }

  /** A service whose sound is as long as the text, and which counts what it is paid for. */
  private Future<FakeReply> speak(FakeRequest request) {
    String text = request.json().getString("input");
    FakeReply other = voice.apply(text);
    if (other != null) {
      return Future.succeededFuture(other);
    }
    paid.merge(text, 1, Integer::sum);
    return Future.succeededFuture(
        FakeReply.of(200, "audio/mpeg", Sounds.mp3(24_000, 10 * text.length())));
  }

  private void deploy(Settings.SpeechEngine... engines) {
    Settings.Speech speech =
        Changed.with(
            Changed.with(databases.settings.speech(), "engines", List.of(engines)),
            "openAi",
            new Settings.OpenAiSpeech(
                Optional.empty(), Optional.of(service.address()), "m", "v", "mp3"));
    deployment =
        LessonDatabases.await(
            databases.vertx.deployVerticle(
                new SpeechSynthesizer(
                    new ActorParts(
                        Changed.with(databases.settings, "speech", speech),
                        "node",
                        "1",
                        own,
                        null,
                        null,
                        null,
                        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                        null,
                        null))));
  }

  private Map<String, JsonObject> audio(CourseRun run) {
    return run.content().getJsonArray("audio").stream()
        .map(JsonObject.class::cast)
        .collect(Collectors.toMap(item -> item.getString("kind"), item -> item));
  }

  private static String wordsOf(String text) {
    return text.replaceAll("[^\\p{L}\\p{N}]+", " ");
  }

  private HttpResponse<byte[]> play(String address, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return player.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void scriptsAreHeardByTheBuiltInVoice() {
    deploy(Settings.SpeechEngine.FREETTS);
    CourseRun run = CourseRun.begin(server, "listener", List.of("speech"));
    JsonObject job = run.end();
    assertThat(job.getString("status")).as(job.encodePrettily()).isEqualTo("completed");
    for (String kind : List.of("short_podcast", "full_lecture")) {
      JsonObject item = audio(run).get(kind);
      assertThat(item.getString("speech")).isEqualTo("ready");
      assertThat(item.getString("voice")).startsWith("freetts/");
      assertThat(item.getString("transcript")).isEqualTo(item.getString("script"));
      HttpResponse<byte[]> file = play(item.getString("audioUrl"));
      assertThat(file.statusCode()).isEqualTo(200);
      assertThat(file.headers().firstValue("Content-Type")).hasValue("audio/mpeg");
      assertThat(file.headers().firstValueAsLong("Content-Length")).hasValue(item.getLong("bytes"));
      assertThat(file.headers().firstValue("Cache-Control").orElseThrow())
          .startsWith("private, max-age=");
      assertThat(file.body()).hasSize(item.getInteger("bytes"));
      double heard = Sounds.duration(file.body()).toMillis();
      assertThat(item.getLong("durationMs") / heard).isBetween(0.98, 1.02);
      assertThat(Sounds.loudness(file.body())).isGreaterThan(300);
      // at least a third of a second a word: it was read, not skipped
      assertThat(heard).isGreaterThan(item.getString("script").split("\\s+").length * 200.0);
    }
    JsonArray rows =
        server
            .get("/courses/" + run.course() + "/content", run.owner())
            .json()
            .getJsonArray("audio");
    JsonObject row = rows.getJsonObject(0);
    assertThat(row.getString("audio_url")).startsWith("http://127.0.0.1:");
    assertThat(row.getString("transcript")).isEqualTo(row.getString("script_text"));
    assertThat(row.getString("voice_used")).startsWith("freetts/");
    assertThat(row.getInteger("duration_seconds")).isPositive();
  }

  @Test
  void playersGetRangesAndNothingTwice() {
    deploy(Settings.SpeechEngine.OPENAI);
    CourseRun run = CourseRun.begin(server, "seeker", List.of("speech"));
    run.end();
    JsonObject item = audio(run).get("full_lecture");
    String address = item.getString("audioUrl");
    assertThat(item.getString("voice")).isEqualTo("openai/m/v/mp3");
    byte[] whole = play(address).body();
    int length = whole.length;
    assertThat(
            databases.count(
                "SELECT count(*) FROM course_audio_piece WHERE audio_id = $1",
                java.util.UUID.fromString(address.replaceAll(".*/([0-9a-f-]{36})[?].*", "$1"))))
        .as("pieces")
        .isGreaterThan(1);
    for (int[] part :
        new int[][] {
          {0, 0},
          {0, length - 1},
          {10, length / 2},
          {length - 7, length - 1},
          {length / 2 - 3, length / 2 + 50_000}
        }) {
      HttpResponse<byte[]> some = play(address, "Range", "bytes=" + part[0] + "-" + part[1]);
      int end = Math.min(part[1], length - 1);
      assertThat(some.statusCode()).isEqualTo(206);
      assertThat(some.headers().firstValue("Content-Range"))
          .hasValue("bytes " + part[0] + "-" + end + "/" + length);
      assertThat(some.body()).isEqualTo(Arrays.copyOfRange(whole, part[0], end + 1));
    }
    assertThat(play(address, "Range", "bytes=" + length + "-").statusCode()).isEqualTo(416);
    String tag = play(address).headers().firstValue("ETag").orElseThrow();
    assertThat(play(address, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(play(address, "Range", "bytes=0-9", "If-Range", "\"other\"").statusCode())
        .isEqualTo(200);
    assertThat(audio(run).get("full_lecture").getString("audioUrl"))
        .as("the same address while it holds, so that caches are of use")
        .isEqualTo(address);
  }

  @Test
  void onlyTheSignedAddressPlays() {
    deploy(Settings.SpeechEngine.OPENAI);
    CourseRun run = CourseRun.begin(server, "signer", List.of("speech"));
    run.end();
    String lecture = audio(run).get("full_lecture").getString("audioUrl");
    String podcast = audio(run).get("short_podcast").getString("audioUrl");
    assertThat(play(lecture).statusCode()).isEqualTo(200);
    String later = lecture.replaceFirst("expires=\\d+", "expires=9999999999");
    String flipped =
        lecture.endsWith("0") ? lecture.replaceFirst("0$", "1") : lecture.replaceFirst(".$", "0");
    String foreign =
        lecture.replaceFirst(
            "signature=.*", "signature=" + podcast.replaceFirst(".*signature=", ""));
    for (String wrong : List.of(later, flipped, foreign)) {
      HttpResponse<byte[]> refused = play(wrong);
      assertThat(refused.statusCode()).as(wrong).isEqualTo(404);
      assertThat(new String(refused.body())).doesNotContain("signature");
    }
    assertThat(play(lecture.replaceFirst("[?].*", "")).statusCode()).isEqualTo(400);
    // gone with its course
    assertThat(server.call("DELETE", "/v1/courses/" + run.course(), null, run.owner()).status())
        .isEqualTo(204);
    assertThat(play(lecture).statusCode()).isEqualTo(404);
    assertThat(databases.count("SELECT count(*) FROM course_audio WHERE owner_id = 'signer'"))
        .isZero();
  }

  @Test
  void aFinishedCourseIsReadAloudWhenThatIsAskedForLater() {
    deploy(Settings.SpeechEngine.OPENAI);
    CourseRun run = CourseRun.begin(server, "late", List.of("audio"));
    assertThat(run.end().getString("status")).isEqualTo("completed");
    assertThat(audio(run).get("short_podcast").getString("speech")).isEqualTo("script_only");
    String retry = "/v1/course-jobs/" + run.job() + "/retry";
    assertThat(server.post(retry, new JsonObject(), run.owner()).status()).isEqualTo(409);
    int calls = node.calls.size();

    JsonObject podcast = new JsonObject().put("parts", new JsonArray().add("speech:short_podcast"));
    Answer taken = server.post(retry, podcast, run.owner());
    assertThat(taken.status()).as(taken.response().body()).isEqualTo(202);
    assertThat(run.end().getString("status")).isEqualTo("completed");

    assertThat(play(audio(run).get("short_podcast").getString("audioUrl")).statusCode())
        .isEqualTo(200);
    assertThat(audio(run).get("full_lecture").getString("audioUrl")).isNull();
    assertThat(node.calls.subList(calls, node.calls.size()))
        .as("nothing is written again")
        .isEmpty();
    assertThat(server.post(retry, podcast, run.owner()).status()).as("it is there").isEqualTo(409);

    JsonObject both = new JsonObject().put("parts", new JsonArray().add("speech"));
    assertThat(server.post(retry, both, run.owner()).status()).isEqualTo(202);
    assertThat(run.end().getString("status")).isEqualTo("completed");
    assertThat(play(audio(run).get("full_lecture").getString("audioUrl")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aVoiceThatFailsLeavesThatPartToBeMadeAgainAndNothingIsPaidTwice() {
    deploy(Settings.SpeechEngine.OPENAI);
    // the lecture's second piece and all after it are refused for lack of credentials
    voice =
        text ->
            paid.size() >= 3
                ? FakeReply.json(401, new JsonObject().put("error", new JsonObject()))
                : null;
    CourseRun run = CourseRun.begin(server, "patient", List.of("speech"));
    JsonObject job = run.end();
    assertThat(job.getString("status")).as(job.encodePrettily()).isEqualTo("partial");
    List<String> failed =
        job.getJsonArray("errors").stream()
            .map(error -> ((JsonObject) error).getString("part"))
            .toList();
    assertThat(failed).isNotEmpty().allMatch(part -> part.startsWith("speech:"));
    String part = failed.get(0).replace("speech:", "");
    JsonObject silent = audio(run).get(part);
    assertThat(silent.getString("speech")).isEqualTo("failed");
    assertThat(silent.getString("audioUrl")).isNull();
    assertThat(silent.getString("script")).isNotBlank();
    int calls = node.calls.size();

    // somebody mends the settings, which takes a start
    LessonDatabases.await(databases.vertx.undeploy(deployment));
    voice = text -> null;
    deploy(Settings.SpeechEngine.OPENAI);
    Answer again =
        server.post("/v1/course-jobs/" + run.job() + "/retry", new JsonObject(), run.owner());
    assertThat(again.status()).as(again.response().body()).isEqualTo(202);
    JsonObject whole = run.end();
    assertThat(whole.getString("status")).as(whole.encodePrettily()).isEqualTo("completed");
    assertThat(node.calls.subList(calls, node.calls.size()))
        .as("nothing is written again")
        .isEmpty();
    // the two scripts may have a piece in common, which each has read for itself
    List<String> scripts =
        audio(run).values().stream().map(item -> wordsOf(item.getString("script"))).toList();
    assertThat(new TreeMap<>(paid))
        .allSatisfy(
            (text, times) ->
                assertThat((long) times)
                    .isEqualTo(
                        scripts.stream().filter(all -> all.contains(wordsOf(text))).count()));
    assertThat(audio(run).values()).allMatch(item -> item.getString("speech").equals("ready"));
  }

  @Test
  void whatNoVoiceReadsIsLeftToTheDevice() {
    deploy();
    CourseRun run = CourseRun.begin(server, "unheard", List.of("speech"));
    JsonObject job = run.end();
    assertThat(job.getString("status")).as(job.encodePrettily()).isEqualTo("completed");
    assertThat(audio(run).values())
        .isNotEmpty()
        .allSatisfy(
            item -> {
              assertThat(item.getString("speech")).isEqualTo("device");
              assertThat(item.getString("audioUrl")).isNull();
            });
  }

  @Test
  void speechIsMadeOnlyForThoseWhoAsk() {
    CourseRun run = CourseRun.begin(server, "reader", List.of("audio"));
    assertThat(run.end().getString("status")).isEqualTo("completed");
    assertThat(audio(run).values())
        .isNotEmpty()
        .allMatch(item -> item.getString("speech").equals("script_only"));
    assertThat(
            databases.count(
                "SELECT count(*) FROM course_task WHERE kind = 'speech' AND owner_id = 'reader'"))
        .isZero();
  }
}
