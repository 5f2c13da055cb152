package zoom;

/** The account's token does not see what was asked for; the message says how it would. */
final class NoAccess extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoAccess(String message) {
    super(message, null, false, false);
  }
}
