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
  private final boolean nobodyToAsk;

  CaptionFailure(Code code, String message) {
    this(code, message, false);
  }

  private CaptionFailure(Code code, String message, boolean nobodyToAsk) {
    super(message, null, false, false);
    this.code = code;
    this.nobodyToAsk = nobodyToAsk;
  }

  /** No way to captions is set up on this server. */
  static CaptionFailure noWay() {
    return new CaptionFailure(
        Code.SERVICE_UNAVAILABLE,
        "this server has no way to captions: install yt-dlp, or set"
            + " course-sources.transcript-service-url or caption-folder",
        true);
  }

  /** Whether there is no way to captions here at all, until somebody sets one up. */
  public boolean nobodyToAsk() {
    return nobodyToAsk;
  }

  public Code code() {
    return code;
  }

  /** Whether asking again can't help. */
  boolean last() {
    return code == Code.VIDEO_NOT_FOUND || code == Code.TRANSCRIPT_NOT_AVAILABLE;
  }
}
