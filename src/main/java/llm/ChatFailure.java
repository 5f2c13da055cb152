package llm;

/**
 * A call that brought no reply.
 *
 * @param kind decides what happens next
 * @param retryAfterMillis when the provider wants to be asked again; 0: it did not say
 * @param words what went wrong, for operators; never a key, never a body
 * @param status HTTP status; 0: none came
 */
record ChatFailure(Kind kind, long retryAfterMillis, String words, int status) {
  enum Kind {
    /** The quota of the minute is used up. */
    RATE_LIMITED,
    /** The quota of the day is used up. */
    DAY_LIMITED,
    /** The account has no money left. */
    NO_MONEY,
    /** The provider does not take this key. */
    KEY_REFUSED,
    /** The provider does not know the model, or not any more. */
    MODEL_GONE,
    /** The model can't be told a JSON schema. */
    FORMAT_UNSUPPORTED,
    /** Input and output don't fit; never better by waiting. */
    TOO_LARGE,
    /** The request is wrong for this provider. */
    BAD_REQUEST,
    /** Busy, loading or broken: another key or moment may do. */
    OVERLOADED,
    /** No answer came, or half of one. */
    LOST
  }
}
