package zoom;

/** A stored token can't be decrypted; the message says which key is missing, never what it is. */
public final class UnreadableTokenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreadableTokenException(String message) {
    super(message, null, false, false);
  }
}
