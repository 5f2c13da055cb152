package http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/**
 * Lets pages of other origins call: the listed ones with credentials, or, when none is listed, any
 * without. Origins are compared as they come and never taken apart: apps in a web view call from
 * {@code capacitor://localhost} and the like, which the library's handler refuses.
 */
final class CrossOrigin {
  private static final String METHODS = "GET, POST, PATCH, PUT, DELETE, OPTIONS";
  private static final String REQUEST_HEADERS =
      "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, If-Range,"
          + " Last-Event-ID, Prefer, Range, X-Request-ID, X-User-Id, traceparent, tracestate";
  private static final String RESPONSE_HEADERS =
      "ETag, Location, Retry-After, Idempotent-Replayed, X-Request-ID, RateLimit-Limit,"
          + " RateLimit-Remaining, RateLimit-Reset, Content-Disposition";
  private static final String PREFLIGHT_SECONDS = "3600";

  private final Set<String> origins;

  CrossOrigin(List<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    String origin = request.getHeader("Origin");
    if (!origins.isEmpty()) {
      response.putHeader("Vary", TraceIds.VARY + ", Origin");
    }
    // Nobody is refused here: this server's own pages carry an origin too, and without the headers
    // the browser keeps the answer from a foreign page.
    if (origin == null || (!origins.isEmpty() && !origins.contains(origin))) {
      context.next();
      return;
    }
    if (origins.isEmpty()) {
      response.putHeader("Access-Control-Allow-Origin", "*");
    } else {
      response
          .putHeader("Access-Control-Allow-Origin", origin)
          .putHeader("Access-Control-Allow-Credentials", "true");
    }
    if (request.method() == HttpMethod.OPTIONS
        && request.getHeader("Access-Control-Request-Method") != null) {
      response
          .setStatusCode(204)
          .putHeader("Access-Control-Allow-Methods", METHODS)
          .putHeader("Access-Control-Allow-Headers", REQUEST_HEADERS)
          .putHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS)
          .end();
      return;
    }
    response.putHeader("Access-Control-Expose-Headers", RESPONSE_HEADERS);
    context.next();
  }
}
