package fakes;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/**
 * One request as a fake service received it.
 *
 * @param uri path and query exactly as sent
 * @param origin the address it was sent to, such as {@code http://127.0.0.1:1234}
 */
public record FakeRequest(
    String method, String uri, String origin, MultiMap headers, MultiMap query, Buffer body) {
  static FakeRequest of(HttpServerRequest request, Buffer body) {
    return new FakeRequest(
        request.method().name(),
        request.uri(),
        request.scheme() + "://" + request.getHeader("Host"),
        MultiMap.caseInsensitiveMultiMap().addAll(request.headers()),
        request.params(),
        body);
  }

  public String path() {
    return uri.split("\\?", 2)[0];
  }

  public JsonObject json() {
    return body.toJsonObject();
  }

  public String header(String name) {
    return headers.get(name);
  }
}
