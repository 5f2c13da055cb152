package transcripts;

import java.util.Locale;

/**
 * A text no exercises can be made from, now or later. The message is for the teacher: what is
 * wrong, and what to do. Carries no stack trace, because the cause is the text and not the code.
 */
public final class UnusableTranscriptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why, for machines. */
  public enum Code {
    /** Nothing in it, or nothing but headers and empty cues. */
    EMPTY,
    /** Something else: a web page, a binary file, other JSON, times that are no times. */
    NOT_A_TRANSCRIPT,
    /** Over a limit of the settings. */
    TOO_LONG,
    /** Fewer words than any exercise set needs. */
    TOO_SHORT,
    /** Practically no English was spoken, or the recogniser wrote another language. */
    NO_ENGLISH;

    /** The lower-case word stored and sent to clients. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Code code;

  UnusableTranscriptException(Code code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
