package http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Errors as clients of the transcript service read them (section 2.7 of the courses' contract):
 * {@code error}, {@code errorCode} and {@code requestId}; of a missing or bad token {@code error}
 * alone.
 */
final class TranscriptErrors {
  private static final int UNAUTHORIZED = 401;

  private TranscriptErrors() {}

  static void answer(HttpServerRequest request, ApiException problem) {
    JsonObject body =
        problem.status() == UNAUTHORIZED
            ? new JsonObject().put("error", problem.getMessage())
            : body(problem.getMessage(), code(problem));
    request
        .response()
        .setStatusCode(problem.status())
        .putHeader("Content-Type", "application/json");
    Problems.end(request, body.toBuffer());
  }

  static JsonObject body(String error, String code) {
    return new JsonObject()
        .put("error", error)
        .put("errorCode", code)
        .put("requestId", requestId());
  }

  private static String code(ApiException problem) {
    return problem.code() == ErrorCode.INTERNAL_ERROR
        ? "INTERNAL_SERVER_ERROR"
        : problem.code().name();
  }

  /** {@code req_}, seconds since 1970, four letters or digits. */
  static String requestId() {
    int number = ThreadLocalRandom.current().nextInt(36 * 36 * 36 * 36);
    return String.format(
            Locale.ROOT,
            "req_%d_%4s",
            System.currentTimeMillis() / 1_000,
            Integer.toString(number, 36))
        .replace(' ', '0');
  }
}
