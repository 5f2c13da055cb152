package outbound;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One attempt of a request: sends it, and follows redirects by hand, because the HTTP client would
 * give the credentials to whoever it is redirected to. Confined to one context.
 */
final class Attempt {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int MOST_REDIRECTS = 5;
  private static final int REDIRECT_BYTES = 64 * 1024;

  private final HttpClient client;
  private final Uploads uploads;
  private final Service service;
  private final Request request;
  private final Duration silence;
  private final Map<String, String> headers;
  private final Clearance clearance;

  private HttpClientRequest current;
  private boolean sent;
  private boolean aborted;

  /**
   * @param more headers besides the request's
   * @param silence for which the service may send nothing
   * @param clearance asked before each request, the redirected too
   */
  Attempt(
      HttpClient client,
      Uploads uploads,
      Service service,
      Request request,
      Map<String, String> more,
      Duration silence,
      Clearance clearance) {
    this.client = client;
    this.uploads = uploads;
    this.service = service;
    this.request = request;
    this.silence = silence;
    this.clearance = clearance;
    this.headers = new LinkedHashMap<>(request.headers());
    headers.putAll(more);
  }

  /** The answer's head; its body is still to be read, on this context and in this turn. */
  Future<HttpClientResponse> send() {
    String target = request.target();
    return send(target.startsWith("/") ? service.base() + target : target, 0);
  }

  private Future<HttpClientResponse> send(String address, int redirects) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(request.method())
            .setAbsoluteURI(address)
            .setFollowRedirects(false)
            .setConnectTimeout(
                Math.min(service.timeouts().connect().toMillis(), silence.toMillis()))
            .setIdleTimeout(silence.toMillis());
    headers.forEach(options::putHeader);
    return uploads
        .prepare(request.body())
        .compose(
            upload ->
                client
                    .request(options)
                    .compose(
                        opened -> {
                          current = opened;
                          if (aborted) {
                            leave(opened);
                            return Future.failedFuture("given up while connecting");
                          }
                          if (!clearance.given()) {
                            leave(opened);
                            return Future.failedFuture(Failure.late());
                          }
                          sent = true;
                          Future<HttpClientResponse> answered = upload.to(opened);
                          clearance.used();
                          return answered;
                        })
                    .onFailure(error -> upload.close()))
        .compose(
            response ->
                REDIRECTS.contains(response.statusCode())
                    ? redirected(response, address, redirects)
                    : Future.succeededFuture(response));
  }

  /** The connection is free for another request. */
  private static void leave(HttpClientRequest unsent) {
    unsent.exceptionHandler(expected -> {}); // the reset itself, which would be logged
    unsent.reset();
  }

  private Future<HttpClientResponse> redirected(
      HttpClientResponse response, String from, int redirects) {
    String location = response.getHeader("Location");
    return read(response, REDIRECT_BYTES)
        .compose(
            body -> {
              Optional<URI> next = location == null ? Optional.empty() : resolve(from, location);
              if (next.isEmpty()) {
                return refused(response, "the redirect names no usable address");
              }
              if (redirects == MOST_REDIRECTS) {
                return refused(response, "more than " + MOST_REDIRECTS + " redirects");
              }
              if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
                return refused(
                    response, "it has moved, check the address in the settings of the service");
              }
              URI before = URI.create(from.split("[?#]", 2)[0]);
              if (before.getScheme().equals("https") && next.get().getScheme().equals("http")) {
                return refused(response, "the redirect leaves encryption");
              }
              if (!sameOrigin(before, next.get())) {
                headers.keySet().removeIf(name -> Redaction.isSecret(name, service));
              }
              return send(next.get().toString(), redirects + 1);
            });
  }

  private static Future<HttpClientResponse> refused(HttpClientResponse response, String detail) {
    return Future.failedFuture(
        Failure.of(
            Failure.Kind.PERMANENT,
            new Answer(response.statusCode(), response.headers(), Buffer.buffer()),
            "",
            detail));
  }

  private static Optional<URI> resolve(String from, String location) {
    try {
      URI next = URI.create(from).resolve(location.strip());
      boolean usable =
          next.getHost() != null
              && next.getUserInfo() == null
              && ("http".equals(next.getScheme()) || "https".equals(next.getScheme()));
      return usable ? Optional.of(next) : Optional.empty();
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  private static boolean sameOrigin(URI one, URI other) {
    return one.getScheme().equals(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static int port(URI address) {
    return address.getPort() >= 0
        ? address.getPort()
        : address.getScheme().equals("https") ? 443 : 80;
  }

  /** The whole body; fails when it is longer than {@code most} bytes, or cut. */
  static Future<Buffer> read(HttpClientResponse response, int most) {
    Promise<Buffer> whole = Promise.promise();
    Buffer received = Buffer.buffer();
    response.exceptionHandler(whole::tryFail);
    response.handler(
        part -> {
          if (received.length() + part.length() > most) {
            if (whole.tryFail(
                Failure.of(
                    Failure.Kind.PERMANENT, "its answer is longer than " + most + " bytes"))) {
              drop(response);
            }
          } else {
            received.appendBuffer(part);
          }
        });
    response.endHandler(end -> whole.tryComplete(received));
    return whole.future();
  }

  /** Lets go of an answer whose rest nobody wants. */
  static void drop(HttpClientResponse response) {
    response.exceptionHandler(expected -> {}); // the reset itself, which would be logged
    response.request().reset();
  }

  /** Whether the service may have received the request. */
  boolean sent() {
    return sent;
  }

  /** Nobody wants the answer any more: the connection does not wait for the rest of it. */
  void abort() {
    aborted = true;
    if (current != null) {
      current.reset();
    }
  }
}
