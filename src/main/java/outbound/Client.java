package outbound;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import outbound.Failure.Kind;

/**
 * Calls one outside service: within its deadline, not more often at a time than it bears, again
 * when that can help and does no harm. Every future fails with {@link Failure} and nothing else.
 * May be used from any thread; futures complete on the caller's context. Keep it in a field and
 * have one for each service and node.
 */
public final class Client {
  private static final Logger log = LoggerFactory.getLogger(Client.class);

  // Below what servers keep idle connections for: one they close just then loses a request.
  private static final int KEEP_ALIVE_SECONDS = 15;

  private static final Future<?> NEVER = Promise.promise().future();

  private final Vertx vertx;
  private final Service service;
  private final HttpClient http;
  private final Uploads uploads;
  private final Gate gate;
  private final Breaker breaker;
  private final Metrics metrics;

  private Client(Vertx vertx, Service service, MeterRegistry registry) {
    this.vertx = vertx;
    this.service = service;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) service.timeouts().connect().toMillis())
                .setDecompressionSupported(true)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
            new PoolOptions().setHttp1MaxSize(service.slots().concurrency()));
    this.uploads = new Uploads(vertx);
    this.gate = new Gate(service.slots().concurrency(), service.slots().queue());
    this.breaker =
        new Breaker(service.breaking().failures(), service.breaking().rest(), System::nanoTime);
    this.metrics = new Metrics(registry, service.name(), gate, breaker);
  }

  public static Client of(Vertx vertx, Service service, MeterRegistry registry) {
    return new Client(vertx, service, registry);
  }

  public Service service() {
    return service;
  }

  /** Sends a request until it succeeds or nothing more can be done; see {@link Failure}. */
  public Future<Answer> send(Request request) {
    return send(request, NEVER);
  }

  /**
   * As {@link #send(Request)}, unless nobody wants the answer any more.
   *
   * @param unwanted completes on the caller's context when that is so: the request is reset at
   *     once, and fails with kind {@link Kind#PERMANENT}
   */
  public Future<Answer> send(Request request, Future<?> unwanted) {
    return send(request, unwanted, Clearance.ALWAYS);
  }

  /**
   * As {@link #send(Request, Future)}, if it may still go when it can.
   *
   * @param clearance when it is not given, the call fails with kind {@link Kind#PERMANENT}
   */
  public Future<Answer> send(Request request, Future<?> unwanted, Clearance clearance) {
    return onContext(
        () ->
            new Call<>(
                    request,
                    () -> false,
                    limit -> {
                      if (unwanted.isComplete()) {
                        return Future.failedFuture(Failure.unwanted(false));
                      }
                      Attempt attempt = attempt(request, Map.of(), limit, clearance);
                      Promise<Answer> answered = Promise.promise();
                      attempt
                          .send()
                          .compose(response -> answer(request, response))
                          .onComplete(answered::tryComplete, answered::tryFail);
                      if (unwanted != NEVER) {
                        unwanted.onComplete(
                            now -> {
                              if (answered.tryFail(Failure.unwanted(attempt.sent()))) {
                                attempt.abort();
                              }
                            });
                      }
                      return bounded(attempt, limit, answered.future());
                    })
                .run());
  }

  private Future<Answer> answer(Request request, HttpClientResponse response) {
    return Attempt.read(response, service.maxAnswerBytes())
        .compose(
            body -> {
              Answer answer = new Answer(response.statusCode(), response.headers(), body);
              return request
                  .classifier()
                  .classify(answer)
                  .<Future<Answer>>map(Future::failedFuture)
                  .orElseGet(() -> Future.succeededFuture(answer));
            });
  }

  /**
   * Brings a file to the disk: under another name in the same folder, renamed when it is whole. Cut
   * off, it goes on where it was when the server lets it. An attempt may last as long as bytes
   * come; give the request a deadline that suits the size.
   *
   * @param target replaced when it is there; its folder must be there
   * @param maxBytes a longer file is refused
   */
  public Future<Download> download(Request request, Path target, long maxBytes) {
    return onContext(
        () -> {
          Downloading downloading = new Downloading(vertx, request, target, maxBytes);
          long end =
              System.nanoTime() + request.deadline().orElse(service.timeouts().whole()).toNanos();
          return new Call<>(
                  request,
                  downloading::progressed,
                  limit -> {
                    Attempt attempt =
                        attempt(request, downloading.headers(), limit, Clearance.ALWAYS);
                    return attempt
                        .send()
                        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                        .compose(downloading::take)
                        .timeout(
                            Math.max(1, (end - System.nanoTime()) / 1_000_000),
                            TimeUnit.MILLISECONDS)
                        .recover(error -> Future.failedFuture(told(error, attempt, limit)));
                  })
              .run()
              .recover(
                  failure -> downloading.discard().transform(done -> Future.failedFuture(failure)));
        });
  }

  private Attempt attempt(
      Request request, Map<String, String> more, Duration limit, Clearance clearance) {
    return new Attempt(http, uploads, service, request, more, limit, clearance);
  }

  private <T> Future<T> bounded(Attempt attempt, Duration limit, Future<T> result) {
    return result
        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .recover(error -> Future.failedFuture(told(error, attempt, limit)));
  }

  private static Failure told(Throwable error, Attempt attempt, Duration limit) {
    if (error instanceof Failure known) {
      return known;
    }
    attempt.abort();
    return Transport.failure(error, attempt.sent(), limit);
  }

  private <T> Future<T> onContext(Supplier<Future<T>> work) {
    Promise<T> promise = Promise.promise();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(
        turn -> {
          try {
            work.get().onComplete(promise);
          } catch (RuntimeException e) {
            promise.tryFail(e);
          }
        });
    return promise.future();
  }

  /** Lets go of its connections; nothing may be sent afterwards. */
  public Future<Void> close() {
    metrics.close();
    return http.close();
  }

  /** One call with its attempts. Confined to one context. */
  private final class Call<T> {
    private final Request request;
    private final BooleanSupplier progressed;
    private final Function<Duration, Future<T>> once;
    private final Context context = vertx.getOrCreateContext();
    private final long begun = System.nanoTime();
    private final long limitNanos;

    Call(Request request, BooleanSupplier progressed, Function<Duration, Future<T>> once) {
      this.request = request;
      this.progressed = progressed;
      this.once = once;
      this.limitNanos = request.deadline().orElse(service.timeouts().whole()).toNanos();
    }

    private long leftMillis() {
      return TimeUnit.NANOSECONDS.toMillis(limitNanos - (System.nanoTime() - begun));
    }

    Future<T> run() {
      return attempt(1)
          .transform(
              result -> {
                long took = System.nanoTime() - begun;
                if (result.succeeded()) {
                  metrics.call("ok", took);
                  return Future.succeededFuture(result.result());
                }
                Failure failure =
                    result.cause() instanceof Failure known
                        ? known
                        : Transport.failure(result.cause(), true, service.timeouts().attempt());
                metrics.call(failure.kind().word(), took);
                return Future.failedFuture(failure.at(service.name()));
              });
    }

    private Future<T> attempt(int number) {
      long attemptBegun = System.nanoTime();
      return turn()
          .compose(
              mine -> {
                var refusal = breaker.refusal();
                if (refusal.isPresent()) {
                  gate.leave();
                  return Future.failedFuture(
                      Failure.notSent(
                          refusal.get(), "it failed too often in a row and is left alone for now"));
                }
                return send(number);
              })
          .recover(error -> again(number, error, attemptBegun));
    }

    private Future<T> send(int number) {
      Duration wanted = request.attemptTimeout().orElse(service.timeouts().attempt());
      Duration limit = Duration.ofMillis(Math.max(1, Math.min(wanted.toMillis(), leftMillis())));
      long sentAt = System.nanoTime();
      Future<T> result;
      try {
        result = once.apply(limit);
      } catch (RuntimeException e) {
        result = Future.failedFuture(e);
      }
      return result.onComplete(
          done -> {
            gate.leave();
            judge(done.cause(), limit.compareTo(wanted) >= 0);
            if (log.isDebugEnabled()) {
              log.debug(
                  "{} {} {}: {} after {} ms (attempt {})",
                  service.name(),
                  request.method(),
                  Redaction.address(request.target()),
                  done.succeeded()
                      ? "ok"
                      : done.cause() instanceof Failure failure ? failure.at("it") : "failed",
                  TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sentAt),
                  number);
            }
          });
    }

    /** Tells breaker and metrics how an attempt went. */
    private void judge(Throwable error, boolean hadItsTime) {
      if (!(error instanceof Failure failure)) {
        metrics.attempt(error == null ? "2xx" : "none");
        breaker.succeeded();
        return;
      }
      metrics.attempt(failure.status() == 0 ? "none" : failure.status() / 100 + "xx");
      boolean ill =
          failure.status() >= 500 || (failure.status() == 0 && failure.kind() == Kind.RETRY);
      if (!ill) {
        breaker.succeeded();
      } else if (hadItsTime) {
        boolean before = breaker.isOpen();
        breaker.failed();
        if (!before && breaker.isOpen()) {
          log.warn(
              "{} failed {} times in a row and is left alone for {} ms: {}",
              service.name(),
              service.breaking().failures(),
              service.breaking().rest().toMillis(),
              failure.at("it").getMessage());
        }
      }
    }

    private Future<T> again(int number, Throwable error, long attemptBegun) {
      if (!(error instanceof Failure failure)) {
        return Future.failedFuture(error);
      }
      boolean passing = failure.kind() == Kind.RETRY || failure.kind() == Kind.RETRY_AT;
      boolean safe = request.idempotent() || !failure.perhapsDone();
      int next = progressed.getAsBoolean() ? 2 : number + 1;
      Failure last = number == 1 ? failure : failure.afterAttempts(number);
      if (!passing || !safe || next > service.retries().attempts()) {
        return Future.failedFuture(last);
      }
      long pause = pauseMillis(next - 1, failure);
      if (pause > service.retries().longestWait().toMillis() || pause >= leftMillis()) {
        return Future.failedFuture(last);
      }
      return vertx.timer(pause, TimeUnit.MILLISECONDS).compose(fired -> attempt(next));
    }

    private long pauseMillis(int failures, Failure failure) {
      double random = ThreadLocalRandom.current().nextDouble(0.5, 1.5);
      if (failure.retryAt().isPresent()) {
        long asked = Duration.between(Instant.now(), failure.retryAt().get()).toMillis();
        // A little later than asked, and not all at once.
        return Math.max(1, asked + Math.round(random * 50));
      }
      double pause =
          service.retries().firstPause().toMillis() * Math.pow(2, failures - 1.0) * random;
      return Math.max(1, Math.min(Math.round(pause), service.retries().longestWait().toMillis()));
    }

    /** Waits for a free slot, no longer than the call may last. */
    private Future<Void> turn() {
      Future<Void> turn = gate.enter();
      if (turn.isComplete()) {
        return turn;
      }
      Promise<Void> here = Promise.promise();
      long timer =
          vertx.setTimer(
              Math.max(1, leftMillis()),
              fired -> {
                if (gate.giveUp(turn)) {
                  here.tryFail(
                      Failure.of(Kind.RETRY, "no slot became free within the call's time"));
                }
              });
      turn.onComplete(
          granted ->
              context.runOnContext(
                  now -> {
                    vertx.cancelTimer(timer);
                    here.tryComplete();
                  }));
      return here.future();
    }
  }
}
