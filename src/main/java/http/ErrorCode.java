package http;

/**
 * What can go wrong for a client: the code sent to it, and the HTTP status that goes with the code.
 */
public enum ErrorCode {
  VALIDATION_ERROR(400, "Bad Request"),
  UNKNOWN_WORD(400, "Bad Request"),
  UNKNOWN_ITEM(400, "Bad Request"),
  UNKNOWN_QUESTION(400, "Bad Request"),
  UNAUTHORIZED(401, "Unauthorized"),
  FORBIDDEN(403, "Forbidden"),
  NOT_FOUND(404, "Not Found"),
  WORD_LIST_NOT_FOUND(404, "Not Found"),
  SESSION_NOT_FOUND(404, "Not Found"),
  TOPIC_NOT_FOUND(404, "Not Found"),
  COURSE_NOT_FOUND(404, "Not Found"),
  JOB_NOT_FOUND(404, "Not Found"),
  LESSON_NOT_FOUND(404, "Not Found"),
  METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
  REQUEST_TIMEOUT(408, "Request Timeout"),
  CONFLICT(409, "Conflict"),
  SESSION_COMPLETED(409, "Conflict"),
  IDEMPOTENCY_CONFLICT(409, "Conflict"),
  DUPLICATE_REQUEST(409, "Conflict"),
  PRECONDITION_FAILED(412, "Precondition Failed"),
  PAYLOAD_TOO_LARGE(413, "Payload Too Large"),
  URI_TOO_LONG(414, "URI Too Long"),
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type"),
  RANGE_NOT_SATISFIABLE(416, "Range Not Satisfiable"),
  IDEMPOTENCY_KEY_REUSED(422, "Unprocessable Content"),
  RATE_LIMITED(429, "Too Many Requests"),
  HEADERS_TOO_LARGE(431, "Request Header Fields Too Large"),
  INTERNAL_ERROR(500, "Internal Server Error"),
  UPSTREAM_ERROR(502, "Bad Gateway"),
  SERVICE_UNAVAILABLE(503, "Service Unavailable");

  private final int status;
  private final String title;

  ErrorCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  /** The status in words. */
  public String title() {
    return title;
  }
}
