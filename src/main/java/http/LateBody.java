package http;

import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * Bodies that don't come within their operation's time, which is their client's doing and no
 * failure of the server.
 */
final class LateBody {
  private static final String KEY = "http.awaitsBody";

  private LateBody() {}

  /** From here on the request waits for its body; until then it is held back by this server. */
  static void await(RoutingContext context) {
    context.put(KEY, true);
  }

  /** Whether the time that is over was spent waiting for the body. */
  static boolean awaited(RoutingContext context) {
    return context.get(KEY) != null && !context.request().isEnded();
  }

  /** What its client is told, if it is still there. */
  static ApiException problem(RoutingContext context) {
    Operation operation = RequestMeter.operation(context);
    ApiException problem =
        new ApiException(
            ErrorCode.REQUEST_TIMEOUT,
            "the body was not here within "
                + operation.timeout().toSeconds()
                + " s: send all of it at once, on a new connection");
    // the rest of it would be taken for the next request
    return context.request().version() == HttpVersion.HTTP_2
        ? problem
        : problem.header("Connection", "close");
  }
}
