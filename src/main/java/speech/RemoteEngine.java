package speech;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import outbound.Answer;
import outbound.Classifier;
import outbound.Client;
import outbound.Failure;
import outbound.Failure.Kind;
import outbound.Request;
import outbound.Service;

/**
 * A speech service that is called over HTTP with one JSON request a text and answers with the audio
 * itself.
 */
abstract class RemoteEngine implements Engine {
  // Some 4 min at 256 kbit/s, far above what the longest text needs.
  private static final int MAX_BYTES = 8 << 20;
  // 100 s of speech: few enough joints, and little is lost with a call that fails.
  private static final int PIECE = 1_500;
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration SHORT_REST = Duration.ofSeconds(30);
  private static final Duration CONFIGURATION_REST = Duration.ofMinutes(10);
  private static final Duration QUOTA_REST = Duration.ofHours(1);

  private final WorkerExecutor cpu;
  private final Client client;

  RemoteEngine(
      Vertx vertx,
      WorkerExecutor cpu,
      URI base,
      int connections,
      RemoteLimits limits,
      MeterRegistry registry) {
    this.cpu = cpu;
    this.client =
        Client.of(
            vertx,
            Service.of(limits.service() + name(), base)
                .withTimeouts(CONNECT, limits.request(), limits.total())
                .withRetries(limits.attempts(), limits.firstPause(), limits.total())
                .withConcurrency(connections, connections)
                .withMaxAnswerBytes(MAX_BYTES),
            registry);
  }

  /** Where to and with which headers; the body is {@link #body}. */
  abstract Request request();

  /**
   * @param language of the text; BCP 47 without region
   */
  abstract JsonObject body(String text, String language);

  @Override
  public int pieceCharacters() {
    return PIECE;
  }

  @Override
  public Future<Buffer> speak(String text) {
    return speak(text, "en");
  }

  @Override
  public Future<Buffer> speak(String text, String language) {
    return client
        .send(
            request()
                .withJson(body(text, Wording.base(language)))
                // A text spoken twice costs its characters again, no audio at all costs a lesson.
                .withIdempotent(true)
                .withClassifier(RemoteEngine::classify))
        .compose(
            this::audio,
            error ->
                Future.failedFuture(
                    error instanceof Failure failure ? engineFailure(failure) : error));
  }

  private static Optional<Failure> classify(Answer answer) {
    if (answer.status() == 200) {
      return answer.endsWithConnection() && kind(answer) == Mp3.Kind.CUT
          ? Optional.of(Failure.of(Kind.RETRY, answer, "", "the audio was cut off"))
          : Optional.empty();
    }
    String word = answer.error().word();
    if (Set.of("quota_exceeded", "insufficient_quota").contains(word)) {
      return Optional.of(Failure.of(Kind.PERMANENT, answer, word, ""));
    }
    if (answer.status() == 409) {
      return Optional.of(Failure.of(Kind.RETRY, answer, word, ""));
    }
    return Classifier.BY_STATUS
        .classify(answer)
        .or(() -> Optional.of(Failure.of(Kind.RETRY, answer, word, "instead of audio")));
  }

  private static Mp3.Kind kind(Answer answer) {
    String type = answer.mediaType();
    return type.startsWith("text/") || type.endsWith("json") || isWav(answer.body())
        ? Mp3.Kind.OTHER
        : Mp3.kind(answer.body());
  }

  private static boolean isWav(Buffer body) {
    return body.length() > 12 && body.getString(0, 4, "ISO-8859-1").equals("RIFF");
  }

  private Future<Buffer> audio(Answer answer) {
    Buffer body = answer.body();
    if (isWav(body)) {
      return cpu.executeBlocking(
          () -> {
            try {
              Pcm pcm = Pcm.ofWav(body.getBytes());
              if (pcm.peak() == 0) {
                throw EngineFailure.ofText("it came out silent");
              }
              return Mp3.encode(pcm);
            } catch (IllegalArgumentException e) {
              throw new EngineFailure("answered with " + e.getMessage(), CONFIGURATION_REST);
            }
          },
          false);
    }
    String type = answer.mediaType();
    return kind(answer) == Mp3.Kind.OTHER
        ? Future.failedFuture(
            new EngineFailure(
                "answered 200 with "
                    + (type.isEmpty() ? "something" : type.replaceAll("[^a-z0-9/+.-]", "?"))
                    + " that is no MP3",
                SHORT_REST))
        : Future.succeededFuture(body);
  }

  private EngineFailure engineFailure(Failure failure) {
    int status = failure.status();
    String word = failure.word();
    String said = failure.getMessage();
    if (Set.of("quota_exceeded", "insufficient_quota").contains(word) || status == 402) {
      return new EngineFailure(said + ": its quota is used up", QUOTA_REST);
    }
    if (word.equals("max_character_limit_exceeded")) {
      return EngineFailure.ofText(said);
    }
    if (failure.kind() == Kind.RETRY || failure.kind() == Kind.RETRY_AT) {
      return new EngineFailure(said, rest(failure));
    }
    if (Set.of(400, 413, 422).contains(status) && !word.equals("voice_not_found")) {
      return EngineFailure.ofText(said);
    }
    return new EngineFailure(
        said + ": check the settings speech." + name() + "-*", CONFIGURATION_REST);
  }

  /** As long as the service asks for, within reason. */
  private static Duration rest(Failure failure) {
    Duration asked =
        failure.retryAt().map(when -> Duration.between(Instant.now(), when)).orElse(Duration.ZERO);
    return asked.compareTo(SHORT_REST) < 0
        ? SHORT_REST
        : asked.compareTo(QUOTA_REST) > 0 ? QUOTA_REST : asked;
  }

  @Override
  public void close() {
    client.close();
  }
}
