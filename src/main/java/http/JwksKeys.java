package http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.Shareable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuer's keys, remembered for ten minutes. A token that names an unknown key has them read
 * again, at most every half minute, so that a new key is good at once and a flood of made-up names
 * costs the issuer nothing. While the issuer is away, the keys that were good last stay good for an
 * hour. Safe for use by several threads.
 */
final class JwksKeys {
  private static final Logger LOG = LoggerFactory.getLogger(JwksKeys.class);

  static final Duration FRESH = Duration.ofMinutes(10);
  static final Duration STALE = Duration.ofHours(1);
  static final Duration BETWEEN_REFETCHES = Duration.ofSeconds(30);
  static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  private final Supplier<Future<List<JsonObject>>> source;
  private final Function<JsonObject, Optional<JwksKey>> reader;
  private final LongSupplier nanoTime;

  private final Shared shared;

  private boolean tried;
  private long triedAt;
  private boolean failed;
  private Future<Void> reading;

  /**
   * What was read last, for all event loops of the process: a key that one of them has seen
   * withdrawn is worth nothing on the others either.
   */
  static final class Shared implements Shareable {
    private record Known(List<JwksKey> keys, long readAt) {}

    private volatile Known known;

    /** The one of this process for keys from there. */
    static Shared of(Vertx vertx, URI url) {
      return vertx
          .sharedData()
          .<String, Shared>getLocalMap("http.jwks")
          .computeIfAbsent(url.toString(), key -> new Shared());
    }
  }

  /**
   * @param source reads the published keys
   * @param reader of one key, empty when it is of no use here
   * @param nanoTime as {@link System#nanoTime()}
   * @param shared what others of the same source and clock have read, and are told
   */
  JwksKeys(
      Supplier<Future<List<JsonObject>>> source,
      Function<JsonObject, Optional<JwksKey>> reader,
      LongSupplier nanoTime,
      Shared shared) {
    this.shared = shared;
    this.source = source;
    this.reader = reader;
    this.nanoTime = nanoTime;
  }

  /**
   * The keys a token may have been signed with.
   *
   * @param keyId as in the token's header
   * @return empty when there is none; fails with {@code SERVICE_UNAVAILABLE} when the keys can't be
   *     read and none are remembered
   */
  Future<List<JwksKey>> find(String algorithm, Optional<String> keyId) {
    if (!isFresh()) {
      return refreshed()
          .compose(
              done ->
                  isUsable()
                      ? Future.succeededFuture(matching(algorithm, keyId))
                      : Future.failedFuture(away()));
    }
    List<JwksKey> found = matching(algorithm, keyId);
    if (!found.isEmpty() || !mayTry(BETWEEN_REFETCHES)) {
      return Future.succeededFuture(found);
    }
    return refreshed().map(done -> matching(algorithm, keyId));
  }

  private static ApiException away() {
    return Problems.unavailable(
        "the token's issuer does not give out its keys at present, so the token can't be checked;"
            + " try again shortly");
  }

  private boolean isFresh() {
    return isYoungerThan(FRESH);
  }

  private boolean isUsable() {
    return isYoungerThan(STALE);
  }

  private boolean isYoungerThan(Duration age) {
    Shared.Known last = shared.known;
    return last != null && nanoTime.getAsLong() - last.readAt() < age.toNanos();
  }

  private synchronized boolean mayTry(Duration pause) {
    return reading != null || !tried || nanoTime.getAsLong() - triedAt >= pause.toNanos();
  }

  private List<JwksKey> matching(String algorithm, Optional<String> keyId) {
    return shared.known.keys().stream().filter(key -> key.isFor(algorithm, keyId)).toList();
  }

  /**
   * Reads the keys unless that is going on, or failed a moment ago. Never fails: what is known then
   * stays as it is.
   */
  private Future<Void> refreshed() {
    Promise<Void> done = Promise.promise();
    synchronized (this) {
      if (reading != null) {
        return reading;
      }
      if (failed && !mayTry(AFTER_FAILURE)) {
        return Future.succeededFuture();
      }
      tried = true;
      triedAt = nanoTime.getAsLong();
      reading = done.future();
    }
    source
        .get()
        .onComplete(
            result -> {
              if (result.succeeded()) {
                learn(result.result());
              } else {
                LOG.warn(
                    "the keys of auth.jwks-url can't be read: {}", result.cause().getMessage());
              }
              synchronized (this) {
                failed = result.failed();
                reading = null;
              }
              done.complete();
            });
    return done.future();
  }

  private void learn(List<JsonObject> published) {
    List<JwksKey> usable = published.stream().flatMap(jwk -> reader.apply(jwk).stream()).toList();
    if (usable.isEmpty()) {
      LOG.warn(
          "auth.jwks-url publishes {} keys and none of them is an RSA or P-256 key for signatures",
          published.size());
    }
    shared.known = new Shared.Known(usable, nanoTime.getAsLong());
  }
}
