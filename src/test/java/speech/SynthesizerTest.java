package speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import settings.Secret;
import settings.Settings;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SynthesizerTest {
  private LessonDatabases databases;
  private WorkerExecutor cpu;
  @TempDir Path folder;

  @BeforeAll
  void open() {
    databases = new LessonDatabases();
    cpu = databases.vertx.createSharedWorkerExecutor("speech-test", 2);
  }

  @AfterAll
  void close() {
    databases.close();
  }

  @BeforeEach
  void empty() {
    databases.mysql("DELETE FROM speech_audio");
  }

  private SpeakingNode node(String name, int concurrency, int queue, Engine... engines) {
    return new SpeakingNode(databases, folder.resolve(name), concurrency, queue, engines);
  }

  private long rows() {
    return databases.mysql("SELECT COUNT(*) FROM speech_audio").iterator().next().getLong(0);
  }

  private Engine freeTts() {
    return new FreeTts(cpu, 140);
  }

  private static NotSpokenException.Reason reason(Future<Audio> audio) {
    NotSpokenException none =
        catchThrowableOfType(NotSpokenException.class, () -> LessonDatabases.await(audio));
    assertThat(none).as("it should not have been spoken").isNotNull();
    return none.reason();
  }

  @Test
  void sixteenRequestsForOneTextMakeItOnce() {
    Engine voice = freeTts();
    CountedEngine engine = new CountedEngine("counted", voice::speak);
    SpeakingNode node = node("crowd", 4, 20, engine);
    List<Future<Audio>> crowd =
        IntStream.range(0, 16)
            .mapToObj(i -> node.ask(i % 2 == 0 ? "a kettle" : " a  kettle\n"))
            .toList();
    LessonDatabases.await(Future.all(crowd));
    assertThat(crowd.stream().map(Future::result).distinct()).hasSize(1);
    assertThat(engine.asked).hasValue(1);
    assertThat(rows()).isEqualTo(1);
    assertThat(node.requests("made")).isEqualTo(1);
    assertThat(node.requests("joined")).isEqualTo(15);
    Audio audio = crowd.get(0).result();
    Buffer content = node.content(audio);
    assertThat(content.length()).isEqualTo(audio.bytes());
    assertThat(Sounds.loudness(Sounds.decoded(content))).isGreaterThan(300);
    voice.close();
  }

  @Test
  void whatWasMadeIsKeptForEveryNodeAndAfterARestart() {
    CountedEngine engine =
        new CountedEngine("counted", text -> Future.succeededFuture(FakeSpeechServer.AUDIO));
    Audio made = node("first", 1, 1, engine).speak("kettle");
    SpeakingNode other = node("second", 1, 1, engine);
    assertThat(other.speak("kettle")).isEqualTo(made);
    assertThat(other.content(made)).isEqualTo(FakeSpeechServer.AUDIO);
    assertThat(
            folder.resolve("second").resolve(made.id().substring(0, 2)).resolve(made.id() + ".mp3"))
        .hasBinaryContent(FakeSpeechServer.AUDIO.getBytes());
    databases.mysql("DELETE FROM speech_audio");
    assertThat(other.content(made))
        .as("this node's copy needs no database")
        .isEqualTo(FakeSpeechServer.AUDIO);
    assertThat(engine.asked).hasValue(1);
    assertThat(made.id()).matches("[0-9a-f]{32}");
  }

  @Test
  void nodesThatMakeTheSameTextAtOnceAgreeOnOne() {
    Promise<Void> both = Promise.promise();
    AtomicInteger speaking = new AtomicInteger();
    List<SpeakingNode> nodes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Buffer own =
          FakeSpeechServer.AUDIO
              .copy()
              .appendBuffer(Mp3.encode(Sounds.tone(22_050, 100 * (i + 1))));
      nodes.add(
          node(
              "racer" + i,
              1,
              1,
              new CountedEngine(
                  "counted",
                  text -> {
                    if (speaking.incrementAndGet() == 4) {
                      both.complete();
                    }
                    return both.future().map(own);
                  })));
    }
    List<Future<Audio>> answers = nodes.stream().map(node -> node.ask("kettle")).toList();
    LessonDatabases.await(Future.all(answers));
    assertThat(answers.stream().map(Future::result).distinct()).hasSize(1);
    assertThat(nodes.stream().map(node -> node.content(answers.get(0).result())).distinct())
        .hasSize(1);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aServiceThatFailsIsReplacedOfflineAndComesBack() {
    try (FakeSpeechServer server = new FakeSpeechServer(databases.vertx)) {
      Settings.ElevenLabs account =
          new Settings.ElevenLabs(Optional.of(new Secret("k")), URI.create(server.url()), "v", "m");
      RemoteLimits impatient =
          new RemoteLimits(Duration.ofMillis(500), Duration.ofMillis(1500), 3, Duration.ofMillis(5));
      RemoteLimits patient =
          new RemoteLimits(Duration.ofSeconds(10), Duration.ofSeconds(10), 1, Duration.ofMillis(5));
      SpeakingNode node =
          node(
              "fallback",
              2,
              5,
              new ElevenLabs(
                  databases.vertx, cpu, account, 2, impatient, new SimpleMeterRegistry()),
              freeTts());
      for (int i = 0; i < 3; i++) {
        server.then(FakeSpeechServer.silence());
      }
      Audio offline = node.speak("a kettle");
      assertThat(Sounds.decoded(node.content(offline)).rate())
          .as("FreeTTS's own rate")
          .isEqualTo(16_000);
      int calls = server.received.size();
      assertThat(calls).isPositive();
      assertThat(node.speak("a kettle")).as("kept while the service rests").isEqualTo(offline);
      assertThat(node.speak("a ladder")).isNotEqualTo(offline);
      assertThat(server.received).as("a resting service is left alone").hasSize(calls);
      assertThat(
              node.registry
                  .timer("lessonweave.speech", "engine", "elevenlabs", "outcome", "failed")
                  .count())
          .isEqualTo(1);
      assertThat(
              node.registry
                  .timer("lessonweave.speech", "engine", "freetts", "outcome", "spoken")
                  .count())
          .isEqualTo(2);

      server.forget();
      SpeakingNode later =
          node(
              "later",
              2,
              5,
              new ElevenLabs(databases.vertx, cpu, account, 2, patient, new SimpleMeterRegistry()),
              freeTts());
      Audio remote = later.speak("a kettle");
      assertThat(remote).as("the better voice, once it works again").isNotEqualTo(offline);
      assertThat(later.content(remote)).isEqualTo(FakeSpeechServer.AUDIO);
      assertThat(rows()).isEqualTo(3);
    }
  }

  @Test
  void aTextThatTheServiceRefusesIsNotSentAgain() {
    CountedEngine service =
        new CountedEngine("service", text -> Future.failedFuture(EngineFailure.ofText("422")));
    CountedEngine offline =
        new CountedEngine("offline", text -> Future.succeededFuture(FakeSpeechServer.AUDIO));
    SpeakingNode node = node("refusing", 2, 5, service, offline);
    Audio audio = node.speak("kettle");
    assertThat(node.speak("kettle")).isEqualTo(audio);
    assertThat(service.asked).hasValue(1);
    assertThat(offline.asked).hasValue(1);
    node.speak("ladder");
    assertThat(service.asked).as("other texts are").hasValue(2);
  }

  @Test
  void whatNobodyCanSpeakIsSaidSo() {
    SpeakingNode node = node("silent", 1, 1, freeTts());
    assertThat(reason(node.ask("שלום"))).isEqualTo(NotSpokenException.Reason.TEXT);
    assertThat(reason(node.ask(""))).isEqualTo(NotSpokenException.Reason.TEXT);
    assertThat(reason(node.ask(" \n "))).isEqualTo(NotSpokenException.Reason.TEXT);
    assertThat(reason(node.ask("x".repeat(61)))).isEqualTo(NotSpokenException.Reason.TEXT);
    assertThat(node.speak("x".repeat(60)).bytes()).isPositive();
    assertThat(reason(node("none", 1, 1).ask("kettle")))
        .isEqualTo(NotSpokenException.Reason.ENGINES);
    CountedEngine broken =
        new CountedEngine(
            "broken",
            text -> {
              throw new IllegalStateException("bug");
            });
    assertThat(reason(node("broken", 1, 1, broken).ask("kettle")))
        .isEqualTo(NotSpokenException.Reason.ENGINES);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void onlySoManyAtATimeAndOnlySoManyWait() throws InterruptedException {
    BlockingQueue<Promise<Buffer>> speaking = new LinkedBlockingQueue<>();
    CountedEngine slow =
        new CountedEngine(
            "slow",
            text -> {
              Promise<Buffer> promise = Promise.promise();
              speaking.add(promise);
              return promise.future();
            });
    SpeakingNode node = node("busy", 2, 3, slow);
    List<Future<Audio>> asked =
        IntStream.range(0, 8).mapToObj(i -> node.ask("kettle " + i)).toList();
    List<Future<Audio>> refused = awaitFailures(asked, 3);
    assertThat(refused.stream().map(SynthesizerTest::reason).collect(Collectors.toSet()))
        .isEqualTo(Set.of(NotSpokenException.Reason.BUSY));
    assertThat(slow.asked).hasValue(2);
    assertThat(node.registry.get("lessonweave.speech.waiting").gauge().value()).isEqualTo(3);
    for (int i = 0; i < 5; i++) {
      Promise<Buffer> next = speaking.poll(20, TimeUnit.SECONDS);
      assertThat(next).as("text %d is being spoken", i).isNotNull();
      next.complete(FakeSpeechServer.AUDIO);
    }
    List<Future<Audio>> rest = asked.stream().filter(future -> !refused.contains(future)).toList();
    LessonDatabases.await(Future.all(rest));
    assertThat(rows()).isEqualTo(5);
    Future<Audio> another = node.ask("one more");
    speaking.poll(20, TimeUnit.SECONDS).complete(FakeSpeechServer.AUDIO);
    assertThat(LessonDatabases.await(another)).as("there is room again").isNotNull();
  }

  private List<Future<Audio>> awaitFailures(List<Future<Audio>> asked, int count) {
    Promise<Void> enough = Promise.promise();
    AtomicInteger failed = new AtomicInteger();
    asked.forEach(
        future ->
            future.onFailure(
                error -> {
                  if (failed.incrementAndGet() == count) {
                    enough.complete();
                  }
                }));
    LessonDatabases.await(enough.future());
    return asked.stream().filter(Future::failed).toList();
  }

  @Test
  void whatWasNotPlayedForLongestGoesFirst() {
    CountedEngine engine =
        new CountedEngine("counted", text -> Future.succeededFuture(FakeSpeechServer.AUDIO));
    SpeakingNode node = node("full", 1, 1, engine);
    List<Audio> audios = IntStream.range(0, 10).mapToObj(i -> node.speak("kettle " + i)).toList();
    for (int i = 0; i < 10; i++) {
      databases.mysql(
          "UPDATE speech_audio SET last_used_on = DATE_SUB(last_used_on, INTERVAL ? DAY) WHERE id ="
              + " ?",
          10 - i,
          audios.get(i).id());
    }
    node.speak("kettle 0");
    long each = FakeSpeechServer.AUDIO.length();
    AudioStore store = new AudioStore(databases.mysql);
    assertThat(LessonDatabases.await(store.trim(each * 10))).isZero();
    assertThat(LessonDatabases.await(store.trim(each * 4 + 1))).isEqualTo(6);
    List<String> left = new ArrayList<>();
    databases.mysql("SELECT id FROM speech_audio").forEach(row -> left.add(row.getString("id")));
    assertThat(left)
        .containsExactlyInAnyOrder(
            audios.get(0).id(), audios.get(7).id(), audios.get(8).id(), audios.get(9).id());
    assertThat(LessonDatabases.await(node.library.trim(each * 3))).isEqualTo(7);
    assertThat(LessonDatabases.await(node.library.trim(each * 3))).isZero();
  }

  @Test
  void idsThatAreNoneAreLookedForNowhere() {
    SpeakingNode node = node("ids", 1, 1);
    for (String id :
        List.of(
            "",
            "x",
            "../../../../etc/passwd",
            "0".repeat(31),
            "0".repeat(33),
            "G".repeat(32),
            "A".repeat(32),
            "0".repeat(32))) {
      assertThat(LessonDatabases.await(node.library.content(id))).as(id).isEmpty();
    }
  }
}
