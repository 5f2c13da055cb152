package speech;

import io.vertx.core.json.JsonObject;

/**
 * Audio that is kept.
 *
 * @param id 32 hexadecimal digits, part of its address
 * @param bytes its length
 */
public record Audio(String id, int bytes) {
  /** As it travels on the event bus. */
  public JsonObject toJson() {
    return new JsonObject().put("id", id).put("bytes", bytes);
  }

  /** From {@link #toJson}. */
  public static Audio of(JsonObject json) {
    return new Audio(json.getString("id"), json.getInteger("bytes"));
  }
}
