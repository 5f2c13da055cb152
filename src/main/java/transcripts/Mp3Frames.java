package transcripts;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Walks through the frames of an MP3 file (ISO 11172-3 and 13818-3, layer III), each of which can
 * be played from. What is no frame, such as tags, is passed over.
 */
final class Mp3Frames {
  private static final int[] KBITS_1 = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, -1
  };
  private static final int[] KBITS_2 = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, -1
  };
  private static final int[] RATES = {44_100, 48_000, 32_000, -1};
  private static final int BUFFER = 1 << 16;

  private Mp3Frames() {}

  /** Hears of each frame. */
  private interface Visitor {
    void frame(long position, int bytes, double second);
  }

  /** How long the file plays; 0 when it has no frames. */
  static double seconds(Path file) throws IOException {
    double[] end = new double[1];
    walk(file, (position, bytes, second) -> end[0] = second);
    return end[0];
  }

  /** MP3 files of at most {@code maxBytes} that overlap; the caller deletes them. */
  static List<AudioCutter.Part> cut(Path source, Path folder, long maxBytes, Duration overlap)
      throws IOException {
    record Piece(long from, long to, double second) {}
    record Frame(long position, double second) {}
    double shared = overlap.toMillis() / 1_000.0;
    List<Piece> pieces = new ArrayList<>();
    Deque<Frame> recent = new ArrayDeque<>();
    long[] span = {-1, 0};
    double[] begun = {0};
    walk(
        source,
        (position, bytes, second) -> {
          if (span[0] < 0) {
            span[0] = position;
          } else if (position + bytes - span[0] > maxBytes) {
            pieces.add(new Piece(span[0], span[1], begun[0]));
            Frame first = recent.isEmpty() ? new Frame(position, second) : recent.getFirst();
            span[0] = first.position();
            begun[0] = first.second();
          }
          span[1] = position + bytes;
          recent.addLast(new Frame(position, second));
          while (recent.getFirst().second() < second - shared) {
            recent.removeFirst();
          }
        });
    if (span[0] >= 0) {
      pieces.add(new Piece(span[0], span[1], begun[0]));
    }
    List<AudioCutter.Part> parts = new ArrayList<>();
    try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ)) {
      for (Piece piece : pieces) {
        Path part = AudioCutter.temporary(folder, ".mp3");
        parts.add(
            new AudioCutter.Part(
                part, "audio/mpeg", Duration.ofMillis(Math.round(piece.second() * 1_000)), true));
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
          for (long at = piece.from(); at < piece.to(); ) {
            at += in.transferTo(at, piece.to() - at, out);
          }
        }
      }
    }
    return parts;
  }

  private static void walk(Path file, Visitor visitor) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(new BufferedInputStream(raw, BUFFER))) {
      long position = 0;
      double second = 0;
      int header = 0;
      int read = 0;
      while (true) {
        int next = in.read();
        if (next < 0) {
          return;
        }
        header = header << 8 | next;
        position++;
        read++;
        if (read == 4 && header >>> 8 == ('I' << 16 | 'D' << 8 | '3') && position == 4) {
          position += skipTag(in);
          read = 0;
          continue;
        }
        int bytes = read >= 4 ? frameBytes(header) : 0;
        if (bytes > 4) {
          visitor.frame(position - 4, bytes, second);
          second += samples(header) / (double) rate(header);
          try {
            in.skipNBytes(bytes - 4);
          } catch (EOFException cut) {
            return;
          }
          position += bytes - 4;
          read = 0;
        }
      }
    }
  }

  /** After "ID3" and the version's first byte. */
  private static long skipTag(DataInputStream in) throws IOException {
    in.skipNBytes(2);
    int size = 0;
    for (int i = 0; i < 4; i++) {
      size = size << 7 | (in.read() & 0x7F);
    }
    long skipped = in.skip(size);
    return 6 + skipped;
  }

  /** 0 when these four bytes begin no frame of layer III. */
  private static int frameBytes(int header) {
    boolean sync = header >>> 21 == 0x7FF;
    int version = header >>> 19 & 3;
    int layer = header >>> 17 & 3;
    int index = header >>> 12 & 15;
    if (!sync || version == 1 || layer != 1 || index == 0 || index == 15 || rate(header) < 0) {
      return 0;
    }
    int kbits = version == 3 ? KBITS_1[index] : KBITS_2[index];
    return samples(header) / 8 * kbits * 1_000 / rate(header) + (header >>> 9 & 1);
  }

  private static int samples(int header) {
    return (header >>> 19 & 3) == 3 ? 1_152 : 576;
  }

  private static int rate(int header) {
    int rate = RATES[header >>> 10 & 3];
    int version = header >>> 19 & 3;
    return version == 3 ? rate : version == 2 ? rate / 2 : rate / 4;
  }
}
