package load;

import games.RowIds;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * What one request made the server do: the statements it sent, in order, and the answer it gave. A
 * bare server repeats it.
 */
final class Tape {
  /** Begin and end of a transaction among the statements. */
  static final String BEGIN = "BEGIN";

  static final String COMMIT = "COMMIT";
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** A statement with its arguments; an id that must be new each time is a {@link Fresh}. */
  record Statement(String sql, List<Object> arguments) {}

  /** The n-th new id of a repetition. */
  record Fresh(int number) {}

  /** The id that a repetition is told: of what the request played on or used up. */
  private static final Object TOLD = new Object();

  /** An id that the client made, new each time and in no order. */
  private static final Object ONCE = new Object();

  /**
   * The time of a repetition, where the tape had its own: with the same times again an UPDATE would
   * change nothing, and the database would write nothing.
   */
  private static final Object NOW = new Object();

  /**
   * A column of the row that the statement before has read: who changes a row only if it is still
   * as it was read would change nothing with the tape's value.
   */
  record Seen(String column) {}

  /** What a statement compares a session with, as its last two arguments. */
  private static final String AS_READ = "s.correct_count = ? AND s.incorrect_count = ?";

  private static final List<String> READ = List.of("correct_count", "incorrect_count");

  private static final Duration RECENT = Duration.ofSeconds(10);

  private final List<Statement> statements = new ArrayList<>();

  synchronized void add(String sql, List<Object> arguments) {
    statements.add(new Statement(sql, new ArrayList<>(arguments)));
  }

  synchronized List<Statement> statements() {
    return List.copyOf(statements);
  }

  /**
   * As JSON text for another process.
   *
   * @param asked path and body of the request: ids that stand there are kept, but for {@code once}
   *     and {@code told}
   * @param once the value the request sent for the first time
   * @param told the id of what it played on or used up, which each repetition has its own of
   */
  synchronized JsonObject toJson(String asked, String once, String told, Wire.Answer answer) {
    Map<String, Integer> fresh = new HashMap<>();
    JsonArray all = new JsonArray();
    for (Statement statement : statements) {
      JsonArray arguments = new JsonArray();
      int plain =
          statement.arguments().size() - (statement.sql().endsWith(AS_READ) ? READ.size() : 0);
      for (Object value : statement.arguments().subList(0, plain)) {
        arguments.add(encode(value, statement.sql(), asked, once, told, fresh));
      }
      for (int i = plain; i < statement.arguments().size(); i++) {
        arguments.add(new JsonObject().put("seen", READ.get(i - plain)));
      }
      all.add(new JsonObject().put("sql", statement.sql()).put("arguments", arguments));
    }
    JsonArray headers = new JsonArray();
    answer
        .head()
        .lines()
        .skip(1)
        .filter(line -> line.contains(": ") && !line.startsWith("content-length"))
        .forEach(
            line ->
                headers.add(
                    new JsonArray()
                        .add(line.substring(0, line.indexOf(": ")))
                        .add(line.substring(line.indexOf(": ") + 2))));
    return new JsonObject()
        .put("made", fresh.get(answer.made()))
        .put("statements", all)
        .put("status", answer.status())
        .put("headers", headers)
        .put("body", answer.body());
  }

  private static Object encode(
      Object value,
      String sql,
      String asked,
      String once,
      String told,
      Map<String, Integer> fresh) {
    if (value instanceof String text) {
      if (text.equals(once) || text.equals(told)) {
        return new JsonObject().put(text.equals(told) ? "told" : "once", true);
      }
      boolean made =
          ID.matcher(text).matches()
                  && (sql.startsWith("INSERT") || sql.startsWith("CALL"))
                  && !asked.contains(text)
              || fresh.containsKey(text);
      return made
          ? new JsonObject().put("fresh", fresh.computeIfAbsent(text, t -> fresh.size()))
          : new JsonObject().put("text", text);
    }
    if (value instanceof LocalDateTime time) {
      return Duration.between(time, LocalDateTime.now(ZoneOffset.UTC)).abs().compareTo(RECENT) < 0
          ? new JsonObject().put("now", true)
          : new JsonObject().put("time", time.toString());
    }
    if (value instanceof LocalDate date) {
      return new JsonObject().put("date", date.toString());
    }
    if (value instanceof Buffer bytes) {
      return new JsonObject().put("bytes", bytes.getBytes());
    }
    if (value instanceof Long number) {
      return new JsonObject().put("long", number);
    }
    if (value == null
        || value instanceof Integer
        || value instanceof Boolean
        || value instanceof Double) {
      return value;
    }
    throw new IllegalArgumentException("a tape can't hold a " + value.getClass());
  }

  /** The statements of a tape that {@link #toJson} wrote. */
  static List<Statement> statements(JsonObject tape) {
    List<Statement> statements = new ArrayList<>();
    for (Object entry : tape.getJsonArray("statements")) {
      JsonObject statement = (JsonObject) entry;
      List<Object> arguments = new ArrayList<>();
      for (Object value : statement.getJsonArray("arguments")) {
        arguments.add(value instanceof JsonObject typed ? decode(typed) : value);
      }
      statements.add(new Statement(statement.getString("sql"), arguments));
    }
    return statements;
  }

  private static Object decode(JsonObject typed) {
    return switch (typed.fieldNames().iterator().next()) {
      case "told" -> TOLD;
      case "once" -> ONCE;
      case "seen" -> new Seen(typed.getString("seen"));
      case "fresh" -> new Fresh(typed.getInteger("fresh"));
      case "now" -> NOW;
      case "time" -> LocalDateTime.parse(typed.getString("time"));
      case "date" -> LocalDate.parse(typed.getString("date"));
      case "bytes" -> Buffer.buffer(typed.getBinary("bytes"));
      case "long" -> typed.getLong("long");
      default -> typed.getString("text");
    };
  }

  /**
   * A statement's arguments for one repetition.
   *
   * @param told the id that the request named, or null
   * @param before the first row that the statement before has read, or null
   */
  static List<Object> arguments(
      Statement statement, Map<Integer, String> fresh, String told, Row before) {
    List<Object> arguments = new ArrayList<>(statement.arguments());
    LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    arguments.replaceAll(
        value -> {
          if (value instanceof Fresh id) {
            return fresh.computeIfAbsent(id.number(), n -> RowIds.next());
          }
          if (value instanceof Seen seen) {
            return before == null ? null : before.getValue(seen.column());
          }
          if (value == TOLD) {
            return told;
          }
          return value == ONCE ? clientId() : value == NOW ? now : value;
        });
    return arguments;
  }

  private static String clientId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
