package http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads the keys that an issuer publishes. Redirects are not followed: the keys are where the
 * operator said, or nowhere.
 */
final class JwksSource {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int MOST_BYTES = 256 * 1024;
  private static final int MOST_KEYS = 64;

  // Held here: a client that nothing refers to is closed, even with a request under way.
  private final HttpClient client;
  // Where the answer is read: on any other thread it may have ended before somebody listens.
  private final Context context;
  private final URI url;
  private final Duration limit;

  /**
   * @param limit for the whole answer
   */
  JwksSource(Vertx vertx, URI url, Duration limit) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setDecompressionSupported(false));
    this.context = vertx.getOrCreateContext();
    this.url = url;
    this.limit = limit;
  }

  /**
   * The document's keys as published; fails with {@link IOException} when the answer isn't a JWKS.
   */
  Future<List<JsonObject>> read() {
    Promise<List<JsonObject>> keys = Promise.promise();
    context.runOnContext(here -> readHere().onComplete(keys));
    return keys.future();
  }

  private Future<List<JsonObject>> readHere() {
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(url.toString())
            .setFollowRedirects(false)
            .setTimeout(limit.toMillis())
            .putHeader("Accept", "application/json");
    return client
        .request(request)
        .compose(HttpClientRequest::send)
        .compose(JwksSource::body)
        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .map(JwksSource::keys)
        .recover(failure -> Future.failedFuture(told(failure)));
  }

  private IOException told(Throwable failure) {
    if (failure instanceof IOException known) {
      return known;
    }
    return failure instanceof TimeoutException
        ? new IOException("there is no whole answer within " + limit.toMillis() + " ms", failure)
        : new IOException(
            (failure instanceof VertxException
                    ? "there is no whole answer"
                    : "the answer is no JWKS")
                + " ("
                + failure.getMessage()
                + ")",
            failure);
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    if (response.statusCode() != 200) {
      response.exceptionHandler(expected -> {}); // the reset itself
      response.request().reset();
      return Future.failedFuture(new IOException("the answer has status " + response.statusCode()));
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response.exceptionHandler(whole::tryFail);
    response.handler(
        chunk -> {
          if (body.length() + chunk.length() > MOST_BYTES) {
            whole.tryFail(new IOException("the answer is larger than " + MOST_BYTES + " bytes"));
            response.request().reset();
          } else {
            body.appendBuffer(chunk);
          }
        });
    response.endHandler(end -> whole.tryComplete(body));
    return whole.future();
  }

  private static List<JsonObject> keys(Buffer body) {
    JsonArray keys = new JsonObject(body).getJsonArray("keys");
    if (keys == null) {
      throw new IllegalArgumentException("member keys is missing");
    }
    return keys.stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .limit(MOST_KEYS)
        .toList();
  }
}
