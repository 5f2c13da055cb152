package outbound;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What a service answered.
 *
 * @param body whole, and no longer than was allowed
 */
public record Answer(int status, MultiMap headers, Buffer body) {
  /** The media type in lower case without its parameters; empty when none is said. */
  public String mediaType() {
    String type = headers.get("Content-Type");
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** Whether the status is a success. */
  public boolean ok() {
    return status >= 200 && status < 300;
  }

  /**
   * The body's JSON object, also when it stands alone in an array; empty when there is none. Never
   * throws.
   */
  public JsonObject json() {
    Object value = decoded();
    if (value instanceof JsonArray array && !array.isEmpty()) {
      value = array.getValue(0);
    }
    return value instanceof JsonObject object ? object : new JsonObject();
  }

  /** The body's JSON array; empty when it is no array. Never throws. */
  public JsonArray jsonArray() {
    return decoded() instanceof JsonArray array ? array : new JsonArray();
  }

  private Object decoded() {
    try {
      return body.length() == 0 ? null : Json.decodeValue(body);
    } catch (DecodeException | IllegalArgumentException noJson) {
      return null;
    }
  }

  /** What the body says went wrong. */
  public ErrorBody error() {
    return ErrorBody.of(body);
  }

  /** When the service wants to be asked again. */
  public Optional<Instant> retryAfter() {
    return RetryAfter.of(headers, Instant.now());
  }

  /** Whether a body that is cut short could have arrived without anybody noticing. */
  public boolean endsWithConnection() {
    return !headers.contains("Content-Length") && !headers.contains("Transfer-Encoding");
  }
}
