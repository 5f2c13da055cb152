package courses.content;

import io.vertx.core.json.JsonObject;

/**
 * Something that can be stored as JSON and read back. Members have the names of the record's
 * components; enumerations are lower case; what is absent is left out.
 */
public interface Content {
  /** The record as JSON; {@link #read} takes it back. */
  default JsonObject toJson() {
    return RecordJson.write((Record) this);
  }

  /**
   * Reads what {@link #toJson} wrote. Absent lists are empty, absent optional members too.
   *
   * @throws IllegalArgumentException when a member is missing or of the wrong type; the message
   *     names its path
   */
  static <T extends Record & Content> T read(Class<T> type, JsonObject json) {
    return RecordJson.read(type, json);
  }
}
