package games;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads JSON columns, which are text on MariaDB and parsed on MySQL, and compares what learners
 * answer.
 */
final class CatalogueTexts {
  private CatalogueTexts() {}

  /** The column's JSON value; null when it is null or no JSON. */
  static Object json(Row row, String column) {
    Object value = row.getValue(column);
    if (!(value instanceof String text)) {
      return value;
    }
    try {
      return Json.decodeValue(text);
    } catch (DecodeException plainText) {
      return null;
    }
  }

  static JsonObject object(Row row, String column) {
    return json(row, column) instanceof JsonObject object ? object : new JsonObject();
  }

  /** A list of texts; empty when the value is anything else. */
  static Optional<List<String>> texts(Object value) {
    if (!(value instanceof JsonArray array)) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    for (Object element : array) {
      if (!(element instanceof String text)) {
        return Optional.empty();
      }
      texts.add(text);
    }
    return Optional.of(List.copyOf(texts));
  }

  /** A list of lists of texts; empty when the value is anything else. */
  static Optional<List<List<String>>> textLists(Object value) {
    if (!(value instanceof JsonArray array)) {
      return Optional.empty();
    }
    List<List<String>> lists = new ArrayList<>();
    for (Object element : array) {
      Optional<List<String>> texts = texts(element);
      if (texts.isEmpty()) {
        return Optional.empty();
      }
      lists.add(texts.get());
    }
    return Optional.of(List.copyOf(lists));
  }

  /**
   * Whether two answers are the same after Unicode NFC and without the blanks around them. Letter
   * case counts.
   */
  static boolean same(String answer, String right) {
    return plain(answer).equals(plain(right));
  }

  static boolean same(List<String> answer, List<String> right) {
    if (answer.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < answer.size(); i++) {
      if (!same(answer.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).strip();
  }

  /**
   * Position of a text among options: exactly, else without blanks and letter case; -1 when it is
   * none of them.
   */
  static int position(String text, List<String> options) {
    if (text == null) {
      return -1;
    }
    int exact = options.indexOf(text);
    if (exact >= 0) {
      return exact;
    }
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    for (int i = 0; i < options.size(); i++) {
      if (options.get(i).strip().toLowerCase(Locale.ROOT).equals(wanted)) {
        return i;
      }
    }
    return -1;
  }
}
