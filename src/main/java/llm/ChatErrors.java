package llm;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import llm.ChatFailure.Kind;
import outbound.Answer;

/**
 * What a provider's error means. The status alone does not tell: a wrong key is 400 at Gemini, used
 * up money is 429 at OpenAI, and a request that is too large is 413 at Groq (section 3 of the notes
 * on outside services).
 */
final class ChatErrors {
  private static final Pattern WAIT_IN_TEXT =
      Pattern.compile("(?:try again in|retry in) ([0-9hms.]+s)");
  private static final int FLEX_CAPACITY = 498;

  /** What providers, servers and their grammar makers call a schema they can't follow. */
  private static final Pattern FORMAT =
      Pattern.compile(
          "response_?\\s?format|(json|response)[_ ]?(json_?)?schema|structured[_ ]outputs?"
              + "|guided_(json|decoding)|grammar");

  private static final Pattern CONTEXT =
      Pattern.compile("context (length|size|window)|too many tokens|maximum number of tokens");

  /** A server that loads a model takes minutes, and answers at once meanwhile. */
  private static final long LOADING = Duration.ofSeconds(5).toMillis();

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long LONGEST_REASONABLE = Duration.ofMinutes(5).toMillis();

  private ChatErrors() {}

  static ChatFailure of(Answer answer) {
    JsonObject body = answer.json();
    // An object at most providers, a bare text at some local servers, the body itself at old vLLM.
    Object inner = body.getValue("error");
    JsonObject error = inner instanceof JsonObject object ? object : body;
    String message =
        inner instanceof String text ? text : String.valueOf(error.getValue("message"));
    String words =
        (error.getValue("code") + " " + error.getValue("type") + " " + error.getValue("status"))
            .toLowerCase(Locale.ROOT);
    int status = answer.status();
    String plain = "answered " + status + codeWord(error);
    String low = message.toLowerCase(Locale.ROOT);

    if (status == 401
        || status == 403
        || hasReason(error, "API_KEY_INVALID")
        || status == 400 && low.matches(".*api key (not valid|expired).*")) {
      return new ChatFailure(Kind.KEY_REFUSED, 0, plain, status);
    }
    if (words.contains("insufficient_quota") || status == 402) {
      return new ChatFailure(Kind.NO_MONEY, 0, plain, status);
    }
    if (status == 413
        || words.contains("context_length_exceeded")
        || words.contains("exceed_context_size")
        || status == 400 && CONTEXT.matcher(low).find()) {
      return new ChatFailure(Kind.TOO_LARGE, 0, plain, status);
    }
    if (status == 404 || words.contains("model_not_found") || words.contains("decommissioned")) {
      return new ChatFailure(Kind.MODEL_GONE, 0, plain, status);
    }
    if (status == 429 || status == FLEX_CAPACITY) {
      boolean day = perDay(error) || low.contains("per day") || low.contains("(rpd)");
      return new ChatFailure(
          day ? Kind.DAY_LIMITED : Kind.RATE_LIMITED, wait(answer, error, low), plain, status);
    }
    if (status == 400 || status == 422) {
      boolean format = FORMAT.matcher(low).find();
      return new ChatFailure(format ? Kind.FORMAT_UNSUPPORTED : Kind.BAD_REQUEST, 0, plain, status);
    }
    return status == 408 || status == 409 || status == 424 || status >= 499
        ? new ChatFailure(Kind.OVERLOADED, wait(answer, error, low), plain, status)
        : new ChatFailure(Kind.BAD_REQUEST, 0, plain, status);
  }

  /**
   * What a body with status 200 is that holds an error instead of a completion, as some servers and
   * gateways send it; null when it holds none.
   */
  static ChatFailure within(Answer answer) {
    Object error = answer.json().getValue("error");
    if (error == null) {
      return null;
    }
    boolean status =
        error instanceof JsonObject object
            && object.getValue("code") instanceof Number code
            && code.intValue() >= 400
            && code.intValue() < 600;
    int told = status ? ((Number) ((JsonObject) error).getValue("code")).intValue() : 502;
    return of(new Answer(told, answer.headers(), answer.body()));
  }

  /** Groq's own check failed: what the model had written, or null. */
  static String failedGeneration(Answer answer) {
    return answer.json().getValue("error") instanceof JsonObject error
            && "json_validate_failed".equals(error.getValue("code"))
        ? error.getString("failed_generation", "")
        : null;
  }

  private static String codeWord(JsonObject error) {
    Object code = error.getValue("code") instanceof String text ? text : error.getValue("status");
    return code instanceof String text && text.matches("[A-Za-z_]{1,40}") ? " " + text : "";
  }

  private static boolean hasReason(JsonObject error, String reason) {
    return details(error).stream()
        .anyMatch(d -> d instanceof JsonObject detail && reason.equals(detail.getValue("reason")));
  }

  private static JsonArray details(JsonObject error) {
    return error.getValue("details") instanceof JsonArray details ? details : new JsonArray();
  }

  private static boolean perDay(JsonObject error) {
    String text = details(error).encode();
    return text.contains("PerDay") || text.contains("Daily");
  }

  /** What the provider says; else a minute for a minute's quota; else nothing. */
  private static long wait(Answer answer, JsonObject error, String low) {
    Instant now = Instant.now();
    long header =
        answer
            .retryAfter()
            .map(when -> Math.max(1, Duration.between(now, when).toMillis()))
            .orElse(0L);
    if (header > 0) {
      return header;
    }
    for (Object item : details(error)) {
      if (item instanceof JsonObject detail
          && detail.getValue("retryDelay") instanceof String delay) {
        return RateHeaders.goMillis(delay);
      }
    }
    if (details(error).encode().contains("PerMinute")) {
      return MINUTE;
    }
    if (low.contains("loading model")) {
      return LOADING;
    }
    Matcher told = WAIT_IN_TEXT.matcher(low);
    long text = told.find() ? RateHeaders.goMillis(told.group(1)) : 0;
    return Math.min(text, LONGEST_REASONABLE);
  }
}
