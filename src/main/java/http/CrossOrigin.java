package http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.List;
import java.util.Set;

/**
 * Lets pages of other origins call: the listed ones with credentials, or, when none is listed, any
 * without.
 */
final class CrossOrigin {
  private static final Set<HttpMethod> METHODS =
      Set.of(
          HttpMethod.GET,
          HttpMethod.POST,
          HttpMethod.PATCH,
          HttpMethod.PUT,
          HttpMethod.DELETE,
          HttpMethod.OPTIONS);
  private static final Set<String> REQUEST_HEADERS =
      Set.of(
          "Authorization",
          "Content-Type",
          "Idempotency-Key",
          "If-Match",
          "If-None-Match",
          "Prefer",
          "X-Request-ID",
          "X-User-Id");
  private static final Set<String> RESPONSE_HEADERS =
      Set.of("ETag", "Location", "Retry-After", "Idempotent-Replayed", "X-Request-ID");
  private static final int PREFLIGHT_SECONDS = 3600;

  private final List<String> origins;
  private final CorsHandler handler;

  CrossOrigin(List<String> origins) {
    this.origins = List.copyOf(origins);
    this.handler =
        CorsHandler.create()
            .allowedMethods(METHODS)
            .allowedHeaders(REQUEST_HEADERS)
            .exposedHeaders(RESPONSE_HEADERS)
            .maxAgeSeconds(PREFLIGHT_SECONDS);
    if (!origins.isEmpty()) {
      handler.addOrigins(this.origins).allowCredentials(true);
    }
  }

  void handle(RoutingContext context) {
    String origin = context.request().getHeader("Origin");
    if (origin != null && !origins.isEmpty() && !origins.contains(origin)) {
      // The handler would refuse the request itself, also one from this server's own pages, which
      // carry an origin too. Without the
      // headers the browser keeps the answer from a foreign page.
      context.response().putHeader("Vary", "Origin");
      context.next();
      return;
    }
    handler.handle(context);
  }
}
