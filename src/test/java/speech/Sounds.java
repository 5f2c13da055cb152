package speech;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.JavaLayerException;
import javazoom.jl.decoder.SampleBuffer;

/** Sounds for tests, and a decoder that has nothing to do with the encoder under test. */
public final class Sounds {
  private Sounds() {}

  /** A tone of 440 Hz. */
  static Pcm tone(int rate, int millis) {
    short[] samples = new short[rate * millis / 1_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (8_000 * Math.sin(2 * Math.PI * 440 * i / rate));
    }
    return new Pcm(rate, samples);
  }

  /** A tone as an MP3 file. */
  public static Buffer mp3(int rate, int millis) {
    return Mp3.encode(tone(rate, millis));
  }

  /** A WAV file; {@code dataLength} is what its header claims. */
  static byte[] wav(Pcm pcm, int dataLength) {
    ByteBuffer file =
        ByteBuffer.allocate(44 + pcm.samples().length * 2).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes())
        .putInt(dataLength + 36)
        .put("WAVEfmt ".getBytes())
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1);
    file.putInt(pcm.rate())
        .putInt(pcm.rate() * 2)
        .putShort((short) 2)
        .putShort((short) 16)
        .put("data".getBytes())
        .putInt(dataLength);
    file.asShortBuffer().put(pcm.samples());
    return file.array();
  }

  /**
   * Plays an MP3 file into memory, as a phone would; fails on anything that is not one channel of
   * MP3.
   */
  static Pcm decoded(Buffer mp3) {
    try {
      Bitstream frames = new Bitstream(new ByteArrayInputStream(mp3.getBytes()));
      Decoder decoder = new Decoder();
      ByteArrayOutputStream samples = new ByteArrayOutputStream();
      int rate = 0;
      for (Header frame = frames.readFrame(); frame != null; frame = frames.readFrame()) {
        SampleBuffer decoded = (SampleBuffer) decoder.decodeFrame(frame, frames);
        if (decoded.getChannelCount() != 1) {
          throw new AssertionError("not one channel");
        }
        rate = decoded.getSampleFrequency();
        ByteBuffer bytes =
            ByteBuffer.allocate(decoded.getBufferLength() * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(decoded.getBuffer(), 0, decoded.getBufferLength());
        samples.writeBytes(bytes.array());
        frames.closeFrame();
      }
      return Pcm.of(rate, samples.toByteArray(), ByteOrder.LITTLE_ENDIAN);
    } catch (JavaLayerException e) {
      throw new AssertionError("no player would play it", e);
    }
  }

  /** How long a player plays it. */
  public static Duration duration(byte[] mp3) {
    return decoded(Buffer.buffer(mp3)).duration();
  }

  /** As {@link #loudness(Pcm)}, of what a player plays. */
  public static double loudness(byte[] mp3) {
    return loudness(decoded(Buffer.buffer(mp3)));
  }

  /** Root mean square of the samples: some thousands for speech, 0 for silence. */
  static double loudness(Pcm pcm) {
    double sum = 0;
    for (short sample : pcm.samples()) {
      sum += (double) sample * sample;
    }
    return Math.sqrt(sum / Math.max(1, pcm.samples().length));
  }
}
