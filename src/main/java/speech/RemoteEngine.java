package speech;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A speech service that is called over HTTP with one JSON request a text and answers with the audio
 * itself.
 */
abstract class RemoteEngine implements Engine {
  // Some 60 s at 256 kbit/s, far above what the longest text needs.
  private static final int MAX_BYTES = 2 << 20;
  private static final int CONNECT_MILLIS = 3_000;
  private static final Set<Integer> PASSING = Set.of(408, 409, 425, 429);
  private static final Duration SHORT_REST = Duration.ofSeconds(30);
  private static final Duration CONFIGURATION_REST = Duration.ofMinutes(10);
  private static final Duration QUOTA_REST = Duration.ofHours(1);

  private final Vertx vertx;
  private final WorkerExecutor cpu;
  private final RemoteLimits limits;
  private final HttpClient client;

  RemoteEngine(Vertx vertx, WorkerExecutor cpu, int connections, RemoteLimits limits) {
    this.vertx = vertx;
    this.cpu = cpu;
    this.limits = limits;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setDecompressionSupported(true),
            new PoolOptions().setHttp1MaxSize(connections));
  }

  /** Where to and with which headers; the body is {@link #body}. */
  abstract RequestOptions request();

  abstract JsonObject body(String text);

  @Override
  public Future<Buffer> speak(String text) {
    return attempt(body(text).toBuffer(), 1, System.nanoTime() + limits.total().toNanos());
  }

  private Future<Buffer> attempt(Buffer body, int number, long deadline) {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    return exchange(body, Math.max(1, Math.min(limits.request().toMillis(), left)))
        .compose(this::audio)
        .recover(
            failure -> {
              if (failure instanceof EngineFailure) {
                return Future.failedFuture(failure);
              }
              Optional<Duration> asked =
                  failure instanceof Passing passing ? passing.asked() : Optional.empty();
              long pause = Math.max(pauseMillis(number), asked.map(Duration::toMillis).orElse(0L));
              long remaining = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
              if (number >= limits.attempts() || pause >= remaining) {
                Duration rest =
                    asked.filter(wanted -> wanted.compareTo(SHORT_REST) > 0).orElse(SHORT_REST);
                return Future.failedFuture(
                    new EngineFailure(reason(failure) + " (" + number + " attempts)", rest));
              }
              return vertx
                  .timer(pause, TimeUnit.MILLISECONDS)
                  .compose(fired -> attempt(body, number + 1, deadline));
            });
  }

  private long pauseMillis(int number) {
    double pause = limits.firstPause().toMillis() * Math.pow(2, number - 1);
    return Math.max(1, Math.round(pause * ThreadLocalRandom.current().nextDouble(0.5, 1.5)));
  }

  /** Never the message of an exception that could quote the request. */
  private static String reason(Throwable failure) {
    return failure instanceof Passing
        ? failure.getMessage()
        : "no answer: " + failure.getClass().getSimpleName();
  }

  private Future<RemoteAnswer> exchange(Buffer body, long millis) {
    RequestOptions options = request().setConnectTimeout(millis);
    return client
        .request(options)
        .compose(
            request -> {
              Future<RemoteAnswer> answer =
                  request
                      .send(body)
                      .compose(response -> read(request, response))
                      .timeout(millis, TimeUnit.MILLISECONDS);
              // Without this the connection would wait for the rest of an answer that nobody wants
              // any more.
              return answer.onFailure(error -> request.reset());
            });
  }

  private static Future<RemoteAnswer> read(HttpClientRequest request, HttpClientResponse response) {
    Buffer received = Buffer.buffer();
    response.handler(
        part -> {
          if (received.length() + part.length() > MAX_BYTES) {
            request.reset();
          } else {
            received.appendBuffer(part);
          }
        });
    return response
        .end()
        .map(done -> new RemoteAnswer(response.statusCode(), response.headers(), received));
  }

  private Future<Buffer> audio(RemoteAnswer answer) {
    if (answer.status() != 200) {
      return Future.failedFuture(refusal(answer));
    }
    Buffer body = answer.body();
    String type = answer.mediaType();
    if (body.length() > 12 && body.getString(0, 4, "ISO-8859-1").equals("RIFF")) {
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
    Mp3.Kind kind =
        type.startsWith("text/") || type.endsWith("json") ? Mp3.Kind.OTHER : Mp3.kind(body);
    if (kind == Mp3.Kind.CUT && answer.endsWithConnection()) {
      return Future.failedFuture(new Passing("the audio was cut off", Optional.empty()));
    }
    return kind == Mp3.Kind.OTHER
        ? Future.failedFuture(
            new EngineFailure(
                "answered 200 with "
                    + (type.isEmpty() ? "something" : type.replaceAll("[^a-z0-9/+.-]", "?"))
                    + " that is no MP3",
                SHORT_REST))
        : Future.succeededFuture(body);
  }

  private RuntimeException refusal(RemoteAnswer answer) {
    int status = answer.status();
    String word = answer.errorWord();
    String said = status + (word.isEmpty() ? "" : " " + word);
    if (Set.of("quota_exceeded", "insufficient_quota").contains(word) || status == 402) {
      return new EngineFailure(said + ": its quota is used up", QUOTA_REST);
    }
    if (word.equals("max_character_limit_exceeded")) {
      return EngineFailure.ofText(said);
    }
    if (PASSING.contains(status) || status >= 500) {
      return new Passing(said, RetryAfter.of(answer.headers(), Instant.now()));
    }
    if (Set.of(400, 413, 422).contains(status) && !word.equals("voice_not_found")) {
      return EngineFailure.ofText(said);
    }
    return new EngineFailure(
        said + ": check the settings speech." + name() + "-*", CONFIGURATION_REST);
  }

  /** A failure that may be gone at the next attempt. */
  private static final class Passing extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Optional<Duration> asked;

    Passing(String message, Optional<Duration> asked) {
      super(message, null, false, false);
      this.asked = asked;
    }

    Optional<Duration> asked() {
      return asked;
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
