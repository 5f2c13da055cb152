package courses.sources;

import courses.sources.CaptionFailure.Code;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder with caption files that somebody put there: {@code <video>.<language>.vtt}, also {@code
 * .srt} and {@code .json3}; {@code <video>.vtt} where the language does not matter.
 */
final class CaptionFolder implements CaptionSource {
  private static final List<String> ENDINGS = List.of("vtt", "srt", "json3");
  private static final long MAX_BYTES = 24L << 20;

  private final Vertx vertx;
  private final Path folder;

  CaptionFolder(Vertx vertx, Path folder) {
    this.vertx = vertx;
    this.folder = folder;
  }

  @Override
  public String name() {
    return "folder";
  }

  @Override
  public Future<Captions> fetch(String videoId, Wanted wanted, Duration limit) {
    return vertx.executeBlocking(() -> read(videoId, wanted), false);
  }

  private record Found(Path file, String language) {}

  private Captions read(String videoId, Wanted wanted) {
    try (Stream<Path> files =
        Files.isDirectory(folder) ? Files.list(folder) : Stream.<Path>empty()) {
      Found best =
          files
              .flatMap(file -> named(file, videoId).stream())
              .filter(
                  found ->
                      found.language().equals(Extracted.UNDETERMINED)
                          || wanted.takes(found.language()))
              .min(
                  Comparator.<Found>comparingInt(found -> wanted.distance(found.language()))
                      .thenComparing(found -> found.file().getFileName().toString()))
              .orElseThrow(
                  () ->
                      new CaptionFailure(
                          Code.TRANSCRIPT_NOT_AVAILABLE,
                          "the folder of captions has none of this video"));
      if (Files.size(best.file()) > MAX_BYTES) {
        throw new CaptionFailure(Code.FILE_OPERATION_ERROR, "the caption file is too large");
      }
      String text = new String(Files.readAllBytes(best.file()), StandardCharsets.UTF_8);
      return new Captions(
          best.language(),
          false,
          best.file().getFileName().toString(),
          Optional.empty(),
          CaptionText.read(text));
    } catch (IOException unreadable) {
      throw new CaptionFailure(
          Code.FILE_OPERATION_ERROR, "the folder of captions can't be read; check its permissions");
    }
  }

  private static Optional<Found> named(Path file, String videoId) {
    String name = file.getFileName().toString();
    if (!name.startsWith(videoId + ".") || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    String rest = name.substring(videoId.length() + 1);
    int dot = rest.lastIndexOf('.');
    if (!ENDINGS.contains(rest.substring(dot + 1))) {
      return Optional.empty();
    }
    return dot < 0
        ? Optional.of(new Found(file, Extracted.UNDETERMINED))
        : LanguageTag.of(rest.substring(0, dot)).map(tag -> new Found(file, tag));
  }
}
