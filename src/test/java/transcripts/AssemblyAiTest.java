package transcripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static transcripts.Listening.await;

import fakes.FakeAssemblyAi;
import fakes.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import outbound.Failure;
import outbound.Failure.Kind;
import settings.Secret;
import settings.SpeechToTextSettings;
import transcripts.SpeechToText.Done;
import transcripts.SpeechToText.Recognised;
import transcripts.SpeechToText.Sound;
import transcripts.SpeechToText.Step;
import transcripts.SpeechToText.Working;

class AssemblyAiTest {
  private final Vertx vertx = Vertx.vertx();
  private final FakeAssemblyAi fake =
      new FakeAssemblyAi(vertx, Listening.KEY).hears(Listening.lesson());
  private final Listening.Notes notes = new Listening.Notes();
  private AssemblyAi service = service(settings());
  private Sound sound;

  @TempDir Path folder;

  private SpeechToTextSettings settings() {
    return Listening.settings(0, Optional.of(fake.address()), Optional.empty(), 25_000_000);
  }

  private AssemblyAi service(SpeechToTextSettings settings) {
    return new AssemblyAi(
        vertx,
        settings,
        Optional.of(URI.create("https://games.school.example")),
        new SimpleMeterRegistry());
  }

  @BeforeEach
  void record() throws Exception {
    Path file = Files.write(folder.resolve("lesson.m4a"), new byte[300_000]);
    sound = new Sound(57, file, 300_000, "audio/mp4", 60);
  }

  @AfterEach
  void close() {
    service.close();
    fake.close();
    await(vertx.close());
  }

  private Step step() {
    return await(service.advance(sound, notes));
  }

  private Recognised finish() {
    for (int i = 0; i < 10; i++) {
      if (step() instanceof Done done) {
        return done.recognised();
      }
    }
    throw new AssertionError("not done after 10 steps");
  }

  private Failure failure() {
    return catchThrowableOfType(
        Failure.class,
        () -> {
          for (int i = 0; i < 10; i++) {
            step();
          }
        });
  }

  @Test
  void trap9ItDemandsSpeechModelsTheBareKeyAndSpeaksOfMillisecondsAndSeconds() {
    assertThat(step()).isInstanceOf(Working.class);
    JsonObject job = fake.requests().get(0);
    assertThat(job.getJsonArray("speech_models"))
        .isEqualTo(new JsonArray().add("universal-3-pro").add("universal-2"));
    assertThat(job.getBoolean("speaker_labels")).isTrue();
    assertThat(job.getBoolean("language_detection")).isTrue();
    assertThat(fake.service.received)
        .allSatisfy(
            request -> assertThat(request.header("Authorization")).isEqualTo(Listening.KEY));

    Recognised heard = finish();
    assertThat(heard.millis()).isEqualTo(30_000);
    assertThat(heard.language()).contains("en_us");
    assertThat(heard.model()).isEqualTo("universal-3-pro");
    assertThat(heard.utterances()).hasSize(6);
    assertThat(heard.utterances().get(1).speaker()).isEqualTo("Speaker B");
    assertThat(heard.utterances().get(1).startMillis()).isEqualTo(5_250);
    assertThat(heard.utterances().get(1).words().get(0).endMillis()).isEqualTo(5_600);
    assertThat(fake.created).hasValue(1);
  }

  @Test
  void trap10TheWebhookIsAskedForWithASecretOfOurOwn() {
    step();
    JsonObject job = fake.requests().get(0);
    assertThat(job.getString("webhook_url"))
        .isEqualTo("https://games.school.example/v1/webhooks/assemblyai?lesson=57");
    assertThat(job.getString("webhook_auth_header_name")).isEqualTo(AssemblyAi.SECRET_HEADER);
    assertThat(job.getString("webhook_auth_header_value")).isEqualTo("hook-secret-of-16");
  }

  @Test
  void trap10AnUnknownIdIs400AndPermanent() {
    await(notes.save(new JsonObject().put("job_id", "55-999").put("begun_at", 1)));
    Failure failure = failure();
    assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(failure).hasMessageContaining("it does not know the job");
    assertThat(fake.created).hasValue(0);
  }

  @Test
  void trap11TheBytesAreUploadedWhole() {
    step();
    assertThat(fake.service.received("/v2/upload"))
        .singleElement()
        .satisfies(upload -> assertThat(upload.body().length()).isEqualTo(300_000));
    assertThat(fake.requests().get(0).getString("audio_url")).contains("/upload/");
  }

  @Test
  void anUploadThatBreaksOffIsMadeAgain() {
    fake.service.faults.on(
        request -> request.path().equals("/v2/upload"), Fault.reset(), Fault.unavailableHtml());
    step();
    assertThat(fake.created).hasValue(1);
  }

  @Test
  void aJobWhoseAnswerGotLostIsFoundAgainAndNotPaidTwice() {
    fake.service.faults.on(
        request -> request.method().equals("POST") && request.path().equals("/v2/transcript"),
        Fault.lostAnswer());

    assertThat(step())
        .isInstanceOfSatisfying(
            Working.class, working -> assertThat(working.reason()).contains("answer got lost"));
    assertThat(finish().utterances()).hasSize(6);
    assertThat(fake.created).hasValue(1);
    assertThat(fake.service.received("/v2/upload")).hasSize(1);
  }

  @Test
  void aProcessThatDiesBeforeItStoresTheIdFindsTheJobAgain() {
    Listening.Notes dying = notes.crashingAt("job_id");
    assertThat(
            catchThrowableOfType(
                IllegalStateException.class, () -> await(service.advance(sound, dying))))
        .hasMessage("the process died");
    assertThat(fake.created).hasValue(1);

    notes.crashingAt("");
    assertThat(finish().utterances()).hasSize(6);
    assertThat(fake.created).hasValue(1);
  }

  @Test
  void aProcessThatDiesBeforeItAsksHasPaidNothing() {
    catchThrowableOfType(
        IllegalStateException.class,
        () -> await(service.advance(sound, notes.crashingAt("creating"))));
    assertThat(fake.created).hasValue(0);
    notes.crashingAt("");
    finish();
    assertThat(fake.created).hasValue(1);
    assertThat(fake.service.received("/v2/upload")).hasSize(1);
  }

  @Test
  void aJobThatFailedOnTheirSideGetsANewOneButNotForEver() {
    fake.failsNext("Server error, developers have been alerted");
    assertThat(finish().utterances()).hasSize(6);
    assertThat(fake.created).hasValue(2);
  }

  @ParameterizedTest
  @CsvSource({
    "'File does not appear to contain audio. File type is text/html (x)', holds no sound",
    "Audio duration is too short., too short",
    "'Download error, unable to download https://secret.example/x', could not read",
    "Something new about https://secret.example, its job failed"
  })
  void aFailedJobIsToldInWordsOfOurs(String text, String told) {
    fake.failsNext(text);
    Failure failure = failure();
    assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(failure).hasMessageContaining(told).hasMessageNotContaining("secret.example");
  }

  @Test
  void errorsHaveTheirKind() {
    fake.service.faults.then(
        Fault.refusal(400, "{\"error\":\"Your current account balance is negative.\"}"));
    assertThat(failure()).hasMessageContaining("balance").hasMessageContaining("top it up");

    fake.service.faults.then(Fault.tooManySeconds(3_000));
    Failure busy = failure();
    assertThat(busy.kind()).isEqualTo(Kind.RETRY_AT);
    assertThat(busy.retryAt()).isPresent();
  }

  @Test
  void aWrongKeyAsksForNewCredentials() {
    SpeechToTextSettings right = settings();
    service.close();
    service =
        service(
            new SpeechToTextSettings(
                right.order(),
                0,
                right.deadline(),
                right.maxAudioBytes(),
                right.language(),
                right.ffmpeg(),
                new SpeechToTextSettings.AssemblyAi(
                    Optional.of(new Secret("another-key")),
                    fake.address(),
                    right.assemblyAi().models(),
                    Optional.empty()),
                right.groq(),
                right.openAi(),
                right.local()));
    Failure failure = failure();
    assertThat(failure.kind()).isEqualTo(Kind.REFRESH);
    assertThat(failure.toString()).doesNotContain("another-key");
  }
}
