package speech;

import de.sciss.jump3r.lowlevel.LameEncoder;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFormat;

/**
 * MP3, the one format everything is kept in: every phone and browser plays it, and it is a fifth of
 * a WAV's size.
 */
final class Mp3 {
  /** What every answer with audio is declared as. */
  static final String CONTENT_TYPE = "audio/mpeg";

  // One voice at 16 or 22 kHz; more is not heard, and 32 saves little.
  private static final int KILOBITS = 48;
  static final int HEADER = 4;
  private static final int ID3_HEADER = 10;
  private static final int ID3_TRAILER = 128;

  private Mp3() {}

  /** Encodes samples; takes CPU time, about a thirtieth of the sound's length. */
  static Buffer encode(Pcm pcm) {
    byte[] samples = new byte[pcm.samples().length * Short.BYTES];
    ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(pcm.samples());
    LameEncoder encoder =
        new LameEncoder(
            new AudioFormat(pcm.rate(), Short.SIZE, 1, true, false),
            KILOBITS,
            LameEncoder.CHANNEL_MODE_MONO,
            LameEncoder.QUALITY_MIDDLE,
            false);
    try {
      Buffer encoded = Buffer.buffer();
      byte[] frames = new byte[encoder.getMP3BufferSize()];
      int step = encoder.getPCMBufferSize();
      for (int at = 0; at < samples.length; at += step) {
        encoded.appendBytes(
            frames,
            0,
            encoder.encodeBuffer(samples, at, Math.min(step, samples.length - at), frames));
      }
      return encoded.appendBytes(frames, 0, encoder.encodeFinish(frames));
    } finally {
      encoder.close();
    }
  }

  /** What a body that claims to be MP3 turns out to be. */
  enum Kind {
    /** Frames from the first to the last byte. */
    WHOLE,
    /** Frames, and then something that is less than one. */
    CUT,
    /** No frame where one has to be. */
    OTHER
  }

  /** Walks over the frames without decoding them. */
  static Kind kind(Buffer file) {
    int at = afterTag(file);
    int end = beforeTrailer(file, at);
    int frames = 0;
    while (at + HEADER <= end) {
      int length = Mp3Frame.of(file.getInt(at)).map(Mp3Frame::length).orElse(0);
      if (length == 0) {
        return frames == 0 ? Kind.OTHER : Kind.CUT;
      }
      if (at + length > end) {
        return Kind.CUT;
      }
      at += length;
      frames++;
    }
    return frames == 0 ? Kind.OTHER : at == end ? Kind.WHOLE : Kind.CUT;
  }

  /** Where what is played ends: a trailer with title and author is not. */
  static int beforeTrailer(Buffer file, int from) {
    int end = file.length();
    return end - from >= ID3_TRAILER
            && file.getString(end - ID3_TRAILER, end - ID3_TRAILER + 3, "ISO-8859-1").equals("TAG")
        ? end - ID3_TRAILER
        : end;
  }

  /** Where what is played begins. */
  static int afterTag(Buffer file) {
    if (file.length() < ID3_HEADER || !file.getString(0, 3, "ISO-8859-1").equals("ID3")) {
      return 0;
    }
    int size = 0;
    for (int i = 6; i < ID3_HEADER; i++) {
      size = size << 7 | file.getByte(i) & 0x7f;
    }
    return Math.min(file.length(), ID3_HEADER + size);
  }
}
