package speech;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;

/**
 * Sound as plain samples of one channel.
 *
 * @param rate samples a second
 * @param samples signed, 16 bit
 */
record Pcm(int rate, short[] samples) {
  private static final int RIFF_HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FORMAT_CHUNK = 16;
  private static final int PLAIN = 1;

  static Pcm of(int rate, byte[] bytes, ByteOrder order) {
    return of(rate, ByteBuffer.wrap(bytes).order(order));
  }

  private static Pcm of(int rate, ByteBuffer bytes) {
    short[] samples = new short[bytes.remaining() / Short.BYTES];
    bytes.asShortBuffer().get(samples);
    return new Pcm(rate, samples);
  }

  /**
   * Reads a WAV file of one channel and 16 bit. A length that goes beyond the file means up to its
   * end: that is what programs write that don't know the length when they begin.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  static Pcm ofWav(byte[] file) {
    ByteBuffer wav = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < RIFF_HEADER || !tag(wav, 0).equals("RIFF") || !tag(wav, 8).equals("WAVE")) {
      throw new IllegalArgumentException("not a WAV file");
    }
    int rate = 0;
    long at = RIFF_HEADER;
    while (at + CHUNK_HEADER <= file.length) {
      int begin = (int) at + CHUNK_HEADER;
      long length = Integer.toUnsignedLong(wav.getInt((int) at + 4));
      switch (tag(wav, (int) at)) {
        case "fmt " -> rate = rate(wav, begin);
        case "data" -> {
          if (rate == 0) {
            throw new IllegalArgumentException("a WAV file without its format");
          }
          int bytes = (int) Math.min(length, file.length - begin) & ~1;
          return of(rate, wav.slice(begin, bytes).order(ByteOrder.LITTLE_ENDIAN));
        }
        default -> {
          // title, author and the like
        }
      }
      at = begin + length + (length & 1);
    }
    throw new IllegalArgumentException("a WAV file without sound");
  }

  private static int rate(ByteBuffer wav, int begin) {
    if (begin + FORMAT_CHUNK > wav.capacity()
        || wav.getShort(begin) != PLAIN
        || wav.getShort(begin + 2) != 1
        || wav.getShort(begin + 14) != 16) {
      throw new IllegalArgumentException(
          "a WAV file that is not one channel of plain 16-bit samples");
    }
    int rate = wav.getInt(begin + 4);
    if (rate < 8_000 || rate > 48_000) {
      throw new IllegalArgumentException("a WAV file of " + rate + " samples a second");
    }
    return rate;
  }

  private static String tag(ByteBuffer wav, int at) {
    byte[] tag = new byte[4];
    wav.get(at, tag);
    return new String(tag, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  Duration duration() {
    return Duration.ofNanos(samples.length * 1_000_000_000L / rate);
  }

  /** The largest deviation from silence, 0 to 32768. */
  int peak() {
    int peak = 0;
    for (short sample : samples) {
      peak = Math.max(peak, Math.abs((int) sample));
    }
    return peak;
  }
}
