package http;

import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;

/**
 * Bodies that stop making sense half-way, such as chunks without a size. Nobody can tell where the
 * next request would begin, so Vert.x closes the connection as soon as the request has heard of it:
 * the answer has to be on its way by then.
 */
final class BrokenBody {
  private BrokenBody() {}

  /**
   * Has this request answered with 400 when its body breaks; whoever reads it later must repeat.
   */
  static void watch(RoutingContext context) {
    context.request().exceptionHandler(failure -> answer(context, failure));
  }

  /**
   * The same for a body that nobody reads, such as a GET's: a client that goes away is no failure
   * there.
   */
  static void watchUnread(RoutingContext context) {
    context
        .request()
        .exceptionHandler(
            failure -> {
              if (!gone(context.request(), failure)) {
                answer(context, failure);
              }
            });
    context.next();
  }

  /** Fails the request; its client is told at once, if it is still there to hear it. */
  static void answer(RoutingContext context, Throwable failure) {
    HttpServerRequest request = context.request();
    context.cancelAndCleanupFileUploads();
    if (gone(request, failure)) {
      // nobody hears it: it keeps the log from blaming a database whose connections end alike
      context.fail(
          new ApiException(
              ErrorCode.VALIDATION_ERROR,
              "the connection was closed before the whole body had come"));
      return;
    }
    context.fail(
        new ApiException(
            ErrorCode.VALIDATION_ERROR,
            "the body can't be read: its chunks (Transfer-Encoding) are malformed; send it anew on"
                + " a new connection"));
    // what is written while a message is read waits for the message's end, which is the close
    if (request.connection() instanceof ConnectionBase connection) {
      connection.channel().flush();
    }
  }

  /** Whether the client has gone, or has called it off. */
  private static boolean gone(HttpServerRequest request, Throwable failure) {
    return request.version() == HttpVersion.HTTP_2
        || failure instanceof HttpClosedException
        || failure instanceof IOException;
  }
}
