package zoom;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import settings.Settings;
import zoom.FoundRecording.AudioPart;
import zoom.FoundRecording.Found;
import zoom.FoundRecording.FoundAudio;
import zoom.FoundRecording.NotYet;
import zoom.FoundRecording.Refused;
import zoom.RecordingMatch.Choice;

/**
 * A folder of recordings, filled by people ({@code <class id>.vtt}), by scripts, or by Zoom's own
 * local recording. It may be shared by a whole school and grow to any size. Which name belongs to
 * which lesson: {@link RecordingMatch}. Files are read on worker threads, never on an event loop;
 * any number of callers may ask at once.
 */
public final class RecordingsFolder implements RecordingSource {
  /** An undated file last written so long before a lesson began is another lesson's. */
  private static final Duration MAX_AGE_BEFORE_LESSON = Duration.ofHours(24);

  private static final int MAX_FILES_IN_ZOOM_FOLDER = 1_000;

  private final Vertx vertx;
  private final Settings.Recordings settings;
  private final Clock clock;
  private final FolderIndex index;
  private final SettledFiles settled;
  private final long maxSoundBytes;

  public RecordingsFolder(Vertx vertx, Settings.Recordings settings) {
    this(vertx, settings, Clock.systemUTC());
  }

  /**
   * @param maxSoundBytes larger recordings are refused; 0: sound alone is of no use and waited past
   */
  public RecordingsFolder(Vertx vertx, Settings.Recordings settings, long maxSoundBytes) {
    this(vertx, settings, Clock.systemUTC(), maxSoundBytes);
  }

  RecordingsFolder(Vertx vertx, Settings.Recordings settings, Clock clock) {
    this(vertx, settings, clock, 0);
  }

  RecordingsFolder(Vertx vertx, Settings.Recordings settings, Clock clock, long maxSoundBytes) {
    this.maxSoundBytes = maxSoundBytes;
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    this.index = new FolderIndex(vertx, settings.folder());
    this.settled = new SettledFiles(settings.settle(), clock);
  }

  @Override
  public Future<FoundRecording> find(RecordingQuery query) {
    Context context = vertx.getOrCreateContext();
    Promise<FoundRecording> promise = Promise.promise();
    index
        .current()
        .compose(snapshot -> vertx.executeBlocking(() -> look(query, snapshot), false))
        .onComplete(
            result ->
                context.runOnContext(
                    done -> {
                      if (result.succeeded()) {
                        promise.complete(result.result());
                      } else {
                        promise.fail(result.cause());
                      }
                    }));
    return promise.future();
  }

  private FoundRecording look(RecordingQuery query, FolderSnapshot snapshot) throws IOException {
    String idName = FileNames.ofClassId(query.classId());
    List<String> names = idName.isEmpty() ? List.of() : snapshot.filesOf(idName);
    Choice files =
        idName.isEmpty()
            ? Choice.none("The class has no id.")
            : RecordingMatch.amongFiles(query, idName, kind(names, false));
    if (files.found()) {
      return open(query, files, files.names().get(0), FoundRecording.MANUAL_UPLOAD);
    }
    Choice folder =
        RecordingMatch.amongZoomFolders(query, snapshot.zoomFoldersAround(query.date()));
    Optional<FoundRecording> transcript =
        folder.found() ? openZoomFolder(query, folder, FileNames::zoomFileRank) : Optional.empty();
    if (transcript.isPresent()) {
      return transcript.get();
    }
    Choice sound = RecordingMatch.amongFiles(query, idName, kind(names, true));
    if (maxSoundBytes > 0 && files.reason().isEmpty()) {
      if (sound.found()) {
        return open(query, sound, sound.names().get(0), FoundRecording.MANUAL_UPLOAD);
      }
      if (folder.found()) {
        Optional<FoundRecording> heard = openZoomFolder(query, folder, FileNames::zoomSoundRank);
        if (heard.isPresent()) {
          return heard.get();
        }
      }
    }
    return new NotYet(reason(query, idName, files, folder, sound));
  }

  private static List<String> kind(List<String> names, boolean sound) {
    return names.stream().filter(name -> FileNames.soundType(name).isPresent() == sound).toList();
  }

  private String reason(
      RecordingQuery query, String idName, Choice files, Choice folder, Choice sound) {
    if (!files.reason().isEmpty()) {
      return files.reason();
    }
    if (sound.found() && maxSoundBytes == 0) {
      return "\""
          + sound.names().get(0)
          + "\" is sound without a transcript. Put the transcript beside it, or set up a"
          + " speech-to-text service (see speech-to-text in the settings).";
    }
    if (folder.found()) {
      return "Zoom's folder \""
          + folder.names().get(0)
          + "\" has no transcript or captions in it. Switch on \"Save captions\" in Zoom, or"
          + " put the lesson's transcript there as transcript.vtt.";
    }
    String reason = !sound.reason().isEmpty() ? sound.reason() : folder.reason();
    return reason.isEmpty()
        ? "No recording of class "
            + query.classId()
            + " on "
            + query.date()
            + " is in the recordings folder yet. Expected \""
            + idName
            + ".vtt\", \""
            + idName
            + "-"
            + query.date()
            + ".vtt\" or Zoom's folder of the meeting."
        : reason;
  }

  /** Empty when the folder has no file of that kind. */
  private Optional<FoundRecording> openZoomFolder(
      RecordingQuery query, Choice folder, ToIntFunction<String> rank) throws IOException {
    String folderName = folder.names().get(0);
    Path directory = settings.folder().resolve(folderName);
    if (!isInside(directory)) {
      return Optional.of(
          new NotYet(
              "\"" + folderName + "\" leads out of the recordings folder and was not followed."));
    }
    List<String> candidates = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (rank.applyAsInt(name) >= 0 && candidates.size() < MAX_FILES_IN_ZOOM_FOLDER) {
          candidates.add(name);
        }
      }
    } catch (NoSuchFileException | java.nio.file.NotDirectoryException e) {
      return Optional.of(new NotYet("\"" + folderName + "\" is gone or is no folder."));
    }
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    candidates.sort(Comparator.<String>comparingInt(rank).thenComparing(Comparator.naturalOrder()));
    String best = candidates.get(0);
    List<String> warnings = new ArrayList<>(folder.warnings());
    if (candidates.size() > 1 && rank.applyAsInt(candidates.get(1)) == rank.applyAsInt(best)) {
      warnings.add(
          "\""
              + folderName
              + "\" holds several "
              + (FileNames.soundType(best).isPresent() ? "recordings" : "transcripts")
              + "; \""
              + best
              + "\" was taken.");
    }
    Choice choice = new Choice(folder.names(), folder.start(), false, warnings, "");
    return Optional.of(
        open(query, choice, folderName + "/" + best, FoundRecording.ZOOM_TRANSCRIPT));
  }

  private FoundRecording open(RecordingQuery query, Choice choice, String name, String source)
      throws IOException {
    Path file = settings.folder().resolve(name);
    if (!isInside(file)) {
      return new NotYet(
          "\"" + name + "\" leads out of the recordings folder or is gone; it was not followed.");
    }
    // The real path holds no links any more, so nothing put in its place later is followed either.
    Path real = file.toRealPath();
    BasicFileAttributes before =
        Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!before.isRegularFile()) {
      return new NotYet("\"" + name + "\" is no regular file.");
    }
    Optional<String> sound = FileNames.soundType(name);
    if (sound.isPresent() && before.size() > maxSoundBytes) {
      return new Refused(
          "\""
              + name
              + "\" has more than the "
              + maxSoundBytes
              + " bytes that are transcribed"
              + " (speech-to-text.max-audio-bytes).");
    }
    if (sound.isEmpty() && before.size() > settings.maxBytes()) {
      return new Refused(tooLarge(name, before.size()));
    }
    if (!settled.isSettled(real, before)) {
      return new NotYet("\"" + name + "\" was changed a moment ago and may still be growing.");
    }
    if (before.size() == 0) {
      return new NotYet("\"" + name + "\" is still empty.");
    }
    if (choice.undated() && isOlderThanLesson(query, before)) {
      return new NotYet(
          "\""
              + name
              + "\" was last written before this lesson began, so it is an earlier lesson's. If it"
              + " is this one's after all, put the date into its name: \""
              + FileNames.ofClassId(query.classId())
              + "-"
              + query.date()
              + ".vtt\".");
    }
    if (sound.isPresent()) {
      return new FoundAudio(
          List.of(new AudioPart(file, before.size(), sound.get(), Duration.ZERO)),
          name,
          choice.warnings());
    }
    byte[] bytes = read(real);
    if (bytes.length > settings.maxBytes()) {
      return new Refused(tooLarge(name, bytes.length));
    }
    BasicFileAttributes after =
        Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (after.size() != bytes.length
        || !after.lastModifiedTime().equals(before.lastModifiedTime())) {
      return new NotYet("\"" + name + "\" changed while it was read.");
    }
    Optional<Instant> recordedAt =
        choice.start().map(start -> start.atZone(query.zone()).toInstant());
    return new Found(TextDecoder.decode(bytes), source, name, recordedAt, choice.warnings());
  }

  private byte[] read(Path real) throws IOException {
    int limit = (int) Math.min(settings.maxBytes() + 1, Integer.MAX_VALUE - 16);
    try (InputStream in = Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(limit);
    }
  }

  private boolean isInside(Path path) throws IOException {
    try {
      return path.toRealPath().startsWith(settings.folder().toRealPath());
    } catch (NoSuchFileException e) {
      return false; // removed since the listing, or a link to nowhere
    }
  }

  /** Only for lessons that have begun by our clock: before that, the file's age proves nothing. */
  private boolean isOlderThanLesson(RecordingQuery query, BasicFileAttributes attributes) {
    LocalDateTime start = query.startsAt().orElse(query.date().atStartOfDay());
    Instant begun = start.atZone(query.zone()).toInstant();
    return !begun.isAfter(clock.instant())
        && attributes.lastModifiedTime().toInstant().isBefore(begun.minus(MAX_AGE_BEFORE_LESSON));
  }

  private String tooLarge(String name, long bytes) {
    return String.format(
        Locale.ROOT,
        "\"%s\" has %,d bytes; at most %,d are read. Put the lesson's transcript alone into the"
            + " file, or raise recordings.max-bytes in the settings.",
        name,
        bytes,
        settings.maxBytes());
  }
}
