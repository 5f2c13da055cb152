package courses.sources;

import courses.sources.CaptionFailure.Code;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import settings.CourseSourceSettings;
import settings.InstalledProgram;

/** YouTube videos: captions by the first of the configured ways that has them. */
public final class Videos {
  private static final Logger log = LoggerFactory.getLogger(Videos.class);

  private final List<CaptionSource> sources;
  private final VideoFacts facts;
  private final Optional<TranscriptService> service;

  private Videos(
      List<CaptionSource> sources, VideoFacts facts, Optional<TranscriptService> service) {
    this.sources = List.copyOf(sources);
    this.facts = facts;
    this.service = service;
  }

  /** With the ways that are configured and installed. Looks on the disk, so it blocks shortly. */
  public static Videos of(
      Vertx vertx, CourseSourceSettings settings, Path dataDir, MeterRegistry metrics) {
    List<CaptionSource> sources = new ArrayList<>();
    Optional<TranscriptService> service =
        settings
            .transcriptServiceUrl()
            .map(
                url ->
                    new TranscriptService(vertx, url, settings.transcriptServiceSecret(), metrics));
    for (CourseSourceSettings.CaptionWay way : settings.captionWays()) {
      switch (way) {
        case FOLDER ->
            settings.captionFolder().ifPresent(at -> sources.add(new CaptionFolder(vertx, at)));
        case SERVICE -> service.ifPresent(sources::add);
        case YT_DLP ->
            InstalledProgram.find(settings.ytDlpProgram(), System.getenv().getOrDefault("PATH", ""))
                .ifPresent(
                    program ->
                        sources.add(
                            new YtDlp(
                                vertx,
                                program.toAbsolutePath(),
                                dataDir.resolve("captions").toAbsolutePath())));
        default -> throw new IllegalStateException("a way without a source: " + way);
      }
    }
    return new Videos(sources, new VideoFacts(vertx, settings.oembedUrl(), metrics), service);
  }

  /** The names of the ways that can be gone here, in their order. */
  public List<String> ways() {
    return sources.stream().map(CaptionSource::name).toList();
  }

  /**
   * The captions of a video; fails with {@link CaptionFailure}.
   *
   * @param videoId must be {@linkplain VideoId#valid valid}
   * @param language looked for first; empty for what the video is in
   * @param only whether captions in other languages won't do
   */
  Future<Captions> captions(
      String videoId, Optional<String> language, boolean only, Duration limit) {
    if (!VideoId.valid(videoId)) {
      throw new IllegalArgumentException("no video id");
    }
    if (sources.isEmpty()) {
      return Future.failedFuture(CaptionFailure.noWay());
    }
    long deadline = System.nanoTime() + limit.toNanos();
    return next(0, videoId, new CaptionSource.Wanted(language, only), deadline, null);
  }

  private Future<Captions> next(
      int at, String videoId, CaptionSource.Wanted wanted, long deadline, CaptionFailure worst) {
    if (at == sources.size()) {
      return Future.failedFuture(worst);
    }
    Duration left = Duration.ofNanos(deadline - System.nanoTime());
    if (left.isNegative() || left.isZero()) {
      return Future.failedFuture(
          new CaptionFailure(Code.SERVICE_UNAVAILABLE, "captions took too long; try again later"));
    }
    CaptionSource source = sources.get(at);
    return source
        .fetch(videoId, wanted, left)
        .recover(
            error -> {
              CaptionFailure failure =
                  error instanceof CaptionFailure known
                      ? known
                      : new CaptionFailure(
                          Code.SERVICE_UNAVAILABLE, "captions can't be had; try again later");
              log.atInfo()
                  .addKeyValue("video", videoId)
                  .addKeyValue("way", source.name())
                  .setCause(error == failure ? null : error)
                  .log("no captions: {} {}", failure.code(), failure.getMessage());
              return next(at + 1, videoId, wanted, deadline, telling(worst, failure));
            });
  }

  /** What may pass is told before what is final: somebody may still have the captions. */
  private static CaptionFailure telling(CaptionFailure one, CaptionFailure other) {
    if (one == null) {
      return other;
    }
    if (one.last() != other.last()) {
      return one.last() ? other : one;
    }
    return one.code() == Code.VIDEO_NOT_FOUND ? one : other;
  }

  /** Captions, title and thumbnail as a source of a course. */
  Future<Extracted> extract(SourceRequest.YouTube video, Duration limit) {
    if (sources.isEmpty()) {
      return Future.failedFuture(CaptionFailure.noWay());
    }
    Future<VideoFacts.Facts> known = facts.of(video);
    return captions(video.id(), video.language(), false, limit)
        .recover(
            error -> known.compose(about -> Future.failedFuture(about.known() ? error : unknown())))
        .compose(captions -> known.map(about -> extracted(video, captions, about)))
        .recover(error -> Future.failedFuture(refusal(error)));
  }

  private static CaptionFailure unknown() {
    return new CaptionFailure(
        Code.VIDEO_NOT_FOUND, "there is no such video (any more); check its address");
  }

  private static Throwable refusal(Throwable error) {
    return error instanceof CaptionFailure failure && failure.last()
        ? new SourceRefused(
            failure.code() == Code.VIDEO_NOT_FOUND
                ? SourceRefused.Code.NOT_FOUND
                : SourceRefused.Code.NO_TRANSCRIPT,
            failure.getMessage())
        : error;
  }

  private static Extracted extracted(
      SourceRequest.YouTube video, Captions captions, VideoFacts.Facts about) {
    List<Segment> segments =
        Segmenter.segments(
            captions.captions().stream()
                .map(line -> Block.said(line.text(), line.startMs(), line.endMs(), ""))
                .toList());
    return new Extracted(
        about.title().or(captions::title).orElse("Video " + video.id()),
        about.thumbnailUrl(),
        captions.language().equals(Extracted.UNDETERMINED)
            ? LanguageGuess.of(segments)
            : captions.language(),
        segments,
        Map.of(
            "videoId", video.id(),
            "captions", captions.automatic() ? "automatic" : "manual",
            "cues", String.valueOf(captions.captions().size())));
  }

  /** The answer of {@code POST /extract}, without the request's id. */
  public Future<io.vertx.core.json.JsonObject> answer(
      String videoId, Optional<String> language, boolean only, Duration limit) {
    return captions(videoId, language, only, limit)
        .map(
            captions -> {
              var lines = new io.vertx.core.json.JsonArray();
              captions
                  .captions()
                  .forEach(
                      caption ->
                          lines.add(
                              new io.vertx.core.json.JsonObject()
                                  .put("text", caption.text())
                                  .put("start", CaptionClock.clock(caption.startMs()))
                                  .put("end", CaptionClock.clock(caption.endMs()))));
              return new io.vertx.core.json.JsonObject()
                  .put("transcript", lines)
                  .put("videoId", videoId)
                  .put("segments", lines.size())
                  .put("file", captions.file())
                  .put("language", captions.language());
            });
  }

  /** Closes its connections. */
  public Future<Void> close() {
    return facts
        .close()
        .compose(done -> service.map(TranscriptService::close).orElse(Future.succeededFuture()));
  }
}
