package transcripts;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A WAV file's frame: where its samples lie. A length beyond the file's end means up to its end,
 * which is what programs write that don't know the length when they begin.
 *
 * @param format the format chunk's content
 * @param dataStart where samples begin
 * @param dataBytes how many bytes of them
 * @param bytesPerSecond above 0
 * @param block bytes of one sample of all channels, above 0
 */
record WavFile(byte[] format, long dataStart, long dataBytes, int bytesPerSecond, int block) {
  private static final int RIFF = 12;
  private static final int CHUNK = 8;
  private static final int MAX_FORMAT = 1_024;
  private static final int RATE_AT = 8;
  private static final int BLOCK_AT = 12;
  private static final int COPY = 1 << 20;

  /** Empty when the file is no WAV, or has no samples. */
  static Optional<WavFile> read(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long length = file.length();
      byte[] head = new byte[RIFF];
      if (length < RIFF) {
        return Optional.empty();
      }
      file.readFully(head);
      if (!tag(head, 0).equals("RIFF") || !tag(head, 8).equals("WAVE")) {
        return Optional.empty();
      }
      byte[] format = null;
      long at = RIFF;
      while (at + CHUNK <= length) {
        byte[] chunk = new byte[CHUNK];
        file.seek(at);
        file.readFully(chunk);
        long size = Integer.toUnsignedLong(little(chunk).getInt(4));
        if (tag(chunk, 0).equals("fmt ") && size >= 16 && size <= MAX_FORMAT) {
          format = new byte[(int) Math.min(size, length - at - CHUNK)];
          file.readFully(format);
        } else if (tag(chunk, 0).equals("data")) {
          return found(format, at + CHUNK, Math.min(size, length - at - CHUNK));
        }
        at += CHUNK + size + (size & 1);
      }
      return Optional.empty();
    }
  }

  private static Optional<WavFile> found(byte[] format, long start, long bytes) {
    if (format == null || format.length < 16 || bytes <= 0) {
      return Optional.empty();
    }
    int rate = little(format).getInt(RATE_AT);
    int block = Short.toUnsignedInt(little(format).getShort(BLOCK_AT));
    return rate > 0 && block > 0
        ? Optional.of(new WavFile(format, start, bytes, rate, block))
        : Optional.empty();
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String tag(byte[] bytes, int at) {
    return new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
  }

  double seconds() {
    return (double) dataBytes / bytesPerSecond;
  }

  /**
   * WAV files of at most {@code maxBytes} that overlap; the caller deletes them.
   *
   * @param folder where to write them
   */
  List<AudioCutter.Part> cut(Path source, Path folder, long maxBytes, Duration overlap)
      throws IOException {
    int header = RIFF + CHUNK + format.length + (format.length & 1) + CHUNK;
    long most = (maxBytes - header) / block * block;
    long shared = bytesPerSecond * overlap.toMillis() / 1_000 / block * block;
    if (most <= 2 * shared) {
      throw new IllegalArgumentException("parts of " + maxBytes + " bytes are too small to cut");
    }
    List<AudioCutter.Part> parts = new ArrayList<>();
    try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ)) {
      for (long from = 0; from < dataBytes; from += most - shared) {
        long bytes = Math.min(most, dataBytes - from);
        Path part = AudioCutter.temporary(folder, ".wav");
        parts.add(
            new AudioCutter.Part(
                part, "audio/wav", Duration.ofMillis(from * 1_000 / bytesPerSecond), true));
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
          out.write(header(bytes));
          for (long copied = 0; copied < bytes; ) {
            copied += in.transferTo(dataStart + from + copied, Math.min(COPY, bytes - copied), out);
          }
        }
        if (from + bytes >= dataBytes) {
          break;
        }
      }
    }
    return parts;
  }

  private ByteBuffer header(long bytes) {
    int padded = format.length + (format.length & 1);
    ByteBuffer header =
        ByteBuffer.allocate(RIFF + CHUNK + padded + CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    header.put("RIFF".getBytes(StandardCharsets.ISO_8859_1));
    header.putInt((int) (header.capacity() - 8 + bytes));
    header.put("WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1));
    header.putInt(format.length).put(format);
    header.position(RIFF + CHUNK + padded);
    header.put("data".getBytes(StandardCharsets.ISO_8859_1)).putInt((int) bytes);
    return header.flip();
  }
}
