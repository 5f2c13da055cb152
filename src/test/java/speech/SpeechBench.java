package speech;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import settings.InstalledProgram;

/**
 * Measures the offline voices: time from text to MP3, sizes, what is loaded. Prints; asserts
 * nothing.
 */
final class SpeechBench {
  private static final String SENTENCE =
      "My brother never drinks cold tea in the morning before going out.";
  private static final int ROUNDS = 30;

  private SpeechBench() {}

  /**
   * @param arguments the path of espeak-ng, if it is not on the search path
   */
  public static void main(String[] arguments) {
    Vertx vertx = Vertx.vertx();
    WorkerExecutor cpu =
        vertx.createSharedWorkerExecutor("speech", Runtime.getRuntime().availableProcessors());
    Map<String, Engine> engines = new LinkedHashMap<>();
    engines.put("freetts", new FreeTts(cpu, 140));
    Optional<Path> espeak =
        InstalledProgram.find(
            arguments.length > 0 ? arguments[0] : "espeak-ng",
            System.getenv().getOrDefault("PATH", ""));
    espeak.ifPresent(program -> engines.put("espeak", new Espeak(cpu, program, "en-us", 140)));
    engines.forEach(
        (name, engine) -> {
          long before = heap();
          long begun = System.nanoTime();
          OfflineVoicesTest.await(engine.speak("hello"));
          System.out.printf(
              "%s: first text %d ms, heap afterwards +%.1f MB%n",
              name,
              Duration.ofNanos(System.nanoTime() - begun).toMillis(),
              (heap() - before) / 1e6);
          for (String text : new String[] {"beautiful", SENTENCE}) {
            long[] nanos = new long[ROUNDS];
            Buffer mp3 = Buffer.buffer();
            for (int i = 0; i < ROUNDS; i++) {
              long start = System.nanoTime();
              mp3 = OfflineVoicesTest.await(engine.speak(text));
              nanos[i] = System.nanoTime() - start;
            }
            System.out.printf("%s, first: %d ms; ", name, nanos[0] / 1_000_000);
            Arrays.sort(nanos);
            Pcm heard = Sounds.decoded(mp3);
            System.out.printf(
                "median %d ms, worst %d ms; %d bytes MP3 for %d ms of sound (as WAV %d bytes):"
                    + " %s%n",
                nanos[ROUNDS / 2] / 1_000_000,
                nanos[ROUNDS - 1] / 1_000_000,
                mp3.length(),
                heard.duration().toMillis(),
                44 + heard.samples().length * 2,
                text);
          }
          engine.close();
        });
    OfflineVoicesTest.await(vertx.close());
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
