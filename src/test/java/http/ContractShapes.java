package http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The objects of the contract, and what is wrong with one that came over HTTP. */
final class ContractShapes {
  private final Map<String, Map<String, String>> members = new LinkedHashMap<>();
  private final Set<String> untwinned = new HashSet<>();

  ContractShapes() {
    for (List<String> row : ContractTable.rows("objects", 2)) {
      Map<String, String> shape = new LinkedHashMap<>();
      for (String member : row.get(1).split(" +")) {
        if (member.startsWith("@")) {
          shape.putAll(of(member.substring(1)));
        } else {
          String[] nameAndType = member.split(":", 2);
          shape.put(nameAndType[0], nameAndType[1]);
        }
      }
      String name = row.get(0).replace(" ", "");
      if (name.endsWith("!")) {
        name = name.replace("!", "");
        untwinned.add(name);
      }
      members.put(name, shape);
    }
    // what one object takes over from another it also takes over of its twins
    for (List<String> row : ContractTable.rows("objects", 2)) {
      if (row.get(1).startsWith("@")) {
        String base = row.get(1).substring(1).split(" ")[0];
        Map<String, String> twins = new LinkedHashMap<>(members.getOrDefault(base + "+", Map.of()));
        twins.putAll(members.getOrDefault(row.get(0) + "+", Map.of()));
        members.put(row.get(0) + "+", twins);
      }
    }
  }

  private Map<String, String> of(String name) {
    Map<String, String> shape = members.get(name);
    if (shape == null) {
      throw new IllegalArgumentException("objects.txt has no " + name);
    }
    return shape;
  }

  /** What is wrong with {@code body} as the object {@code name}; empty when nothing is. */
  List<String> faults(String name, JsonObject body, boolean legacy) {
    List<String> faults = new ArrayList<>();
    object(name, name, body, legacy, faults);
    if (!legacy) {
      extra(name, body, faults);
    }
    return faults;
  }

  /** What is wrong with a page of {@code name}, whose list also has the name {@code key}. */
  List<String> pageFaults(String name, String key, JsonObject body, boolean legacy) {
    List<String> faults = new ArrayList<>();
    if (!(body.getValue("data") instanceof JsonArray data)) {
      return List.of("data is " + body.getValue("data"));
    }
    if (data.isEmpty()) {
      faults.add("data is empty: the row proves nothing");
    }
    if (!data.equals(body.getValue(key))) {
      faults.add(key + " is another list than data");
    }
    if (!Integer.valueOf(data.size()).equals(body.getValue("count"))) {
      faults.add("count is " + body.getValue("count") + " for " + data.size());
    }
    if (!Boolean.TRUE.equals(body.getValue("success"))) {
      faults.add("success is " + body.getValue("success"));
    }
    object("Pagination", "pagination", body.getValue("pagination"), legacy, faults);
    for (int i = 0; i < data.size(); i++) {
      object(name, name + " " + i, data.getValue(i), legacy, faults);
    }
    return faults;
  }

  private void object(
      String name, String where, Object value, boolean legacy, List<String> faults) {
    if (!(value instanceof JsonObject object)) {
      faults.add(where + " is " + value);
      return;
    }
    Map<String, String> all = new LinkedHashMap<>(of(name));
    if (legacy) {
      for (String member : List.copyOf(object.fieldNames())) {
        String twin = LegacyTwins.snake(member);
        if (!object.containsKey(twin) && !untwinned.contains(name)) {
          faults.add(where + "." + member + " has no twin " + twin);
        }
      }
      all.putAll(members.getOrDefault(name + "+", Map.of()));
    }
    all.forEach(
        (member, type) -> {
          if (!object.containsKey(member)) {
            faults.add(where + " has no " + member);
          } else {
            type(type, where + "." + member, object.getValue(member), legacy, faults);
          }
        });
  }

  /** Canonical answers have no twins. */
  private void extra(String name, JsonObject body, List<String> faults) {
    for (String twin : members.getOrDefault(name + "+", Map.of()).keySet()) {
      if (body.containsKey(twin) && !of(name).containsKey(twin)) {
        faults.add(name + " has the twin " + twin);
      }
    }
  }

  private void type(String type, String where, Object value, boolean legacy, List<String> faults) {
    if (type.equals("any") || value == null && type.endsWith("?")) {
      return;
    }
    String bare = type.replace("?", "");
    if (bare.startsWith("[")) {
      if (!(value instanceof JsonArray list)) {
        faults.add(where + " is " + value);
        return;
      }
      for (int i = 0; i < list.size(); i++) {
        String inner = bare.substring(1, bare.length() - 1);
        type(inner, where + "[" + i + "]", list.getValue(i), legacy, faults);
      }
    } else if (bare.startsWith("{")) {
      object(bare.substring(1, bare.length() - 1), where, value, legacy, faults);
    } else if (!scalar(bare, value)) {
      faults.add(where + " is " + value + " and no " + type);
    }
  }

  private static boolean scalar(String type, Object value) {
    return switch (type) {
      case "text" -> value instanceof String;
      case "uuid" ->
          value instanceof String text && text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
      case "int" -> value instanceof Integer || value instanceof Long;
      case "number" -> value instanceof Number;
      case "bool" -> value instanceof Boolean;
      case "object" -> value instanceof JsonObject;
      case "time" ->
          value instanceof String text && text.endsWith("Z") && parses(() -> Instant.parse(text));
      case "date" -> value instanceof String text && parses(() -> LocalDate.parse(text));
      default -> throw new IllegalArgumentException("objects.txt has the type " + type);
    };
  }

  private static boolean parses(Runnable parsing) {
    try {
      parsing.run();
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
