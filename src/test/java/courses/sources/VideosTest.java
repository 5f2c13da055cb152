package courses.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import settings.CourseSourceSettings;
import settings.CourseSourceSettings.CaptionWay;
import settings.Secret;

/** Captions by each way, from a folder, a program and a service on real sockets. */
class VideosTest {
  private static final String ID = "abcdefghi_-";
  private static final String ROLLING =
      """
      WEBVTT
      Kind: captions
      Language: en

      00:00:00.000 --> 00:00:02.000
      welcome<00:00:00.500><c> to</c><00:00:01.000><c> the</c>

      00:00:02.000 --> 00:00:02.010
      welcome to the

      00:00:02.010 --> 00:00:04.000
      welcome to the
      lesson<00:00:03.000><c> on</c><00:00:03.500><c> tides</c>

      00:00:04.000 --> 00:00:04.010
      lesson on tides

      00:00:04.010 --> 00:00:06.000
      lesson on tides
      the moon pulls &amp;amp; pulls
      """;

  private final Vertx vertx = Vertx.vertx();
  private Videos videos;

  @TempDir Path folder;

  @AfterEach
  void stop() throws Exception {
    if (videos != null) {
      videos.close().await(10, TimeUnit.SECONDS);
    }
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private void with(CaptionWay way, String program, Optional<URI> service, URI oembed) {
    videos =
        Videos.of(
            vertx,
            new CourseSourceSettings(
                List.of(way),
                Optional.of(folder.resolve("captions-here")),
                service,
                Optional.of(new Secret("a shared test secret")),
                program,
                oembed,
                Duration.ofSeconds(20),
                new CourseSourceSettings.Files(1, 1, 1, 1, 1, Duration.ofHours(1)),
                new CourseSourceSettings.Reading(1, Duration.ofSeconds(1), Duration.ZERO, 1, 64),
                new CourseSourceSettings.Search(
                    Optional.empty(), URI.create("https://search.invalid"))),
            folder,
            new SimpleMeterRegistry());
  }

  private Captions captions(String language, boolean only) throws Exception {
    return videos
        .captions(ID, Optional.ofNullable(language), only, Duration.ofSeconds(10))
        .await(15, TimeUnit.SECONDS);
  }

  private HttpServer serve(
      java.util.function.Function<io.vertx.core.http.HttpServerRequest, JsonObject> answer)
      throws Exception {
    return vertx
        .createHttpServer()
        .requestHandler(
            request -> {
              JsonObject json = answer.apply(request);
              request
                  .response()
                  .setStatusCode(json.getInteger("status", 200))
                  .putHeader("Content-Type", "application/json")
                  .end(json.containsKey("empty") ? "" : json.encode());
            })
        .listen(0, "127.0.0.1")
        .await(10, TimeUnit.SECONDS);
  }

  @Test
  void takesTheAskedLanguageFromAFolderAndSaysWhatWasSaidOnce() throws Exception {
    Path here = Files.createDirectories(folder.resolve("captions-here"));
    Files.writeString(here.resolve(ID + ".en.vtt"), ROLLING);
    Files.writeString(
        here.resolve(ID + ".es-419.srt"), "1\n00:00:01,000 --> 00:00:02,000\nHola a todos\n");
    with(CaptionWay.FOLDER, "no-such-program", Optional.empty(), URI.create("http://127.0.0.1:1"));

    Captions english = captions("en-GB", true);
    assertThat(english.captions())
        .extracting(Caption::text)
        .containsExactly("welcome to the", "lesson on tides", "the moon pulls & pulls");
    assertThat(english.captions().get(1).startMs()).isEqualTo(2_010);
    assertThat(captions("es", true).captions().get(0).text()).isEqualTo("Hola a todos");
    assertThatThrownBy(() -> captions("fr", true))
        .isInstanceOfSatisfying(
            CaptionFailure.class,
            error ->
                assertThat(error.code()).isEqualTo(CaptionFailure.Code.TRANSCRIPT_NOT_AVAILABLE));
    Extracted extracted =
        videos
            .extract(new SourceRequest.YouTube(ID, Optional.of("en")), Duration.ofSeconds(20))
            .await(30, TimeUnit.SECONDS);
    assertThat(extracted.language()).isEqualTo("en");
    assertThat(extracted.segments()).hasSize(1);
    assertThat(extracted.segments().get(0).endMs()).contains(6_000L);
    assertThat(Extracted.of(extracted.toJson())).isEqualTo(extracted);
  }

  @Test
  void runsTheProgramWithoutAShellAndTakesOnlyTheTrackThatFits() throws Exception {
    Path program = folder.resolve("yt-dlp");
    Files.writeString(
        program,
        """
        #!/bin/sh
        echo "$@" >> "%1$s/calls"
        env >> "%1$s/environment"
        case "$*" in
        *--dump-single-json*) echo '{"title":"Tides &  moon","language":"en","subtitles":{"live_chat":[{}],"es":[{"ext":"vtt"}]},"automatic_captions":{"en":[{}],"en-orig":[{}],"fr":[{}]}}' ;;
        *) printf 'WEBVTT\\n\\n00:01.000 --> 00:02.000\\nHello\\n' > captions.en-orig.vtt ;;
        esac
        """
            .formatted(folder));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    with(CaptionWay.YT_DLP, program.toString(), Optional.empty(), URI.create("http://127.0.0.1:1"));
    Captions captions = captions("en", true);
    assertThat(captions.automatic()).isTrue();
    assertThat(captions.title()).contains("Tides & moon");
    assertThat(captions.captions()).containsExactly(new Caption(1_000, 2_000, "Hello"));
    List<String> calls = Files.readAllLines(folder.resolve("calls"));
    assertThat(calls).hasSize(2);
    assertThat(calls.get(0))
        .contains("--ignore-config")
        .endsWith("-- https://www.youtube.com/watch?v=" + ID);
    assertThat(calls.get(1)).contains("--sub-langs en").doesNotContain("fr");
    assertThat(Files.readString(folder.resolve("environment"))).doesNotContain("JAVA_HOME");
    try (var left = Files.list(folder.resolve("captions"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void endsAProgramThatHangsWithItsChildren() throws Exception {
    Path program = folder.resolve("yt-dlp");
    Files.writeString(program, "#!/bin/sh\nsleep 300 &\necho $! > " + folder + "/child\nwait\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    with(CaptionWay.YT_DLP, program.toString(), Optional.empty(), URI.create("http://127.0.0.1:1"));
    assertThatThrownBy(
            () ->
                videos
                    .captions(ID, Optional.empty(), false, Duration.ofSeconds(3))
                    .await(10, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            CaptionFailure.class,
            error -> assertThat(error.code()).isEqualTo(CaptionFailure.Code.SERVICE_UNAVAILABLE));
    long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
    Optional<ProcessHandle> left = ProcessHandle.of(child);
    if (left.isPresent()) {
      assertThat(left.get().onExit().get(5, TimeUnit.SECONDS).isAlive()).isFalse();
    }
  }

  @Test
  void readsTheProgramsComplaints() {
    assertThat(YtDlp.failure("ERROR: [youtube] x: Video unavailable").code())
        .isEqualTo(CaptionFailure.Code.VIDEO_NOT_FOUND);
    assertThat(YtDlp.failure("Sign in to confirm you’re not a bot").code())
        .isEqualTo(CaptionFailure.Code.RATE_LIMITED);
    assertThat(YtDlp.failure("Temporary failure in name resolution").code())
        .isEqualTo(CaptionFailure.Code.SERVICE_UNAVAILABLE);
    assertThat(YtDlp.failure("Traceback").code()).isEqualTo(CaptionFailure.Code.YTDLP_ERROR);
    assertThatThrownBy(() -> CaptionText.read(""))
        .isInstanceOfSatisfying(
            CaptionFailure.class,
            error -> assertThat(error.code()).isEqualTo(CaptionFailure.Code.SERVICE_UNAVAILABLE));
  }

  @Test
  void asksAServiceWithATokenAndKnowsItsErrors() throws Exception {
    AtomicReference<String> token = new AtomicReference<>();
    AtomicReference<JsonObject> next =
        new AtomicReference<>(
            new JsonObject(
                "{\"transcript\":[{\"text\":\"One\",\"start\":\"00:00:03\"},{\"text\":\"Two\",\"start\":\"00:00:05\"}],\"file\":\"x.en.vtt\"}"));
    HttpServer server =
        serve(
            request -> {
              token.set(request.getHeader("Authorization"));
              return request.path().equals("/oembed")
                  ? new JsonObject()
                      .put("title", "A  title")
                      .put("thumbnail_url", "https://i.ytimg.com/vi/x/hq.jpg")
                  : next.get();
            });
    URI base = URI.create("http://127.0.0.1:" + server.actualPort());
    with(CaptionWay.SERVICE, "none", Optional.of(base), base.resolve("/oembed"));
    assertThat(captions("en", true).captions())
        .containsExactly(new Caption(3_000, 5_000, "One"), new Caption(5_000, 10_000, "Two"));
    assertThat(token.get()).startsWith("Bearer ey");
    Extracted extracted =
        videos
            .extract(new SourceRequest.YouTube(ID, Optional.of("en")), Duration.ofSeconds(20))
            .await(30, TimeUnit.SECONDS);
    assertThat(extracted.title()).isEqualTo("A title");
    assertThat(extracted.thumbnailUrl()).contains("https://i.ytimg.com/vi/x/hq.jpg");

    next.set(
        new JsonObject().put("status", 404).put("error", "no").put("errorCode", "VIDEO_NOT_FOUND"));
    assertThatThrownBy(() -> captions("en", true))
        .isInstanceOfSatisfying(
            CaptionFailure.class,
            error -> assertThat(error.code()).isEqualTo(CaptionFailure.Code.VIDEO_NOT_FOUND));
    next.set(new JsonObject().put("empty", true));
    assertThatThrownBy(() -> captions("en", true))
        .isInstanceOfSatisfying(
            CaptionFailure.class,
            error -> assertThat(error.code()).isEqualTo(CaptionFailure.Code.SERVICE_UNAVAILABLE));
  }
}
