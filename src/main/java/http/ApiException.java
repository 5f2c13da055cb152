package http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An answer that is an error. {@link Problems} is the one place that turns it into a response. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient JsonObject details;
  private final transient Map<String, String> headers = new LinkedHashMap<>();
  private final ErrorCode code;
  private boolean missing;

  /**
   * @param detail what happened and what to do, for the client to read
   * @param details for programs; null when there is nothing to add
   */
  public ApiException(ErrorCode code, String detail, JsonObject details) {
    // expected and answered: a stack trace would cost more than the rest of the request
    super(detail, null, false, false);
    this.code = code;
    this.details = details;
  }

  public ApiException(ErrorCode code, String detail) {
    this(code, detail, null);
  }

  /**
   * One rule that a request breaks. {@code field} is a member's path such as {@code
   * transcripts[0].lesson_number}.
   */
  public record Field(String field, String reason) {}

  /** A request that breaks rules; all of them are told at once. */
  public static ApiException invalid(List<Field> fields) {
    JsonArray list = new JsonArray();
    fields.forEach(
        f -> list.add(new JsonObject().put("field", f.field()).put("reason", f.reason())));
    String told =
        fields.stream()
            .limit(3)
            .map(f -> f.field() + " " + f.reason())
            .collect(Collectors.joining("; "));
    String more = fields.size() > 3 ? "; and " + (fields.size() - 3) + " more" : "";
    return new ApiException(
        ErrorCode.VALIDATION_ERROR, told + more, new JsonObject().put("fields", list));
  }

  public static ApiException invalid(String field, String reason) {
    return invalid(List.of(new Field(field, reason)));
  }

  ApiException header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /**
   * The same code with status 404: what is unknown was the path's target, not something in the
   * body.
   */
  public ApiException asMissing() {
    missing = true;
    return this;
  }

  /** The HTTP status. */
  public int status() {
    return missing ? ErrorCode.NOT_FOUND.status() : code.status();
  }

  /** The status in words. */
  public String title() {
    return missing ? ErrorCode.NOT_FOUND.title() : code.title();
  }

  public ErrorCode code() {
    return code;
  }

  public JsonObject details() {
    return details;
  }

  Map<String, String> headers() {
    return headers;
  }
}
