package speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import settings.Secret;
import settings.Settings;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NarratorTest {
  private static final RemoteLimits LIMITS =
      new RemoteLimits(Duration.ofSeconds(2), Duration.ofSeconds(3), 1, Duration.ofMillis(10));
  private Vertx vertx;
  private WorkerExecutor cpu;

  @BeforeAll
  void open() {
    vertx = Vertx.vertx();
    cpu = vertx.createSharedWorkerExecutor("narrator-test", 2);
  }

  @AfterAll
  void close() {
    OfflineVoicesTest.await(vertx.close());
  }

  private static Narrator narrator(Engine... engines) {
    return new Narrator(List.of(engines), new SpeechMetrics(new SimpleMeterRegistry()));
  }

  private ElevenLabs elevenLabs(String url, String model) {
    return new ElevenLabs(
        vertx,
        cpu,
        new Settings.ElevenLabs(Optional.of(new Secret("k")), URI.create(url), "v", model),
        2,
        LIMITS,
        new SimpleMeterRegistry());
  }

  /** As encoders write them: a title, then a frame that tells the length instead of sounding. */
  private static Buffer dressed(Buffer mp3) {
    Mp3Frame first = Mp3Frame.of(mp3.getInt(0)).orElseThrow();
    Buffer silent = Buffer.buffer(new byte[first.length()]);
    silent.setInt(0, mp3.getInt(0));
    silent.setString(Mp3.HEADER + first.sideInformation(), "Info");
    return Buffer.buffer("ID3")
        .appendBytes(new byte[] {4, 0, 0, 0, 0, 0, 7})
        .appendBytes(new byte[7])
        .appendBuffer(silent)
        .appendBuffer(mp3)
        .appendBuffer(Buffer.buffer("TAG").appendBytes(new byte[125]));
  }

  @Test
  void piecesPutOneBehindTheOtherAreOneFile() {
    Buffer joined = Buffer.buffer();
    long counted = 0;
    for (int millis : new int[] {700, 1_500, 300}) {
      Mp3Piece piece = Mp3Piece.of(dressed(Mp3.encode(Sounds.tone(24_000, millis)))).orElseThrow();
      assertThat(piece.millis()).isBetween((long) millis, millis + 150L);
      assertThat(piece.rate()).isEqualTo(24_000);
      joined.appendBuffer(piece.frames());
      counted += piece.millis();
    }
    assertThat(Mp3.kind(joined)).isEqualTo(Mp3.Kind.WHOLE);
    Pcm heard = Sounds.decoded(joined);
    assertThat((double) heard.duration().toMillis()).isCloseTo(counted, within(counted * 0.02));
    assertThat(Sounds.loudness(heard)).isGreaterThan(3_000);
  }

  @Test
  void whatIsNoSoundIsNoPiece() {
    assertThat(Mp3Piece.of(Buffer.buffer())).isEmpty();
    assertThat(Mp3Piece.of(Buffer.buffer("{\"error\": 1}"))).isEmpty();
    Buffer mp3 = Mp3.encode(Sounds.tone(16_000, 500));
    Mp3Piece cut = Mp3Piece.of(mp3.slice(0, mp3.length() - 30)).orElseThrow();
    assertThat(Mp3.kind(cut.frames())).as("without its half frame").isEqualTo(Mp3.Kind.WHOLE);
  }

  @Test
  void theBuiltInVoiceReadsEnglishAndLeavesOutAForeignWord() {
    FreeTts voice = new FreeTts(cpu, 140);
    Narrator narrator = narrator(voice);
    assertThat(narrator.voice("de", Set.of())).isEmpty();
    String name = narrator.voice("en-GB", Set.of()).orElseThrow().name();
    Narrator.Read whole =
        (Narrator.Read)
            OfflineVoicesTest.await(
                narrator.read(
                    name,
                    "The word \u05e9\u05dc\u05d5\u05dd means peace.\n"
                        + "It is said whenever people meet and part.",
                    "en"));
    assertThat(Sounds.loudness(Sounds.decoded(whole.sound().frames()))).isGreaterThan(300);
    assertThat(
            OfflineVoicesTest.await(
                narrator.read(
                    name, "\u05e9\u05dc\u05d5\u05dd \u05e9\u05dc\u05d5\u05dd and peace", "en")))
        .isInstanceOf(Narrator.Refused.class);
    narrator.close();
  }

  @Test
  void servicesReadOtherLanguagesAndAreToldWhich() {
    try (FakeSpeechServer server = new FakeSpeechServer(vertx)) {
      ElevenLabs service = elevenLabs(server.url(), "eleven_flash_v2_5");
      Narrator narrator = narrator(service, new FreeTts(cpu, 140));
      Narrator.Voice voice = narrator.voice("de-AT", Set.of()).orElseThrow();
      assertThat(voice.pieceCharacters()).isBetween(1_000, 4_500);
      assertThat(OfflineVoicesTest.await(narrator.read(voice.name(), "Guten Tag", "de-AT")))
          .isInstanceOf(Narrator.Read.class);
      assertThat(server.received.get(0).body().getString("language_code")).isEqualTo("de");
      assertThat(narrator.voice("he", Set.of())).as("nobody reads Hebrew").isEmpty();
      assertThat(narrator.voice("en", Set.of(voice.name())).orElseThrow().name())
          .startsWith("freetts");
      assertThat(elevenLabs(server.url(), "eleven_monolingual_v1").speaks("de")).isFalse();
      assertThat(elevenLabs(server.url(), "eleven_multilingual_v2").speaks("hu")).isFalse();
      narrator.close();
    }
  }

  @Test
  void aVoiceThatFailedRestsAndIsNotReplaced() {
    CountedEngine engine =
        new CountedEngine(
            "broken",
            text -> Future.failedFuture(new EngineFailure("no quota", Duration.ofMinutes(5))));
    Narrator narrator = narrator(engine, new FreeTts(cpu, 140));
    String name = narrator.voice("en", Set.of()).orElseThrow().name();
    assertThatThrownBy(() -> OfflineVoicesTest.await(narrator.read(name, "A kettle.", "en")))
        .hasMessageContaining("no quota");
    Narrator.Reading second = OfflineVoicesTest.await(narrator.read(name, "A kettle.", "en"));
    assertThat(second).isInstanceOf(Narrator.Resting.class);
    assertThat(((Narrator.Resting) second).rest())
        .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
    assertThat(engine.asked).hasValue(1);
    assertThat(OfflineVoicesTest.await(narrator.read("unheard/of", "A kettle.", "en")))
        .isInstanceOf(Narrator.Refused.class);
    narrator.close();
  }
}
