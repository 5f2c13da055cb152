package outbound;

import io.vertx.core.VertxException;
import io.vertx.core.file.FileSystemException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What it means when no whole answer came. */
final class Transport {
  private Transport() {}

  /** Never with the message of an exception, which could quote the request. */
  static Failure failure(Throwable error, boolean sent, Duration limit) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return Failure.noAnswer(
            "its host name is not known; check its address in the settings", false);
      }
      if (cause instanceof ConnectException) {
        return Failure.noAnswer(
            sent ? "the connection broke" : "nobody accepts connections at its address", sent);
      }
      if (cause instanceof SSLException) {
        return Failure.noAnswer(
            "no trusted encrypted connection; check its address and certificate", sent);
      }
      if (cause instanceof FileSystemException) {
        return Failure.of(
            Failure.Kind.PERMANENT,
            "the file on our side could not be read or written ("
                + (cause.getCause() == null ? cause : cause.getCause()).getClass().getSimpleName()
                + "); check the folder and the free space");
      }
    }
    if (error instanceof TimeoutException) {
      return Failure.noAnswer("no whole answer within " + limit.toMillis() + " ms", sent);
    }
    if (error instanceof RuntimeException && !(error instanceof VertxException)) {
      return Failure.ofProgram(error);
    }
    String kind = error.getClass().getSimpleName();
    return Failure.noAnswer("no whole answer" + (kind.isEmpty() ? "" : " (" + kind + ")"), sent);
  }
}
