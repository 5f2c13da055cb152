package http;

import courses.sources.CaptionFailure;
import courses.sources.LanguageTag;
import courses.sources.VideoId;
import courses.sources.Videos;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/** {@code POST /extract}: the captions of a video, as the transcript service answered. */
final class TranscriptEndpoint {
  /** What its clients mean when they name no language; captions in others will do then. */
  private static final String DEFAULT_LANGUAGE = "es";

  private final Videos videos;
  private final Duration limit;

  TranscriptEndpoint(ApiParts parts) {
    this.videos = parts.sources().videos();
    this.limit = parts.settings().courseSources().captionTimeout();
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("extractTranscript", this::extract);
  }

  private Future<Reply> extract(Call call) {
    JsonObject body = call.input().body();
    Object named = body.getValue("videoId");
    if (named == null || named.toString().isBlank()) {
      return refused(400, "videoId is missing: send the id of a YouTube video", "MISSING_VIDEO_ID");
    }
    Optional<String> video = named instanceof String text ? VideoId.of(text) : Optional.empty();
    if (video.isEmpty()) {
      return refused(
          400, "videoId must be a YouTube id of 11 characters, or its address", "INVALID_VIDEO_ID");
    }
    Object language = body.getValue("language");
    Optional<String> tag =
        language == null
            ? Optional.of(DEFAULT_LANGUAGE)
            : language instanceof String text ? LanguageTag.of(text) : Optional.empty();
    if (tag.isEmpty()) {
      return refused(400, "language must be a language tag such as en", "UNSUPPORTED_LANGUAGE");
    }
    return videos
        .answer(video.get(), tag, language != null, limit)
        .map(answer -> Reply.ok(answer.put("requestId", TranscriptErrors.requestId())))
        .recover(
            error ->
                error instanceof CaptionFailure failure
                    ? refused(failure.code().status(), failure.getMessage(), failure.code().name())
                    : Future.failedFuture(error));
  }

  private static Future<Reply> refused(int status, String error, String code) {
    return Future.succeededFuture(Reply.of(status, TranscriptErrors.body(error, code)));
  }
}
