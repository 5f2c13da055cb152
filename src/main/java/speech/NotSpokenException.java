package speech;

/** There will be no audio of a text; the app reads it with the device's own voice. */
public final class NotSpokenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Reason {
    /** The text is too long, empty, or in a language that no voice here speaks. */
    TEXT,
    /** Too many texts wait; later it may be spoken. */
    BUSY,
    /** No engine works at present. */
    ENGINES
  }

  private final Reason reason;

  NotSpokenException(Reason reason, String message) {
    // expected and handled: nobody looks at the stack
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
