package games;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;

/**
 * Reads and writes the column types that the two dialects or the client treat in their own ways.
 */
final class Columns {
  private Columns() {}

  /** A JSON column that holds an array: MySQL gives it parsed, MariaDB as text. Null stays null. */
  static JsonArray array(Row row, String column) {
    Object value = row.getValue(column);
    return value instanceof String text ? new JsonArray(text) : (JsonArray) value;
  }

  /** As {@link #array}, for an object. */
  static JsonObject object(Row row, String column) {
    Object value = row.getValue(column);
    return value instanceof String text ? new JsonObject(text) : (JsonObject) value;
  }

  /** A JSON column that holds an array of texts; null stays null. */
  static List<String> texts(Row row, String column) {
    JsonArray array = array(row, column);
    return array == null ? null : array.stream().map(String.class::cast).toList();
  }

  /** What is written into a JSON column. */
  static String json(List<String> texts) {
    return texts == null ? null : new JsonArray(texts).encode();
  }

  /** A time stored in UTC; null stays null. */
  static Instant instant(Row row, String column) {
    LocalDateTime time = row.getLocalDateTime(column);
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }

  /** What is written into a time column; null stays null. */
  static LocalDateTime time(Instant instant) {
    return instant == null ? null : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  /** As {@link IsoTime#of}; null stays null. */
  static String iso(Instant instant) {
    return instant == null ? null : IsoTime.of(instant);
  }

  /** Now, as exact as the columns are, so that what is answered equals what is read later. */
  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  /** Placeholders for a list of {@code count} values, at least one. */
  static String placeholders(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  /** A boolean column or expression, which some servers give as a number. */
  static boolean flag(Row row, String column) {
    Object value = row.getValue(column);
    return value instanceof Boolean flag
        ? flag
        : value instanceof Number number && number.intValue() != 0;
  }
}
