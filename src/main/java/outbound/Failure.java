package outbound;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A call of an outside service came to nothing. The message is fit for logs and for column {@code
 * last_error}: it is made of plain words, never of what was sent or received.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What can be done about it. */
  public enum Kind {
    /** Again, but not before {@link Failure#retryAt}. */
    RETRY_AT,
    /** Again, after a pause of the caller's choice. */
    RETRY,
    /** With new credentials, once. */
    REFRESH,
    /** Nothing: the same request fails again. */
    PERMANENT,
    /** What is asked for is not there yet: ask later; no failure of anybody. */
    NOT_READY;

    /** The lower-case word for metrics and logs. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final Kind kind;
  private final String service;
  private final int status;
  private final String word;
  private final String detail;
  private final transient Instant retryAt;
  private final boolean perhapsDone;

  private Failure(
      Kind kind,
      String service,
      int status,
      String word,
      String detail,
      Instant retryAt,
      boolean perhapsDone,
      Throwable cause) {
    // expected and handled: nobody looks at the stack
    super(message(service, status, word, detail), cause, false, false);
    this.kind = Objects.requireNonNull(kind);
    this.service = service;
    this.status = status;
    this.word = word;
    this.detail = detail;
    this.retryAt = retryAt;
    this.perhapsDone = perhapsDone;
  }

  private static String message(String service, int status, String word, String detail) {
    StringBuilder text = new StringBuilder(service);
    if (status > 0) {
      text.append(" answered ").append(status);
      if (!word.isEmpty()) {
        text.append(' ').append(word);
      }
    }
    if (!detail.isEmpty()) {
      text.append(text.isEmpty() ? "" : ": ").append(detail);
    }
    return text.toString();
  }

  /**
   * A failure seen in an answer; the client adds the service's name.
   *
   * @param word the service's word for it, see {@link ErrorBody#word}; may be empty
   * @param detail what happened and what to do, in words of ours; may be empty
   */
  public static Failure of(Kind kind, Answer answer, String word, String detail) {
    return new Failure(kind, "", answer.status(), ErrorBody.plain(word), detail, null, false, null);
  }

  /** A failure that no answer tells of. */
  public static Failure of(Kind kind, String detail) {
    return new Failure(kind, "", 0, "", detail, null, false, null);
  }

  /** Kind {@link Kind#RETRY_AT}. */
  public static Failure retryAt(Instant when, Answer answer, String word, String detail) {
    return new Failure(
        Kind.RETRY_AT, "", answer.status(), ErrorBody.plain(word), detail, when, false, null);
  }

  /** Nothing may be asked before {@code when}; kind {@link Kind#RETRY_AT}. */
  public static Failure notBefore(Instant when, String detail) {
    return notSent(when, detail);
  }

  /** No answer because we did not ask; kind {@link Kind#RETRY_AT}. */
  static Failure notSent(Instant when, String detail) {
    return new Failure(Kind.RETRY_AT, "", 0, "", detail, when, false, null);
  }

  /** No whole answer; the request may have reached the service when {@code sent}. */
  static Failure noAnswer(String detail, boolean sent) {
    return new Failure(Kind.RETRY, "", 0, "", detail, null, sent, null);
  }

  /** Whoever asked does not want the answer any more. */
  static Failure unwanted(boolean sent) {
    return new Failure(Kind.PERMANENT, "", 0, "", "the call was called off", null, sent, null);
  }

  /** It could not be sent before it was too late for it. */
  static Failure late() {
    return new Failure(
        Kind.PERMANENT, "", 0, "", "there was no connection in time", null, false, null);
  }

  /** Our own fault, or the client was closed; the cause is for the log. */
  static Failure ofProgram(Throwable cause) {
    return new Failure(
        Kind.RETRY,
        "",
        0,
        "",
        "the call came to nothing on our side (" + cause.getClass().getSimpleName() + ")",
        null,
        true,
        cause);
  }

  Failure at(String name) {
    return new Failure(kind, name, status, word, detail, retryAt, perhapsDone, getCause());
  }

  Failure afterAttempts(int count) {
    String more = (detail.isEmpty() ? "" : detail + " ") + "(" + count + " attempts)";
    return new Failure(kind, service, status, word, more, retryAt, perhapsDone, getCause());
  }

  /** This failure with a remark of what it was about: {@code what: message}. */
  public Failure about(String what) {
    return new Failure(
        kind,
        service,
        status,
        word,
        detail.isEmpty() ? what : what + ": " + detail,
        retryAt,
        perhapsDone,
        getCause());
  }

  public Kind kind() {
    return kind;
  }

  /** The service's name. */
  public String service() {
    return service;
  }

  /** The HTTP status, 0 when there was no answer. */
  public int status() {
    return status;
  }

  /** The service's own word or number for the failure; empty when it gave none. */
  public String word() {
    return word;
  }

  /** Present with {@link Kind#RETRY_AT}. */
  public Optional<Instant> retryAt() {
    return Optional.ofNullable(retryAt);
  }

  /**
   * Whether the service may have done what was asked although the answer is lost: repeating what
   * isn't idempotent would do it twice.
   */
  public boolean perhapsDone() {
    return perhapsDone || status == 408 || status == 500 || status == 502 || status == 504;
  }
}
