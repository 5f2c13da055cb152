package transcripts;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import work.PermanentFailure;

/**
 * Finds the files of lessons' sound. Rows are also written by others, so a path that leads out of
 * the folders where recordings are kept is refused: what it names would be sent to a service.
 */
final class SoundFiles {
  private static final int REMEMBERED = 1_000;

  private final WorkerExecutor cpu;
  private final List<Path> folders;
  // Looked at with every step, read once.
  private final Map<String, Opened> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Opened> eldest) {
              return size() > REMEMBERED;
            }
          });

  SoundFiles(WorkerExecutor cpu, List<Path> folders) {
    this.cpu = cpu;
    this.folders = List.copyOf(folders);
  }

  /** A file with its content's hash. */
  record Opened(SpeechToText.Sound sound, String sha256) {}

  Future<Opened> open(long lessonId, AudioPart part, long maxBytes) {
    return cpu.executeBlocking(() -> read(lessonId, part, maxBytes), false);
  }

  private Opened read(long lessonId, AudioPart part, long maxBytes) throws IOException {
    Path file = find(part.path());
    long bytes = Files.size(file);
    if (bytes == 0) {
      throw new PermanentFailure(
          "the recording " + part.path() + " is empty; put it there again and redrive the lesson");
    }
    if (bytes > maxBytes) {
      throw new PermanentFailure(
          "the recording "
              + part.path()
              + " has more than "
              + maxBytes
              + " bytes (speech-to-text.max-audio-bytes)");
    }
    String key = lessonId + "/" + file + "/" + bytes + "/" + Files.getLastModifiedTime(file);
    Opened opened = known.get(key);
    if (opened == null) {
      opened =
          new Opened(
              new SpeechToText.Sound(lessonId, file, bytes, part.type(), AudioLength.seconds(file)),
              sha256(file));
      known.put(key, opened);
    }
    return opened;
  }

  private Path find(String path) throws IOException {
    for (Path folder : folders) {
      Path file;
      try {
        file = folder.resolve(path);
      } catch (InvalidPathException e) {
        break;
      }
      if (Files.isRegularFile(file) && file.toRealPath().startsWith(folder.toRealPath())) {
        return file.toRealPath();
      }
    }
    throw new IllegalStateException(
        "the recording "
            + path
            + " is not in the recordings or data folder of this node; nodes that transcribe must"
            + " share these folders");
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        DigestInputStream in = new DigestInputStream(raw, MessageDigest.getInstance("SHA-256"))) {
      byte[] buffer = new byte[1 << 16];
      while (in.read(buffer) >= 0) {
        // reading is what feeds the digest
      }
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
