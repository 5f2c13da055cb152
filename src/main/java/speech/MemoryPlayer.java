package speech;

import com.sun.speech.freetts.audio.AudioPlayer;
import java.io.ByteArrayOutputStream;
import javax.sound.sampled.AudioFormat;

/**
 * Where FreeTTS thinks its loudspeaker is: keeps the samples instead, and never waits for them to
 * have been heard.
 */
final class MemoryPlayer implements AudioPlayer {
  private final ByteArrayOutputStream samples = new ByteArrayOutputStream();
  // What FreeTTS's 16 kHz voices announce before their first sample; a text without any sample
  // announces nothing.
  private AudioFormat format = new AudioFormat(16_000, Short.SIZE, 1, true, true);

  byte[] bytes() {
    return samples.toByteArray();
  }

  AudioFormat format() {
    return format;
  }

  @Override
  public void setAudioFormat(AudioFormat announced) {
    format = announced;
  }

  @Override
  public AudioFormat getAudioFormat() {
    return format;
  }

  @Override
  public boolean write(byte[] data) {
    return write(data, 0, data.length);
  }

  @Override
  public boolean write(byte[] data, int offset, int length) {
    samples.write(data, offset, length);
    return true;
  }

  @Override
  public void begin(int size) {}

  @Override
  public boolean end() {
    return true;
  }

  @Override
  public boolean drain() {
    return true;
  }

  @Override
  public float getVolume() {
    return 1;
  }

  @Override
  public void setVolume(float volume) {}

  @Override
  public long getTime() {
    return 0;
  }

  @Override
  public void resetTime() {}

  @Override
  public void startFirstSampleTimer() {}

  @Override
  public void pause() {}

  @Override
  public void resume() {}

  @Override
  public void reset() {}

  @Override
  public void cancel() {}

  @Override
  public void close() {}

  @Override
  public void showMetrics() {}
}
