package speech;

import com.sun.speech.freetts.Voice;
import com.sun.speech.freetts.en.us.cmu_us_kal.KevinVoiceDirectory;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteOrder;
import java.time.Duration;

/**
 * FreeTTS with its voice kevin16: in this jar, so there is always one that speaks. Loaded (16 MB)
 * when first needed.
 */
final class FreeTts implements Engine {
  private static final String VOICE = "kevin16";
  private static final Duration REST = Duration.ofMinutes(10);

  private final WorkerExecutor cpu;
  private final int wordsPerMinute;
  // Guards the voice, which can do one thing at a time; speaking takes milliseconds.
  private final Object lock = new Object();
  private Voice voice;

  FreeTts(WorkerExecutor cpu, int wordsPerMinute) {
    this.cpu = cpu;
    this.wordsPerMinute = wordsPerMinute;
  }

  @Override
  public String name() {
    return "freetts";
  }

  @Override
  public String voice() {
    return "freetts/1.2.2/" + VOICE + "/" + wordsPerMinute;
  }

  @Override
  public Future<Buffer> speak(String text, String language) {
    return speak(Wording.readable(text));
  }

  @Override
  public Future<Buffer> speak(String text) {
    return cpu.executeBlocking(
        () -> {
          Pcm pcm = pcm(Wording.ascii(text));
          if (pcm.peak() == 0) {
            throw EngineFailure.ofText("it came out silent");
          }
          return Mp3.encode(pcm);
        },
        false);
  }

  private Pcm pcm(String text) {
    synchronized (lock) {
      try {
        if (voice == null) {
          voice = load();
        }
        MemoryPlayer player = new MemoryPlayer();
        voice.setAudioPlayer(player);
        if (!voice.speak(text)) {
          throw EngineFailure.ofText("it can't be read");
        }
        return player.format().getChannels() == 1
            ? Pcm.of(
                (int) player.format().getSampleRate(),
                player.bytes(),
                player.format().isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
            : new Pcm((int) player.format().getSampleRate(), new short[0]);
      } catch (EngineFailure known) {
        throw known;
      } catch (RuntimeException | LinkageError broken) {
        // Its state after a failure is unknown: the next text gets a new one.
        voice = null;
        throw broken instanceof RuntimeException
            ? EngineFailure.ofText("FreeTTS failed: " + broken.getClass().getSimpleName())
            : new EngineFailure("FreeTTS can't run: " + broken.getClass().getSimpleName(), REST);
      }
    }
  }

  private Voice load() {
    for (Voice candidate : new KevinVoiceDirectory().getVoices()) {
      if (candidate.getName().equals(VOICE)) {
        candidate.allocate();
        candidate.setRate(wordsPerMinute);
        return candidate;
      }
    }
    throw new EngineFailure("the jar lacks the voice " + VOICE + ": build it again", REST);
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (voice != null) {
        voice.deallocate();
        voice = null;
      }
    }
  }
}
