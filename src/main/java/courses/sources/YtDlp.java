package courses.sources;

import courses.sources.CaptionFailure.Code;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The program yt-dlp, where it is installed. It is asked twice: first what captions there are, then
 * for the one file that fits, since asking for all makes YouTube refuse.
 */
final class YtDlp implements CaptionSource {
  private static final long MAX_BYTES = 24L << 20;
  private static final String INFO = "info.json";

  private final Vertx vertx;
  private final Path program;
  private final Path folder;

  /**
   * @param folder for temporary files
   */
  YtDlp(Vertx vertx, Path program, Path folder) {
    this.vertx = vertx;
    this.program = program;
    this.folder = folder;
  }

  @Override
  public String name() {
    return "yt-dlp";
  }

  @Override
  public Future<Captions> fetch(String videoId, Wanted wanted, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    return vertx
        .executeBlocking(
            () -> Files.createTempDirectory(Files.createDirectories(folder), "video-"), false)
        .compose(
            place ->
                captions(videoId, wanted, place, deadline)
                    .eventually(() -> vertx.executeBlocking(() -> remove(place), false)))
        .recover(
            error ->
                Future.failedFuture(
                    error instanceof IOException
                        ? new CaptionFailure(
                            Code.FILE_OPERATION_ERROR,
                            "a file of the caption extractor could not be written or read")
                        : error));
  }

  private Future<Captions> captions(String videoId, Wanted wanted, Path place, long deadline) {
    List<String> look = command();
    look.add("--dump-single-json");
    look.add("--");
    look.add("https://www.youtube.com/watch?v=" + videoId);
    return run(look, place, deadline)
        .compose(
            ended ->
                vertx.executeBlocking(
                    () -> {
                      JsonObject info = json(text(ended.output()));
                      Files.move(ended.output(), place.resolve(INFO));
                      return info;
                    },
                    false))
        .compose(
            info -> {
              CaptionTracks.Track track =
                  CaptionTracks.best(info, wanted)
                      .orElseThrow(
                          () ->
                              new CaptionFailure(
                                  Code.TRANSCRIPT_NOT_AVAILABLE,
                                  CaptionTracks.missing(info, wanted)));
              List<String> load = command();
              load.add("--load-info-json");
              load.add(INFO);
              load.add(track.automatic() ? "--write-auto-subs" : "--write-subs");
              load.add("--sub-langs");
              load.add(track.key());
              load.add("--sub-format");
              load.add("vtt/srt/json3");
              load.add("--output");
              load.add("captions.%(ext)s");
              return run(load, place, deadline)
                  .compose(ended -> vertx.executeBlocking(() -> subtitles(place), false))
                  .map(
                      text ->
                          new Captions(
                              track.language(),
                              track.automatic(),
                              videoId + "." + track.key() + ".vtt",
                              Optional.ofNullable(title(info)),
                              CaptionText.read(text)));
            });
  }

  private static String title(JsonObject info) {
    return info.getValue("title") instanceof String title && !title.isBlank()
        ? CleanText.line(title)
        : null;
  }

  private List<String> command() {
    return new ArrayList<>(
        List.of(
            program.toString(),
            // a configuration of the user's could run programs
            "--ignore-config",
            "--no-playlist",
            "--skip-download",
            "--no-progress",
            "--no-warnings",
            "--no-cache-dir",
            "--socket-timeout",
            "10",
            "--retries",
            "2"));
  }

  private Future<ProgramRun.Ended> run(List<String> command, Path place, long deadline) {
    Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    return ProgramRun.run(vertx, command, place, left)
        .compose(
            ended -> {
              if (ended.timedOut()) {
                return Future.failedFuture(
                    new CaptionFailure(
                        Code.SERVICE_UNAVAILABLE, "YouTube took too long; try again later"));
              }
              return ended.exit() == 0
                  ? Future.succeededFuture(ended)
                  : vertx
                      .executeBlocking(() -> text(ended.errors()), false)
                      .compose(errors -> Future.failedFuture(failure(errors)));
            });
  }

  /** What the program's complaint means; its words are not passed on. */
  static CaptionFailure failure(String errors) {
    String said = errors.toLowerCase(Locale.ROOT).replace('\u2019', '\'');
    if (has(said, "not a bot", "http error 429", "too many requests")) {
      return new CaptionFailure(
          Code.RATE_LIMITED, "YouTube refuses this server for now; try again later");
    }
    if (has(said, "confirm your age", "private video", "members-only", "join this channel")) {
      return new CaptionFailure(
          Code.VIDEO_NOT_FOUND, "the video can't be watched without signing in; choose another");
    }
    if (has(
        said,
        "video unavailable",
        "video is unavailable",
        "has been removed",
        "does not exist",
        "incomplete youtube id",
        "no longer available",
        "account associated with this video",
        "http error 404")) {
      return new CaptionFailure(
          Code.VIDEO_NOT_FOUND, "there is no such video (any more); check its address");
    }
    if (has(
        said,
        "timed out",
        "name resolution",
        "failed to resolve",
        "connection",
        "network is unreachable",
        "http error 5",
        "remote end closed")) {
      return new CaptionFailure(Code.SERVICE_UNAVAILABLE, "YouTube can't be reached; try again");
    }
    return new CaptionFailure(
        Code.YTDLP_ERROR, "the program yt-dlp failed; a newer version of it may be needed");
  }

  private static boolean has(String text, String... parts) {
    return Stream.of(parts).anyMatch(text::contains);
  }

  private static JsonObject json(String text) {
    try {
      return new JsonObject(text);
    } catch (DecodeException broken) {
      throw new CaptionFailure(
          Code.YTDLP_ERROR, "the program yt-dlp gave no description of the video");
    }
  }

  private static String subtitles(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      Path found =
          files
              .filter(file -> file.getFileName().toString().startsWith("captions."))
              .findFirst()
              .orElseThrow(
                  () ->
                      new CaptionFailure(
                          Code.SERVICE_UNAVAILABLE,
                          "YouTube named captions but did not deliver them; try again later"));
      return text(found);
    }
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new CaptionFailure(
          Code.FILE_OPERATION_ERROR, "what came for this video is larger than captions can be");
    }
    return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static Void remove(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
    return null;
  }
}
