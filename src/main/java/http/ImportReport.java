package http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;

/** What became of the rows of an import; used by one thread after the other. */
final class ImportReport {
  private static final int TOLD_ERRORS = 100;

  /** Why rows are skipped. */
  enum Reason {
    EMPTY("empty"),
    MEDIA_ONLY("mediaOnly"),
    DUPLICATE("duplicate"),
    RULE("rule"),
    LIMIT("limit");

    private final String member;

    Reason(String member) {
      this.member = member;
    }
  }

  private final boolean counted;
  private final Map<Reason, Long> byReason = new EnumMap<>(Reason.class);
  private final JsonArray errors = new JsonArray();
  private long read;
  private long skipped;

  /**
   * @param counted whether the numbers by reason are told too
   */
  ImportReport(boolean counted) {
    this.counted = counted;
  }

  /** One more row; gives how many there were. */
  long read() {
    return ++read;
  }

  void skip(WordRows.Row row, Reason reason, String why) {
    String label = row.label() == null || row.label().isEmpty() ? "" : "\"" + row.label() + "\": ";
    skip(row.number(), 1, reason, label + why);
  }

  /** Skips rows from this number on. */
  void skip(long first, long rows, Reason reason, String why) {
    skipped += rows;
    byReason.merge(reason, rows, Long::sum);
    if (errors.size() < TOLD_ERRORS) {
      errors.add(new JsonObject().put("row", first).put("reason", why));
    }
  }

  boolean complete() {
    return skipped == 0;
  }

  Reply reply(int imported) {
    JsonObject body =
        new JsonObject()
            .put("ok", true)
            .put("imported", imported)
            .put("skipped", skipped)
            .put("errors", errors);
    if (counted) {
      body.put("skippedBy", numbers());
    }
    return Reply.ok(body);
  }

  private JsonObject numbers() {
    JsonObject numbers = new JsonObject();
    for (Reason reason : Reason.values()) {
      numbers.put(reason.member, byReason.getOrDefault(reason, 0L));
    }
    return numbers;
  }

  /** For those who want all or nothing. */
  ApiException refusal() {
    JsonArray fields = new JsonArray();
    for (int i = 0; i < errors.size(); i++) {
      JsonObject error = errors.getJsonObject(i);
      fields.add(
          new JsonObject()
              .put("field", "row " + error.getLong("row"))
              .put("reason", error.getString("reason")));
    }
    return new ApiException(
        ErrorCode.VALIDATION_ERROR,
        "nothing was imported: " + skipped + " of " + read + " rows can't be taken",
        new JsonObject()
            .put("fields", fields)
            .put("imported", 0)
            .put("skipped", skipped)
            .put("errors", errors));
  }
}
