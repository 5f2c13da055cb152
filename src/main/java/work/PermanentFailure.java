package work;

/** Trying again can't help. The message is stored in {@code last_error} and read by people. */
public final class PermanentFailure extends RuntimeException {
  /**
   * @param message what happened and what to do about it
   */
  public PermanentFailure(String message) {
    this(message, null);
  }

  /**
   * @param message what happened and what to do about it
   * @param cause for logs only, may be null
   */
  public PermanentFailure(String message, Throwable cause) {
    super(message, cause, false, false);
  }
}
