package transcripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static transcripts.Listening.await;

import fakes.FakeWhisper;
import fakes.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import outbound.Failure;
import outbound.Failure.Kind;
import settings.SpeechToTextSettings;
import transcripts.SpeechToText.Done;
import transcripts.SpeechToText.Heard;
import transcripts.SpeechToText.Recognised;
import transcripts.SpeechToText.Sound;

class WhisperTest {
  private static final int LIMIT = 200_000;

  private final Vertx vertx = Vertx.vertx();
  private final WorkerExecutor cpu = vertx.createSharedWorkerExecutor("whisper-test", 1);
  private final Listening.Notes notes = new Listening.Notes();
  private FakeWhisper fake;
  private Whisper service;

  @TempDir Path folder;

  private void open(Function<FakeWhisper.Heard, JsonArray> segments) {
    fake = new FakeWhisper(vertx, Listening.KEY, LIMIT, segments);
    SpeechToTextSettings settings =
        Listening.settings(0, Optional.empty(), Optional.of(fake.address()), LIMIT);
    service =
        new Whisper(
            vertx,
            cpu,
            "groq",
            settings.groq(),
            settings,
            new AudioCutter(folder.resolve("parts"), Optional.empty()),
            new SimpleMeterRegistry());
  }

  @AfterEach
  void close() {
    service.close();
    fake.close();
    await(vertx.close());
  }

  private Sound wav(int seconds) throws IOException {
    Path file = Listening.wav(folder.resolve("lesson.wav"), seconds);
    return new Sound(57, file, Files.size(file), "audio/wav", seconds);
  }

  private Recognised hear(Sound sound) {
    return ((Done) await(service.advance(sound, notes))).recognised();
  }

  @Test
  void trap19SecondsAsFractionsALanguageAsANameAndTextInventedInSilence() throws Exception {
    open(
        form ->
            new JsonArray()
                .add(FakeWhisper.segment(0.0, 3.3, "The beach was nice."))
                .add(
                    FakeWhisper.segment(3.3, 9, "Thank you for watching!")
                        .put("no_speech_prob", 0.93)
                        .put("avg_logprob", -1.4))
                .add(FakeWhisper.segment(9, 11, "la la la la").put("compression_ratio", 3.1))
                .add(FakeWhisper.segment(11.004, 12.5, "We swam."))
                .add(FakeWhisper.segment(13, 14, "Okay."))
                .add(FakeWhisper.segment(14, 15, "Okay."))
                .add(FakeWhisper.segment(15, 16, "Okay.")));

    Recognised heard = hear(wav(5));

    assertThat(heard.utterances().stream().map(Heard::text))
        .containsExactly("The beach was nice.", "We swam.", "Okay.");
    assertThat(heard.utterances().get(1).startMillis()).isEqualTo(11_004);
    assertThat(heard.utterances().get(1).endMillis()).isEqualTo(12_500);
    assertThat(heard.utterances()).allSatisfy(turn -> assertThat(turn.speaker()).isEmpty());
    assertThat(heard.language()).contains("english");
    assertThat(fake.heard.get(0).fields())
        .containsEntry("model", "whisper-large-v3-turbo")
        .containsEntry("response_format", "verbose_json");
    assertThat(fake.heard.get(0).fileName()).isEqualTo("lesson.wav");
  }

  @Test
  void trap19ALongRecordingIsCutAndItsTimesAreShifted() throws Exception {
    // 30 s are 480,044 bytes; a part of at most 190,000 has 11.87 s, of which it shares 2 s.
    open(form -> new JsonArray().add(FakeWhisper.segment(1.5, 5, "part " + fake.heard.size())));

    Recognised heard = hear(wav(30));

    assertThat(fake.heard).hasSize(3);
    assertThat(fake.heard)
        .allSatisfy(form -> assertThat(form.file().length).isLessThanOrEqualTo(190_000));
    assertThat(heard.utterances().stream().map(Heard::text))
        .containsExactly("part 1", "part 2", "part 3");
    assertThat(heard.utterances().get(1).startMillis()).isBetween(11_300L, 11_400L);
    assertThat(heard.utterances().get(2).startMillis()).isBetween(21_200L, 21_300L);
    assertThat(folder.resolve("parts")).isEmptyDirectory();
    assertThat(notes.reports).hasSize(3);
  }

  @Test
  void whatTwoPartsShareIsSaidOnce() throws Exception {
    open(
        form ->
            fake.heard.size() == 1
                ? new JsonArray()
                    .add(FakeWhisper.segment(2, 4, "first"))
                    .add(FakeWhisper.segment(10.0, 10.5, "shared early"))
                    .add(FakeWhisper.segment(11.4, 11.8, "shared late"))
                : new JsonArray()
                    .add(FakeWhisper.segment(0.1, 0.6, "shared early"))
                    .add(FakeWhisper.segment(1.5, 1.9, "shared late"))
                    .add(FakeWhisper.segment(4, 5, "last")));

    assertThat(hear(wav(20)).utterances().stream().map(Heard::text))
        .containsExactly("first", "shared early", "shared late", "last");
  }

  @Test
  void partsThatAreDoneAreNotPaidAgain() throws Exception {
    open(form -> new JsonArray().add(FakeWhisper.segment(1.5, 5, "part " + fake.heard.size())));
    fake.service.faults.fine(request -> true).then(Fault.refusal(400, "{}"));
    Sound sound = wav(30);
    catchThrowableOfType(Failure.class, () -> hear(sound));
    assertThat(fake.heard).hasSize(1);

    assertThat(hear(sound).utterances()).hasSize(3);
    assertThat(fake.heard).hasSize(3);
  }

  @Test
  void whatCannotBeCutHereSaysWhatToDo() throws Exception {
    open(form -> new JsonArray());
    Path file = Files.write(folder.resolve("lesson.m4a"), new byte[300_000]);
    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> hear(new Sound(57, file, 300_000, "audio/mp4", 60)));
    assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(failure).hasMessageContaining("install ffmpeg").hasMessageContaining("assemblyai");
    assertThat(fake.heard).isEmpty();
  }

  @Test
  void anHoursWaitIsHandedOnAndAnEmptyAccountIsFinal() throws Exception {
    open(form -> new JsonArray());
    Sound sound = wav(5);
    fake.service.faults.then(
        Fault.tooManySeconds(3_500),
        Fault.refusal(429, "{\"error\":{\"message\":\"m\",\"code\":\"insufficient_quota\"}}"));
    assertThat(catchThrowableOfType(Failure.class, () -> hear(sound)).kind())
        .isEqualTo(Kind.RETRY_AT);
    assertThat(catchThrowableOfType(Failure.class, () -> hear(sound)))
        .hasMessageContaining("quota is used up")
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.PERMANENT));
    assertThat(List.of(fake.service.received.size())).containsExactly(2);
  }
}
