package courses.sources;

/** Captions could not be had. The message is for the person who asked. */
public final class CaptionFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The words of the transcript service's contract. */
  public enum Code {
    VIDEO_NOT_FOUND(404),
    TRANSCRIPT_NOT_AVAILABLE(404),
    RATE_LIMITED(429),
    SERVICE_UNAVAILABLE(503),
    YTDLP_ERROR(500),
    FILE_OPERATION_ERROR(500),
    SUBTITLE_PARSING_ERROR(500);

    private final int status;

    Code(int status) {
      this.status = status;
    }

    /** The HTTP status that goes with it. */
    public int status() {
      return status;
    }
  }

  private final Code code;

  CaptionFailure(Code code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  public Code code() {
    return code;
  }

  /** Whether asking again can't help. */
  boolean last() {
    return code == Code.VIDEO_NOT_FOUND || code == Code.TRANSCRIPT_NOT_AVAILABLE;
  }
}
