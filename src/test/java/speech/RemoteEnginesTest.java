package speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PfxOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import settings.Secret;
import settings.Settings;

class RemoteEnginesTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final WorkerExecutor CPU = VERTX.createSharedWorkerExecutor("speech-test", 2);
  private static final RemoteLimits LIMITS =
      new RemoteLimits(Duration.ofSeconds(1), Duration.ofSeconds(8), 3, Duration.ofMillis(10));

  private FakeSpeechServer server;

  @BeforeEach
  void open() {
    server = new FakeSpeechServer(VERTX);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @AfterAll
  static void closeAll() {
    OfflineVoicesTest.await(VERTX.close());
  }

  private Engine elevenLabs(String model) {
    return new ElevenLabs(
        VERTX,
        CPU,
        new Settings.ElevenLabs(
            Optional.of(new Secret("k-eleven")), URI.create(server.url()), "voice-1", model),
        2,
        LIMITS,
        new SimpleMeterRegistry());
  }

  private Engine openAi(Optional<Secret> key, String format) {
    return new OpenAiSpeech(
        VERTX,
        CPU,
        new Settings.OpenAiSpeech(
            key, Optional.of(URI.create(server.url() + "/v1")), "tts-1", "alloy", format),
        2,
        LIMITS,
        new SimpleMeterRegistry());
  }

  private Engine engine(String name) {
    return name.equals("elevenlabs")
        ? elevenLabs("eleven_flash_v2_5")
        : openAi(Optional.of(new Secret("k-open")), "mp3");
  }

  private static EngineFailure failure(Engine engine) {
    EngineFailure failure =
        catchThrowableOfType(
            EngineFailure.class, () -> OfflineVoicesTest.await(engine.speak("a kettle")));
    assertThat(failure).as("it should have failed").isNotNull();
    assertThat(failure.getMessage()).doesNotContain("k-eleven", "k-open", "a kettle");
    return failure;
  }

  @Test
  void elevenLabsIsCalledAsDocumented() {
    assertThat(OfflineVoicesTest.await(elevenLabs("eleven_flash_v2_5").speak("a \"kettle\"")))
        .isEqualTo(FakeSpeechServer.AUDIO);
    FakeSpeechServer.Received call = server.received.get(0);
    assertThat(call.method()).isEqualTo("POST");
    assertThat(call.uri()).isEqualTo("/v1/text-to-speech/voice-1?output_format=mp3_44100_64");
    assertThat(call.headers().get("xi-api-key")).isEqualTo("k-eleven");
    assertThat(call.headers().contains("Authorization")).isFalse();
    assertThat(call.headers().get("Content-Type")).isEqualTo("application/json");
    assertThat(call.body())
        .isEqualTo(
            new JsonObject(
                Map.of(
                    "text",
                    "a \"kettle\"",
                    "model_id",
                    "eleven_flash_v2_5",
                    "language_code",
                    "en")));
    OfflineVoicesTest.await(elevenLabs("eleven_multilingual_v2").speak("kettle"));
    assertThat(server.received.get(1).body().containsKey("language_code")).isFalse();
  }

  @Test
  void openAiIsCalledAsDocumented() {
    assertThat(
            OfflineVoicesTest.await(
                openAi(Optional.of(new Secret("k-open")), "mp3").speak("kettle")))
        .isEqualTo(FakeSpeechServer.AUDIO);
    FakeSpeechServer.Received call = server.received.get(0);
    assertThat(call.method() + " " + call.uri()).isEqualTo("POST /v1/audio/speech");
    assertThat(call.headers().get("Authorization")).isEqualTo("Bearer k-open");
    assertThat(call.body())
        .isEqualTo(
            new JsonObject(
                Map.of(
                    "model",
                    "tts-1",
                    "input",
                    "kettle",
                    "voice",
                    "alloy",
                    "response_format",
                    "mp3")));
    OfflineVoicesTest.await(openAi(Optional.empty(), "mp3").speak("kettle"));
    assertThat(server.received.get(1).headers().contains("Authorization")).isFalse();
  }

  @Test
  void wavBecomesMp3() {
    server.then(FakeSpeechServer.audio(Buffer.buffer(Sounds.wav(Sounds.tone(24_000, 600), -1))));
    Pcm heard =
        Sounds.decoded(OfflineVoicesTest.await(openAi(Optional.empty(), "wav").speak("kettle")));
    assertThat(heard.duration()).isBetween(Duration.ofMillis(580), Duration.ofMillis(800));
    assertThat(Sounds.loudness(heard)).isGreaterThan(3_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"elevenlabs", "openai"})
  void whatPassesIsTriedAgain(String name) {
    server
        .then(FakeSpeechServer.refusal(500, "<html>oops</html>"))
        .then(FakeSpeechServer.truncated());
    assertThat(OfflineVoicesTest.await(engine(name).speak("a kettle")))
        .isEqualTo(FakeSpeechServer.AUDIO);
    assertThat(server.received).hasSize(3);
    server.then(FakeSpeechServer.silence()).then(FakeSpeechServer.truncatedUnnoticed());
    assertThat(OfflineVoicesTest.await(engine(name).speak("a kettle")))
        .isEqualTo(FakeSpeechServer.AUDIO);
    assertThat(server.received).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"elevenlabs", "openai"})
  void askedToWaitItWaitsIfThatCanBeDone(String name) {
    server.then(
        FakeSpeechServer.refusal(
            429, "{\"detail\":{\"status\":\"too_many_concurrent_requests\"}}", "Retry-After", "1"));
    long begun = System.nanoTime();
    assertThat(OfflineVoicesTest.await(engine(name).speak("a kettle")))
        .isEqualTo(FakeSpeechServer.AUDIO);
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(Duration.ofMillis(990), Duration.ofSeconds(6));

    server.then(
        FakeSpeechServer.refusal(
            429,
            "{\"error\":{\"type\":\"rate_limit\",\"message\":\"a kettle\"}}",
            "Retry-After",
            "120"));
    int before = server.received.size();
    EngineFailure failure = failure(engine(name));
    assertThat(failure.rest()).isBetween(Duration.ofSeconds(115), Duration.ofSeconds(120));
    assertThat(server.received).hasSize(before + 1);
  }

  @Test
  void attemptsAreCounted() {
    for (int i = 0; i < 5; i++) {
      server.then(FakeSpeechServer.refusal(503, "{}"));
    }
    assertThat(failure(engine("openai")))
        .hasMessageContaining("503")
        .hasMessageContaining("3 attempts");
    assertThat(server.received).hasSize(3);
  }

  @Test
  void timeIsBoundedWhateverTheServiceDoes() {
    RemoteLimits tight =
        new RemoteLimits(Duration.ofMillis(200), Duration.ofMillis(500), 50, Duration.ofMillis(10));
    for (int i = 0; i < 60; i++) {
      server.then(FakeSpeechServer.silence());
    }
    Engine engine =
        new OpenAiSpeech(
            VERTX,
            CPU,
            new Settings.OpenAiSpeech(
                Optional.empty(), Optional.of(URI.create(server.url())), "m", "v", "mp3"),
            2,
            tight,
            new SimpleMeterRegistry());
    long begun = System.nanoTime();
    assertThat(failure(engine)).hasMessageContaining("no whole answer within");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aBodyWithoutEndIsCutOff() {
    server
        .then(FakeSpeechServer.endless())
        .then(FakeSpeechServer.endless())
        .then(FakeSpeechServer.endless());
    assertThat(failure(engine("openai")).rest()).isPositive();
  }

  @Test
  void aServiceThatIsNotThereIsNamedAsSuch() {
    server.close();
    assertThat(failure(engine("openai"))).hasMessageContaining("nobody accepts connections");
    server = new FakeSpeechServer(VERTX);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "elevenlabs | 401 | {\"detail\":{\"status\":\"invalid_api_key\",\"message\":\"k-eleven\"}} "
            + "  | 600  | invalid_api_key",
        "elevenlabs | 401 | {\"detail\":{\"status\":\"quota_exceeded\",\"message\":\"x\"}}         "
            + " | 3600 | quota",
        "elevenlabs | 404 | {\"detail\":{\"status\":\"voice_not_found\",\"message\":\"x\"}}        "
            + " | 600  | voice_not_found",
        "elevenlabs | 400 | {\"detail\":{\"status\":\"voice_not_found\",\"message\":\"x\"}}        "
            + " | 600  | voice_not_found",
        "elevenlabs | 403 | {\"detail\":{\"status\":\"only_for_creator+\"}}                        "
            + " | 600  | only_for_creator+",
        "elevenlabs | 400 | {\"detail\":{\"status\":\"max_character_limit_exceeded\"}}             "
            + " | 0    | max_character",
        "elevenlabs | 422 | {\"detail\":[{\"loc\":[\"body\",\"text\"],\"msg\":\"field required\"}]}"
            + " | 0    | 422",
        "openai     | 401 | {\"error\":{\"message\":\"Incorrect key:"
            + " k-open\",\"code\":\"invalid_api_key\"}} | 600 | invalid_api_key",
        "openai     | 429 | {\"error\":{\"message\":\"x\",\"code\":\"insufficient_quota\"}}        "
            + " | 3600 | quota",
        "openai     | 400 | {\"error\":{\"message\":\"x a"
            + " kettle\",\"type\":\"invalid_request_error\"}} | 0 | invalid_request_error",
        "openai     | 404 | not json at all                                                        "
            + " | 600  | 404",
        "openai     | 200 | {\"error\":{\"message\":\"said with 200\"}}                            "
            + "  | 30   | no MP3",
      })
  void whatStaysIsNotTriedAgain(
      String name, int status, String json, int restSeconds, String told) {
    server.then(FakeSpeechServer.refusal(status, json));
    EngineFailure failure = failure(engine(name));
    assertThat(failure.rest()).isEqualTo(Duration.ofSeconds(restSeconds));
    assertThat(failure).hasMessageContaining(told);
    assertThat(server.received).hasSize(1);
  }

  @Test
  void nobodyElseGetsTheKey(@TempDir Path folder) throws Exception {
    Path store = folder.resolve("stranger.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-validity",
                "1",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).isZero();
    try (FakeSpeechServer stranger =
        new FakeSpeechServer(
            VERTX,
            new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(
                    new PfxOptions().setPath(store.toString()).setPassword("changeit")))) {
      server.close();
      server = stranger;
      assertThat(failure(engine("elevenlabs")))
          .hasMessageContaining("no trusted encrypted connection");
      assertThat(stranger.received).isEmpty();
      server = new FakeSpeechServer(VERTX);
    }
    try (FakeSpeechServer elsewhere = new FakeSpeechServer(VERTX)) {
      server.then(
          FakeSpeechServer.refusal(307, "{}", "Location", elsewhere.url() + "/v1/audio/speech"));
      assertThat(failure(engine("openai"))).hasMessageContaining("307");
      assertThat(elsewhere.received).isEmpty();
    }
  }
}
