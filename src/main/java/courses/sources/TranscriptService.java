package courses.sources;

import courses.sources.CaptionFailure.Code;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import outbound.Answer;
import outbound.Classifier;
import outbound.Client;
import outbound.Failure;
import outbound.Request;
import outbound.Service;
import settings.Secret;

/**
 * A transcript service: {@code POST /extract} with a token of ours. The answers of other small
 * services, with starts in seconds or a bare list, are understood as well.
 */
final class TranscriptService implements CaptionSource {
  private static final int TOKEN_SECONDS = 300;
  private static final long LAST_CAPTION_MS = 5_000;

  private final Client client;
  private final Optional<JWTAuth> signer;

  /**
   * @param base what {@code /extract} is appended to
   * @param secret shared with the service (HS256); empty where it asks for no token
   */
  TranscriptService(Vertx vertx, URI base, Optional<Secret> secret, MeterRegistry metrics) {
    this.client =
        Client.of(
            vertx,
            Service.of("transcript-service", base)
                .withRetries(3, Duration.ofSeconds(2), Duration.ofSeconds(15))
                .withMaxAnswerBytes(16 << 20),
            metrics);
    this.signer =
        secret.map(
            shared ->
                JWTAuth.create(
                    vertx,
                    new JWTAuthOptions()
                        .addPubSecKey(
                            new PubSecKeyOptions()
                                .setAlgorithm("HS256")
                                .setBuffer(shared.reveal()))));
  }

  @Override
  public String name() {
    return "service";
  }

  @Override
  public Future<Captions> fetch(String videoId, Wanted wanted, Duration limit) {
    JsonObject body = new JsonObject().put("videoId", videoId);
    wanted.language().ifPresent(tag -> body.put("language", tag));
    Request request =
        Request.post("/extract")
            .withJson(body)
            .withClassifier(TranscriptService::judge)
            .withIdempotent(true)
            .within(limit);
    if (signer.isPresent()) {
      request =
          request.withBearer(
              signer
                  .get()
                  .generateToken(
                      new JsonObject().put("userId", "lessonweave").put("sub", "lessonweave"),
                      new JWTOptions().setExpiresInSeconds(TOKEN_SECONDS)));
    }
    return client
        .send(request)
        .map(answer -> captions(videoId, wanted, answer))
        .recover(
            error ->
                Future.failedFuture(error instanceof Failure failure ? meaning(failure) : error));
  }

  private static Captions captions(String videoId, Wanted wanted, Answer answer) {
    // the client's json() would take the first of a bare list for the whole
    JsonArray bare = answer.jsonArray();
    JsonObject json = bare.isEmpty() ? answer.json() : new JsonObject();
    Object list =
        !bare.isEmpty()
            ? bare
            : json.getValue("transcript") instanceof JsonArray told
                ? told
                : json.getValue("segments");
    if (!(list instanceof JsonArray pieces) || pieces.isEmpty()) {
      throw new CaptionFailure(
          Code.SERVICE_UNAVAILABLE,
          "the transcript service answered with nothing; try again later");
    }
    String file =
        json.getValue("file") instanceof String name && name.matches("[A-Za-z0-9_.-]{1,80}")
            ? name
            : videoId + ".vtt";
    String language =
        Optional.ofNullable(json.getValue("language_code"))
            .map(Object::toString)
            .or(() -> Optional.of(file.replaceFirst("\\.[a-z0-9]+$", "").replaceFirst(".*\\.", "")))
            .flatMap(LanguageTag::of)
            .filter(tag -> !tag.equals(videoId))
            .or(wanted::language)
            .orElse(Extracted.UNDETERMINED);
    if (!wanted.takes(language)) {
      throw new CaptionFailure(
          Code.TRANSCRIPT_NOT_AVAILABLE,
          "the video has no captions in " + wanted.language().orElse("this language"));
    }
    boolean automatic = json.getBoolean("is_generated", false);
    return new Captions(
        language, automatic, file, Optional.empty(), CaptionText.cleaned(pieces(pieces)));
  }

  private static List<Caption> pieces(JsonArray list) {
    List<Caption> captions = new ArrayList<>(list.size());
    for (Object entry : list) {
      if (!(entry instanceof JsonObject piece)
          || !(piece.getValue("text") instanceof String text)
          || text.isBlank()) {
        continue;
      }
      long start = millis(piece.getValue("start"));
      long end = millis(piece.getValue("end"));
      long length = millis(piece.getValue("duration"));
      if (start < 0) {
        throw new CaptionFailure(
            Code.SUBTITLE_PARSING_ERROR, "the transcript service sent a piece without its time");
      }
      captions.add(new Caption(start, end >= start ? end : length > 0 ? start + length : -1, text));
    }
    for (int i = 0; i < captions.size(); i++) {
      Caption caption = captions.get(i);
      if (caption.endMs() < 0) {
        long next =
            i + 1 < captions.size()
                ? captions.get(i + 1).startMs()
                : caption.startMs() + LAST_CAPTION_MS;
        captions.set(
            i, new Caption(caption.startMs(), Math.max(caption.startMs(), next), caption.text()));
      }
    }
    if (captions.isEmpty()) {
      throw new CaptionFailure(
          Code.TRANSCRIPT_NOT_AVAILABLE, "the transcript service found no words in this video");
    }
    return captions;
  }

  private static long millis(Object time) {
    if (time instanceof Number seconds) {
      return Math.round(seconds.doubleValue() * 1_000);
    }
    return time instanceof String clock ? CaptionClock.millis(clock) : -1;
  }

  /** The service's words are in a member of their own. */
  private static Optional<Failure> judge(Answer answer) {
    if (!answer.ok()
        && answer.json().getValue("errorCode") instanceof String word
        && answer.status() != 503) {
      return Optional.of(
          Failure.of(
              answer.status() == 429 ? Failure.Kind.RETRY : Failure.Kind.PERMANENT,
              answer,
              word,
              ""));
    }
    return Classifier.BY_STATUS.classify(answer);
  }

  private static CaptionFailure meaning(Failure failure) {
    for (Code code : Code.values()) {
      if (code.name().equals(failure.word())) {
        return new CaptionFailure(code, "the transcript service says " + code.name());
      }
    }
    return switch (failure.status()) {
      case 404 ->
          new CaptionFailure(
              Code.TRANSCRIPT_NOT_AVAILABLE,
              "the transcript service has no captions of this video");
      case 429 ->
          new CaptionFailure(Code.RATE_LIMITED, "the transcript service is busy; try again later");
      default ->
          new CaptionFailure(
              Code.SERVICE_UNAVAILABLE,
              failure.status() == 401
                  ? "the transcript service refuses our token: check"
                      + " course-sources.transcript-service-secret"
                  : "the transcript service does not answer; try again later");
    };
  }

  Future<Void> close() {
    return client.close();
  }
}
