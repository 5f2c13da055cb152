package speech;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * espeak-ng, where its program is installed: a process for each text, which gets it on its standard
 * input and writes a WAV.
 */
final class Espeak implements Engine {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  // 300 characters are some 30 s at 44 kB a second.
  private static final int MAX_BYTES = 16 << 20;
  private static final Duration REST = Duration.ofMinutes(1);

  private final WorkerExecutor cpu;
  private final Path program;
  private final String voice;
  private final int wordsPerMinute;
  private final long timeoutMillis;

  Espeak(WorkerExecutor cpu, Path program, String voice, int wordsPerMinute) {
    this(cpu, program, voice, wordsPerMinute, TIMEOUT);
  }

  /**
   * @param timeout for one text
   */
  Espeak(WorkerExecutor cpu, Path program, String voice, int wordsPerMinute, Duration timeout) {
    this.timeoutMillis = timeout.toMillis();
    this.cpu = cpu;
    this.program = program;
    this.voice = voice;
    this.wordsPerMinute = wordsPerMinute;
  }

  @Override
  public String name() {
    return "espeak";
  }

  @Override
  public String voice() {
    return "espeak-ng/" + voice + "/" + wordsPerMinute;
  }

  @Override
  public Future<Buffer> speak(String text, String language) {
    return speak(Wording.readable(text));
  }

  @Override
  public Future<Buffer> speak(String text) {
    return cpu.executeBlocking(
        () -> {
          String english = Wording.english(text);
          Pcm pcm;
          try {
            pcm = Pcm.ofWav(wav(english));
          } catch (IllegalArgumentException e) {
            throw new EngineFailure(program.getFileName() + " wrote " + e.getMessage(), REST);
          }
          if (pcm.peak() == 0) {
            throw EngineFailure.ofText("it came out silent");
          }
          return Mp3.encode(pcm);
        },
        false);
  }

  private byte[] wav(String text) throws InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(
                  program.toString(),
                  "-v",
                  voice,
                  "-s",
                  String.valueOf(wordsPerMinute),
                  "--stdin",
                  "--stdout")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new EngineFailure(program + " can't be started: " + e.getMessage(), REST);
    }
    try {
      // Read beside writing, or both sides could wait for each other; and only a read of its own
      // can be left when time is up.
      CompletableFuture<byte[]> reading = new CompletableFuture<>();
      Thread reader = new Thread(() -> read(process, reading), "espeak-reader");
      reader.setDaemon(true);
      reader.start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(text.getBytes(StandardCharsets.UTF_8));
      }
      byte[] wav = reading.get(timeoutMillis, TimeUnit.MILLISECONDS);
      if (!process.waitFor(timeoutMillis, TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
        throw new EngineFailure(
            program.getFileName()
                + " ended with status "
                + (process.isAlive() ? "none" : process.exitValue()),
            REST);
      }
      return wav;
    } catch (IOException | ExecutionException e) {
      throw new EngineFailure(program.getFileName() + " broke off", REST);
    } catch (TimeoutException e) {
      throw new EngineFailure(
          program.getFileName() + " was not done after " + timeoutMillis + " ms", REST);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void read(Process process, CompletableFuture<byte[]> reading) {
    try {
      byte[] wav = process.getInputStream().readNBytes(MAX_BYTES + 1);
      if (wav.length > MAX_BYTES) {
        throw new IOException("more than " + MAX_BYTES + " bytes");
      }
      reading.complete(wav);
    } catch (IOException e) {
      reading.completeExceptionally(e);
    }
  }
}
