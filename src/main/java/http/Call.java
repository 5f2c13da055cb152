package http;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** One checked request on its way to its endpoint. */
final class Call {
  private final RoutingContext context;
  private final boolean legacy;
  private final Caller caller;
  private final Input input;

  Call(RoutingContext context, boolean legacy, Caller caller, Input input) {
    this.context = context;
    this.legacy = legacy;
    this.caller = caller;
    this.input = input;
  }

  /** Whether it came in under {@code /api/v1} and gets the first generation's additions. */
  boolean legacy() {
    return legacy;
  }

  Caller caller() {
    return caller;
  }

  Input input() {
    return input;
  }

  String pathSegment(String name) {
    return context.pathParam(name);
  }

  /** A path segment that must be a 64-bit id; anything else names nothing. */
  Optional<Long> pathId(String name) {
    String text = pathSegment(name);
    if (text == null || !text.matches("[0-9]{1,19}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(context.request().getHeader(name));
  }

  /** Whether the path as called ends with a slash, which relative links depend on. */
  boolean calledWithSlash() {
    return context.request().path().endsWith("/");
  }

  /** What ties this request to its lines in the log. */
  String traceId() {
    return TraceIds.of(context);
  }

  Vertx vertx() {
    return context.vertx();
  }
}
