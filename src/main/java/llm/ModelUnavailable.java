package llm;

/** No usable answer came from a model. The caller's part of the work falls back to its rules. */
public final class ModelUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What stood in the way. */
  public enum Reason {
    /** No key is configured, or no actor that holds keys is running. */
    NO_KEY,
    /** No quota came free in time, or too many calls wait already. */
    QUOTA,
    /** The deadline passed while a model was working. */
    DEADLINE,
    /** The piece of work's spend cap leaves too little for the call. */
    BUDGET,
    /** Input and output do not fit into any model's context or token limit: split the input. */
    TOO_LARGE,
    /** The model refused the input. */
    REFUSED,
    /** What it said stayed invalid after being asked again. */
    INVALID,
    /** Providers failed, or don't know their keys or models. */
    PROVIDER,
    /** Whoever asked called it off; see {@link Cancellation}. */
    CANCELLED,
    /** What its user may spend today (UTC) leaves too little. */
    USER_BUDGET,
    /** What all together may spend today (UTC) leaves too little. */
    DAY_BUDGET
  }

  private final Reason reason;

  public ModelUnavailable(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
