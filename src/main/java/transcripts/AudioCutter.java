package transcripts;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import outbound.Failure;
import outbound.Failure.Kind;

/**
 * Makes recordings small enough for services with an upload limit: the program ffmpeg makes them
 * small (mono, 16 kHz, 32 kbit/s: an hour is 14 MB), where it is installed; WAV and MP3 are cut
 * without it.
 */
final class AudioCutter {
  private static final Duration ENCODING = Duration.ofMinutes(15);

  private final Path folder;
  private final Optional<Path> ffmpeg;

  /**
   * @param folder for temporary files
   */
  AudioCutter(Path folder, Optional<Path> ffmpeg) {
    this.folder = folder;
    this.ffmpeg = ffmpeg;
  }

  /**
   * A file to upload.
   *
   * @param offset of its beginning from the recording's
   * @param temporary whether it is to be deleted afterwards
   */
  record Part(Path file, String type, Duration offset, boolean temporary) {}

  /** The program of that name on the search path, or at that path. */
  static Optional<Path> program(String name, String searchPath) {
    if (name.contains(File.separator)) {
      return Optional.of(Path.of(name)).filter(Files::isExecutable);
    }
    for (String place : searchPath.split(File.pathSeparator)) {
      Path candidate = Path.of(place.isEmpty() ? "." : place).resolve(name);
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /**
   * The recording itself when it is small enough, else its parts in order. Blocks.
   *
   * @param overlap that neighbours share, so that no word is lost at a cut
   * @throws Failure kind {@link Kind#PERMANENT} when it can't be cut; says what to do
   */
  List<Part> cut(Path source, String type, long maxBytes, Duration overlap) throws IOException {
    if (Files.size(source) <= maxBytes) {
      return List.of(new Part(source, type, Duration.ZERO, false));
    }
    Files.createDirectories(folder);
    if (ffmpeg.isPresent()) {
      Path small = encoded(ffmpeg.get(), source);
      if (Files.size(small) <= maxBytes) {
        return List.of(new Part(small, "audio/mpeg", Duration.ZERO, true));
      }
      try {
        return Mp3Frames.cut(small, folder, maxBytes, overlap);
      } finally {
        Files.delete(small);
      }
    }
    Optional<WavFile> wav = WavFile.read(source);
    if (wav.isPresent()) {
      return wav.get().cut(source, folder, maxBytes, overlap);
    }
    List<Part> parts =
        type.equals("audio/mpeg") ? Mp3Frames.cut(source, folder, maxBytes, overlap) : List.of();
    if (parts.isEmpty()) {
      throw Failure.of(
          Kind.PERMANENT,
          "the recording has more than the "
              + maxBytes
              + " bytes the service takes, and only WAV and MP3 can be cut here: install ffmpeg"
              + " (see speech-to-text.ffmpeg-program), or put assemblyai into speech-to-text.order,"
              + " which takes long recordings");
    }
    return parts;
  }

  static Path temporary(Path folder, String ending) throws IOException {
    return Files.createTempFile(folder, "part-", ending);
  }

  private Path encoded(Path program, Path source) throws IOException {
    Path target = temporary(folder, ".mp3");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "-nostdin",
                "-v",
                "error",
                "-y",
                "-i",
                source.toAbsolutePath().toString(), // never taken for an option
                "-vn",
                "-ac",
                "1",
                "-ar",
                "16000",
                "-b:a",
                "32k",
                "-f",
                "mp3",
                target.toAbsolutePath().toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    boolean good = false;
    try {
      good =
          process.waitFor(ENCODING.toSeconds(), TimeUnit.SECONDS)
              && process.exitValue() == 0
              && Files.size(target) > 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
      if (!good) {
        Files.deleteIfExists(target);
      }
    }
    if (!good) {
      throw Failure.of(
          Kind.PERMANENT,
          program.getFileName() + " could not read the recording; check that the file plays");
    }
    return target;
  }
}
