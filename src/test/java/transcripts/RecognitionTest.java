package transcripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static transcripts.Listening.await;

import fakes.FakeAssemblyAi;
import fakes.FakeWhisper;
import fakes.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import settings.SpeechToTextSettings;
import transcripts.Recognition.NotReady;
import transcripts.Recognition.Progress;
import transcripts.Recognition.Text;
import work.PermanentFailure;

class RecognitionTest {
  private static final SpeakerHints NOBODY =
      new SpeakerHints(Optional.empty(), Optional.empty(), Optional.empty());

  private static LessonDatabases databases;
  private static WorkerExecutor cpu;

  @TempDir Path temp;
  private Path folder;
  private final List<Recognition> opened = new ArrayList<>();
  private FakeAssemblyAi assemblyAi;
  private FakeWhisper groq;
  private long lesson;

  @BeforeAll
  static void open() {
    databases = new LessonDatabases();
    cpu = databases.vertx.createSharedWorkerExecutor("recognition-test", 2);
  }

  @AfterAll
  static void closeAll() {
    databases.close();
  }

  @BeforeEach
  void begin() throws Exception {
    folder = Files.createDirectories(temp.resolve("recordings"));
    assemblyAi =
        new FakeAssemblyAi(databases.vertx, Listening.KEY).hears(Listening.lesson()).doneAfter(1);
    groq =
        new FakeWhisper(
            databases.vertx,
            Listening.KEY,
            25_000_000,
            form -> new JsonArray().add(FakeWhisper.segment(0, 4, "We heard it with Whisper.")));
    Listening.wav(folder.resolve("a.wav"), 60);
    databases.postgres("TRUNCATE transcription_days");
    lesson =
        databases
            .postgres("INSERT INTO zoom_summaries (class_id) VALUES ('c') RETURNING id")
            .iterator()
            .next()
            .getLong("id");
  }

  @AfterEach
  void close() {
    opened.forEach(Recognition::close);
    assemblyAi.close();
    groq.close();
  }

  private Recognition node(int minutesPerDay) {
    SpeechToTextSettings settings =
        Listening.settings(
            minutesPerDay,
            Optional.of(assemblyAi.address()),
            Optional.of(groq.address()),
            25_000_000);
    Recognition node =
        new Recognition(
            settings,
            List.of(
                new AssemblyAi(
                    databases.vertx, settings, Optional.empty(), new SimpleMeterRegistry()),
                new Whisper(
                    databases.vertx,
                    cpu,
                    "groq",
                    settings.groq(),
                    settings,
                    new AudioCutter(folder.resolve("parts"), Optional.empty()),
                    new SimpleMeterRegistry())),
            new Transcriptions(databases.postgres),
            new SoundFiles(cpu, List.of(folder)));
    opened.add(node);
    return node;
  }

  private static AudioPart part(String path, long offsetSeconds) {
    return new AudioPart(path, 0, "audio/wav", Duration.ofSeconds(offsetSeconds));
  }

  private Progress step(Recognition node, AudioPart... parts) {
    List<AudioPart> sound = parts.length == 0 ? List.of(part("a.wav", 0)) : List.of(parts);
    return await(node.advance(lesson, sound, NOBODY, progress -> {}));
  }

  private Text finish(Recognition node, AudioPart... parts) {
    for (int i = 0; i < 12; i++) {
      if (step(node, parts) instanceof Text text) {
        return text;
      }
    }
    throw new AssertionError("not done after 12 steps");
  }

  private long secondsToday() {
    return databases.count("SELECT coalesce(sum(seconds), 0)::bigint FROM transcription_days");
  }

  @Test
  void theFirstServiceOfTheOrderHearsIt() {
    Text text = finish(node(0));
    assertThat(text.service()).isEqualTo("assemblyai");
    JsonArray turns = new JsonObject(text.text()).getJsonArray("utterances");
    assertThat(turns).hasSize(6);
    assertThat(turns.getJsonObject(1).getString("speaker")).isEqualTo("Speaker B");
    assertThat(groq.heard).isEmpty();
    Transcript read =
        TranscriptReader.read(
            text.text(),
            NOBODY,
            new Limits(100_000, Duration.ofHours(1), Limits.DEFAULT_MIN_WORDS));
    assertThat(read.utterances().get(0).role()).isEqualTo(Role.TEACHER);
    assertThat(read.utterances().get(1).role()).isEqualTo(Role.STUDENT);
  }

  @Test
  void anotherNodeGoesOnWithTheSameJobAndItIsPaidOnce() {
    assertThat(step(node(0))).isInstanceOf(NotReady.class);
    assertThat(
            databases.count(
                "SELECT count(*) FROM transcriptions WHERE lesson_id = $1 AND job_id = '55-1'",
                lesson))
        .isEqualTo(1);
    finish(node(0));
    finish(node(0)); // the stage died after it was done, before it stored the text
    assertThat(assemblyAi.created).hasValue(1);
    assertThat(secondsToday()).isEqualTo(60);
  }

  @Test
  void aServiceThatRefusesIsPassedOver() {
    assemblyAi.service.faults.on(
        request -> true, Fault.refusal(401, "{\"error\":\"Authentication error\"}"));
    Text text = finish(node(0));
    assertThat(text.service()).isEqualTo("groq");
    assertThat(groq.heard).hasSize(1);
    assertThat(
            databases.count(
                "SELECT count(*) FROM transcriptions WHERE lesson_id = $1 AND status = 'failed'",
                lesson))
        .isEqualTo(1);
  }

  @Test
  void whatIsBeingPaidForIsWaitedForRatherThanPaidElsewhere() {
    Recognition node = node(0);
    step(node);
    assemblyAi.service.faults.on(request -> true, Fault.tooManySeconds(3_000));
    assertThat(step(node))
        .isInstanceOfSatisfying(
            NotReady.class,
            waiting -> assertThat(waiting.lookAgain()).isGreaterThan(Duration.ofMinutes(45)));
    assertThat(groq.heard).isEmpty();
    assertThat(finish(node).service()).isEqualTo("assemblyai");
  }

  @Test
  void theDaysMinutesHoldForAllNodesTogether() throws Exception {
    finish(node(1));
    Listening.wav(folder.resolve("b.wav"), 10);
    Progress waiting = step(node(1), part("b.wav", 0));
    assertThat(waiting)
        .isInstanceOfSatisfying(
            NotReady.class,
            notReady -> {
              assertThat(notReady.reason()).contains("speech-to-text.minutes-per-day");
              assertThat(notReady.lookAgain())
                  .isBetween(Duration.ofSeconds(1), Duration.ofHours(24).plusSeconds(1));
            });
    assertThat(secondsToday()).isEqualTo(60);
    databases.postgres("UPDATE transcription_days SET day = day - 1");
    assertThat(finish(node(1), part("b.wav", 0)).service()).isEqualTo("assemblyai");
  }

  @Test
  void aRecordingLongerThanADaysMinutesIsNotWaitedForForEver() throws Exception {
    Listening.wav(folder.resolve("long.wav"), 61);
    assertThat(
            catchThrowableOfType(PermanentFailure.class, () -> step(node(1), part("long.wav", 0))))
        .hasMessageContaining("longer than a day's 1 minutes");
  }

  @Test
  void textThatIsOfNoUseGoesToTheNextService() {
    Recognition node = node(0);
    List<AudioPart> sound = List.of(part("a.wav", 0));
    Text first = finish(node);
    assertThat(await(node.refuse(lesson, sound, first, "no English"))).isTrue();
    Text second = finish(node);
    assertThat(second.service()).isEqualTo("groq");
    assertThat(await(node.refuse(lesson, sound, second, "no English"))).isFalse();
    assertThat(databases.count("SELECT count(*) FROM transcriptions WHERE lesson_id = $1", lesson))
        .as("somebody who puts the lesson back gets new attempts")
        .isZero();
  }

  @Test
  void whenNobodyCanTheReasonsAreNamed() {
    assemblyAi.service.faults.on(request -> true, Fault.refusal(401, "{\"error\":\"no\"}"));
    groq.service.faults.on(request -> true, Fault.refusal(401, "{\"error\":\"no\"}"));
    assertThat(catchThrowableOfType(PermanentFailure.class, () -> step(node(0))))
        .hasMessageContaining("assemblyai answered 401")
        .hasMessageContaining("speech-to-text-groq answered 401")
        .hasMessageNotContaining(Listening.KEY);
  }

  @Test
  void severalFilesAreOneLessonInWhichRolesStayTheSame() throws Exception {
    Listening.wav(folder.resolve("b.wav"), 40);
    Text text = finish(node(0), part("a.wav", 0), part("b.wav", 100));
    JsonArray turns = new JsonObject(text.text()).getJsonArray("utterances");
    assertThat(turns).hasSize(12);
    assertThat(turns.getJsonObject(0).getString("speaker")).isEqualTo("Teacher");
    assertThat(turns.getJsonObject(6).getString("speaker")).isEqualTo("Teacher");
    assertThat(turns.getJsonObject(7).getString("speaker")).isEqualTo("Student");
    assertThat(turns.getJsonObject(6).getLong("start")).isEqualTo(100_250);
  }

  @Test
  void withAFaultInAFifthOfTheCallsEveryLessonIsPaidOnce() throws Exception {
    assemblyAi.service.faults.share(
        0.2,
        11,
        Fault.reset(),
        Fault.lostAnswer(),
        Fault.cutBody(),
        Fault.unavailableHtml(),
        Fault.serverError(),
        Fault.tooManySeconds(0));
    int lessons = 15;
    Recognition node = node(0);
    for (int i = 0; i < lessons; i++) {
      Listening.wav(folder.resolve(i + ".wav"), 10 + i);
      Progress progress = null;
      for (int step = 0; step < 40 && !(progress instanceof Text); step++) {
        try {
          progress = step(node, part(i + ".wav", 0));
        } catch (outbound.Failure failed) {
          assertThat(failed.kind()).isEqualTo(outbound.Failure.Kind.RETRY);
        }
      }
      assertThat(progress)
          .isInstanceOfSatisfying(
              Text.class, text -> assertThat(text.service()).isIn("assemblyai", "groq"));
    }
    assertThat(assemblyAi.service.faults.struck()).hasSizeGreaterThan(6);
    assertThat(assemblyAi.created.get() + groq.heard.size()).isEqualTo(lessons);
  }

  @Test
  void aPathThatLeadsOutOfTheFoldersIsNotSentAnywhere() throws Exception {
    Path outside = Files.writeString(folder.resolveSibling("outside.wav"), "secret");
    Files.createSymbolicLink(folder.resolve("link.wav"), outside);
    for (String path : List.of("../outside.wav", outside.toString(), "link.wav")) {
      assertThat(catchThrowableOfType(IOException.class, () -> step(node(0), part(path, 0))))
          .hasMessageContaining("is not in the recordings or data folder");
    }
    assertThat(assemblyAi.service.received).isEmpty();
  }
}
