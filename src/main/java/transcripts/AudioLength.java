package transcripts;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How long a recording plays, read from the file without decoding it. */
final class AudioLength {
  // What Zoom's M4A files have; a guess must rather be too long, for it guards what is spent.
  private static final int GUESSED_BYTES_PER_SECOND = 8_000;
  private static final int MAX_BOXES = 10_000;

  private AudioLength() {}

  /** Whole seconds, at least 1; guessed from the size where the file does not say. */
  static long seconds(Path file) throws IOException {
    Optional<WavFile> wav = WavFile.read(file);
    double seconds = wav.isPresent() ? wav.get().seconds() : mp4(file);
    if (seconds <= 0 && file.toString().toLowerCase(java.util.Locale.ROOT).endsWith(".mp3")) {
      seconds = Mp3Frames.seconds(file);
    }
    if (seconds <= 0) {
      seconds = (double) Files.size(file) / GUESSED_BYTES_PER_SECOND;
    }
    return Math.max(1, (long) Math.ceil(seconds));
  }

  /** From box {@code mvhd} inside {@code moov} (ISO 14496-12); 0 when there is none. */
  private static double mp4(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long end = file.length();
      long at = 0;
      for (int boxes = 0; at + 8 <= end && boxes < MAX_BOXES; boxes++) {
        file.seek(at);
        long size = Integer.toUnsignedLong(file.readInt());
        byte[] type = new byte[4];
        file.readFully(type);
        long header = 8;
        if (size == 1 && at + 16 <= end) {
          size = file.readLong();
          header = 16;
        }
        String name = new String(type, StandardCharsets.ISO_8859_1);
        if (boxes == 0 && !name.matches("ftyp|moov|free|wide|mdat|skip")) {
          return 0;
        }
        if (name.equals("mvhd") && at + header + 32 <= end) {
          return duration(file, at + header);
        }
        if (name.equals("moov")) {
          at += header; // into it
        } else if (size < header) {
          return 0; // "up to the end" or nonsense
        } else {
          at += size;
        }
      }
      return 0;
    }
  }

  private static double duration(RandomAccessFile file, long at) throws IOException {
    file.seek(at);
    boolean large = file.readInt() >>> 24 == 1;
    file.seek(at + (large ? 20 : 12));
    long scale = Integer.toUnsignedLong(file.readInt());
    long units = large ? file.readLong() : Integer.toUnsignedLong(file.readInt());
    return scale == 0 ? 0 : (double) units / scale;
  }
}
