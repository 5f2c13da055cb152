package launch;

/**
 * The node can't start, for a reason an operator can act on: its message is all that is printed.
 */
final class StartFailure extends RuntimeException {
  StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
