package databases;

/**
 * An embedded database server could not be unpacked, started or stopped; the message says why and
 * what to do.
 */
public final class EmbeddedServerException extends RuntimeException {
  EmbeddedServerException(String message) {
    super(message);
  }

  EmbeddedServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
