package zoom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where downloads from Zoom lie until nobody needs them any more: a folder for each lesson, named
 * by its id, with files whose names are ours. Nothing else below it is touched, so it does no harm
 * when the folder is shared with something. Its methods block.
 */
final class AudioFolder {
  /** A lesson that failed may be redriven: so long its sound is kept. */
  static final Duration KEPT = Duration.ofDays(3);

  /** A download that nothing was written to for so long died with its process. */
  static final Duration DEAD = Duration.ofMinutes(10);

  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
  private static final Pattern OURS = Pattern.compile("(audio|transcript)-[0-9]+\\..*");
  private static final String PART = ".part";

  private final Path folder;

  AudioFolder(Path folder) {
    this.folder = folder;
  }

  Path of(long lessonId) {
    return folder.resolve(Long.toString(lessonId));
  }

  Path audio(long lessonId, int segment, String extension) {
    return of(lessonId).resolve("audio-" + segment + "." + extension);
  }

  Path transcript(long lessonId, int segment) {
    return of(lessonId).resolve("transcript-" + segment + ".vtt");
  }

  /** Lessons that something lies here for. */
  Set<Long> lessons() throws IOException {
    return listed(folder).stream()
        .filter(path -> ID.matcher(path.getFileName().toString()).matches())
        .filter(Files::isDirectory)
        .map(path -> Long.valueOf(path.getFileName().toString()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Deletes what was downloaded for a lesson; does nothing when nothing was. */
  void remove(long lessonId) throws IOException {
    remove(lessonId, Duration.ZERO, "");
  }

  /** Deletes what processes that were killed left: dead downloads, and files nobody came for. */
  void sweep() throws IOException {
    for (long lesson : lessons()) {
      remove(lesson, DEAD, PART);
      remove(lesson, KEPT, "");
    }
  }

  private void remove(long lessonId, Duration unusedFor, String ending) throws IOException {
    Instant limit = Instant.now().minus(unusedFor);
    // A folder just made is empty because its download has not begun.
    boolean young = changedAfter(of(lessonId), limit);
    for (Path file : listed(of(lessonId))) {
      String name = file.getFileName().toString();
      if (OURS.matcher(name).matches() && name.endsWith(ending) && !changedAfter(file, limit)) {
        Files.deleteIfExists(file);
      }
    }
    if (!young && listed(of(lessonId)).isEmpty()) {
      Files.deleteIfExists(of(lessonId));
    }
  }

  private static boolean changedAfter(Path file, Instant limit) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isAfter(limit);
    } catch (NoSuchFileException gone) {
      return true;
    }
  }

  private static List<Path> listed(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> content = Files.list(folder)) {
      return content.toList();
    }
  }
}
