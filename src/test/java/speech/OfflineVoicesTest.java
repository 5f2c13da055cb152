package speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import settings.InstalledProgram;

class OfflineVoicesTest {
  private static final String SENTENCE =
      "My brother never drinks cold tea in the morning before going out.";
  private static final Vertx VERTX = Vertx.vertx();
  private static final WorkerExecutor CPU = VERTX.createSharedWorkerExecutor("speech-test", 4);

  @TempDir Path folder;

  @AfterAll
  static void close() {
    await(VERTX.close());
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(30, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer within 30 s", e);
    }
  }

  @Test
  void freeTtsSpeaksWordsAndSentences() {
    FreeTts voice = new FreeTts(CPU, 140);
    Pcm word = Sounds.decoded(await(voice.speak("beautiful")));
    Pcm sentence = Sounds.decoded(await(voice.speak(SENTENCE)));
    assertThat(word.duration()).isBetween(Duration.ofMillis(400), Duration.ofMillis(1_600));
    assertThat(sentence.duration()).isBetween(Duration.ofMillis(3_000), Duration.ofMillis(7_000));
    assertThat(Sounds.loudness(word)).isGreaterThan(300);
    assertThat(Sounds.loudness(sentence)).isGreaterThan(300);
    assertThat(await(voice.speak("beautiful"))).isEqualTo(await(voice.speak("beautiful")));
    voice.close();
  }

  @Test
  void freeTtsIsSharedByThreadsAndComesBackAfterClosing() {
    FreeTts voice = new FreeTts(CPU, 140);
    Buffer alone = await(voice.speak(SENTENCE));
    List<Future<Buffer>> crowd =
        IntStream.range(0, 12)
            .mapToObj(i -> voice.speak(i % 2 == 0 ? SENTENCE : "kettle number " + i))
            .toList();
    await(Future.all(crowd));
    for (int i = 0; i < crowd.size(); i += 2) {
      assertThat(crowd.get(i).result()).isEqualTo(alone);
    }
    voice.close();
    assertThat(await(voice.speak(SENTENCE))).isEqualTo(alone);
    voice.close();
  }

  @Test
  void oddTextIsSpokenOrRefusedButNeverSilent() {
    FreeTts voice = new FreeTts(CPU, 140);
    for (String text :
        List.of(
            "25% of $3.50",
            "Dr. Smith's e-mail: a@b.example!",
            "<b>x</b> & \"y\" '; DROP TABLE words --",
            "Zoë’s café",
            "x".repeat(300),
            "I")) {
      assertThat(Sounds.loudness(Sounds.decoded(await(voice.speak(text)))))
          .as(text)
          .isGreaterThan(100);
    }
    for (String text : List.of("שלום", "say שלום", "...", "?!", "👍")) {
      assertThatThrownBy(() -> await(voice.speak(text)))
          .as(text)
          .isInstanceOfSatisfying(
              EngineFailure.class, failure -> assertThat(failure.rest()).isZero());
    }
    voice.close();
  }

  private Espeak espeak(String script) throws IOException {
    Path program = folder.resolve("espeak-ng");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.write(folder.resolve("spoken.wav"), Sounds.wav(Sounds.tone(22_050, 900), 0x7ffff000));
    return new Espeak(
        CPU,
        InstalledProgram.find("espeak-ng", "/nowhere:" + folder).orElseThrow(),
        "en-us",
        140,
        Duration.ofMillis(1_500));
  }

  @Test
  void espeakGetsItsTextOnStandardInputOnly() throws IOException {
    Espeak voice = espeak("cd " + folder + "; echo \"$@\" > arguments; cat > text; cat spoken.wav");
    Pcm heard = Sounds.decoded(await(voice.speak("--help; $(touch x) [[kettle]]")));
    assertThat(heard.duration()).isBetween(Duration.ofMillis(880), Duration.ofMillis(1_100));
    assertThat(Sounds.loudness(heard)).isGreaterThan(3_000);
    assertThat(folder.resolve("arguments")).hasContent("-v en-us -s 140 --stdin --stdout");
    assertThat(folder.resolve("text")).hasContent("--help; $(touch x) [ [kettle]]");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void espeakThatFailsRestsForAWhile() throws IOException {
    for (String script :
        List.of(
            "exit 3",
            "cat >/dev/null; echo not a wav",
            "exec sleep 60",
            "cat >/dev/null; cat " + folder + "/spoken.wav; exit 1",
            "cat >/dev/null; exec yes")) {
      Espeak voice = espeak(script);
      assertThatThrownBy(() -> await(voice.speak("kettle")))
          .as(script)
          .isInstanceOfSatisfying(
              EngineFailure.class, failure -> assertThat(failure.rest()).isPositive());
    }
    assertThat(InstalledProgram.find("espeak-ng", "/nowhere::")).isEmpty();
    assertThat(InstalledProgram.find("/nowhere/espeak-ng", "/bin")).isEmpty();
    Espeak gone = new Espeak(CPU, folder.resolve("gone"), "en-us", 140);
    assertThatThrownBy(() -> await(gone.speak("kettle"))).hasMessageContaining("can't be started");
  }
}
