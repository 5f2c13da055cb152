package zoom;

/**
 * Zoom gives no token until a person does something; the message says what happened and what to do.
 */
public final class NotAuthorized extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotAuthorized(String message) {
    super(message, null, false, false);
  }
}
