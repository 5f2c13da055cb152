package zoom;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import outbound.Answer;
import outbound.Classifier;
import outbound.Failure;
import outbound.Failure.Kind;

/** What Zoom's answers mean. Its body codes count for more than the status. */
final class ZoomAnswers {
  /** The word of a page token that has run out: it lives 15 minutes. */
  static final String PAGE_TOKEN = "page_token";

  /** The word of a web page where a file should be. */
  static final String WEB_PAGE = "web_page";

  private static final Set<String> NO_SUCH_USER = Set.of("1001", "1010", "1120");
  private static final Set<String> NOT_RECORDED_YET = Set.of("3301", "3001");
  private static final Set<String> SCOPES = Set.of("4700", "4711", "104");
  private static final Duration LONGEST_DAILY = Duration.ofHours(1);
  private static final Duration LONGEST_SHORT = Duration.ofMinutes(2);

  private ZoomAnswers() {}

  /** For calls of the API. */
  static final Classifier API =
      answer -> {
        // Zoom also answers 200 with an error object.
        boolean refused = !answer.ok() || saysError(answer.json());
        return refused ? Optional.of(failure(answer)) : Optional.empty();
      };

  /** For downloads: a refusal is often 200 with a page for people. */
  static final Classifier DOWNLOAD =
      answer -> {
        if (answer.ok()) {
          return answer.mediaType().equals("text/html")
              ? Optional.of(
                  Failure.of(
                      Kind.PERMANENT, answer, WEB_PAGE, "it sent a web page instead of the file"))
              : Optional.empty();
        }
        return Optional.of(failure(answer));
      };

  private static boolean saysError(JsonObject body) {
    return body.getValue("code") != null
        && body.getValue("recording_files") == null
        && body.getValue("meetings") == null;
  }

  private static Failure failure(Answer answer) {
    String code = answer.error().code();
    String message = answer.error().message().toLowerCase(Locale.ROOT);
    int status = answer.status();
    if (SCOPES.contains(code) || message.contains("scope")) {
      return Failure.of(
          Kind.PERMANENT, answer, code, "the app lacks a scope, see README on the Zoom account");
    }
    if (code.equals("124") || status == 401) {
      return Failure.of(Kind.REFRESH, answer, code, "it does not accept the access token");
    }
    if (NOT_RECORDED_YET.contains(code)) {
      return Failure.of(Kind.NOT_READY, answer, code, "there is no recording yet");
    }
    if (status == 429 || code.equals("429")) {
      return tooMany(answer, message);
    }
    if (message.contains("page token") || message.contains("page_token")) {
      return Failure.of(Kind.PERMANENT, answer, PAGE_TOKEN, "the list's page token has expired");
    }
    if (NO_SUCH_USER.contains(code)) {
      return Failure.of(Kind.PERMANENT, answer, code, "the account has no such user");
    }
    if (status == 403 || answer.ok()) {
      return Failure.of(Kind.PERMANENT, answer, code, "the app is not permitted to do this");
    }
    return Classifier.BY_STATUS
        .classify(answer)
        .orElseGet(() -> Failure.of(Kind.PERMANENT, answer, code, ""));
  }

  /** Whether a failure says that there is no such user. */
  static boolean noSuchUser(Failure failure) {
    return NO_SUCH_USER.contains(failure.word());
  }

  /** Whether a failure lies in how the account or the app is set up. */
  static boolean configuration(Failure failure) {
    return failure.kind() == Kind.REFRESH
        || failure.status() == 403
        || SCOPES.contains(failure.word())
        || (failure.kind() == Kind.PERMANENT && failure.status() == 200);
  }

  /** The headers are not reliable: a daily limit has been seen without any. */
  private static Failure tooMany(Answer answer, String message) {
    Instant now = Instant.now();
    boolean daily =
        message.contains("daily")
            || message.contains("per-day")
            || message.contains("per day")
            || "Daily-limit".equalsIgnoreCase(answer.headers().get("X-RateLimit-Type"));
    Optional<Instant> named = answer.retryAfter().or(() -> reset(answer, now));
    if (named.isPresent()) {
      return Failure.retryAt(named.get(), answer, "429", "the rate limit is used up");
    }
    if (!daily) {
      return Failure.of(Kind.RETRY, answer, "429", "the rate limit is used up");
    }
    Instant midnight =
        now.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).plusDays(1).toInstant();
    Instant soon = now.plus(LONGEST_DAILY);
    return Failure.retryAt(
        midnight.isBefore(soon) ? midnight : soon,
        answer,
        "429",
        "the daily rate limit is used up");
  }

  private static Optional<Instant> reset(Answer answer, Instant now) {
    String reset = answer.headers().get("X-RateLimit-Reset");
    if (reset == null || !reset.strip().matches("[0-9]{9,11}")) {
      return Optional.empty();
    }
    Instant when = Instant.ofEpochSecond(Long.parseLong(reset.strip()));
    return when.isBefore(now.minus(LONGEST_SHORT)) || when.isAfter(now.plus(LONGEST_SHORT))
        ? Optional.empty()
        : Optional.of(when);
  }
}
