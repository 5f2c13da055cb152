package load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** A student who plays: what their requests are filled in with. Used on one thread at a time. */
final class Student {
  // More are not kept: whatever makes them goes on doing so.
  private static final int MOST_KEPT = 5_000;

  final String id;
  private final Map<String, String> own = new HashMap<>();
  private final Map<String, List<Map<String, String>>> items = new HashMap<>();
  private final Map<String, Deque<String>> made = new HashMap<>();

  Student(String id) {
    this.id = id;
    own.put("student", id);
  }

  void has(String name, String value) {
    own.put(name, value);
  }

  /** One item and one way to answer it. */
  void canAnswer(String kind, String item, String answer) {
    items.computeIfAbsent(kind, k -> new ArrayList<>()).add(Map.of("id", item, "answer", answer));
  }

  void made(String kind, String id) {
    Deque<String> all = made.computeIfAbsent(kind, k -> new ArrayDeque<>());
    if (all.size() < MOST_KEPT) {
      all.add(id);
    }
  }

  boolean canTake(String kind) {
    return kind == null || !made.getOrDefault(kind, new ArrayDeque<>()).isEmpty();
  }

  /** A request as this student sends it. */
  Request request(Step step, Random random) {
    Map<String, Map<String, String>> chosen = new HashMap<>();
    return new Request(
        step, fill(step.path(), chosen, random), fill(step.body(), chosen, random), id);
  }

  /**
   * @param body null for none
   */
  record Request(Step step, String path, String body, String student) {
    String head(String target) {
      StringBuilder head = new StringBuilder(200);
      head.append(step.method()).append(' ').append(target);
      head.append(" HTTP/1.1\r\nHost: localhost\r\nX-User-Id: ").append(student).append("\r\n");
      if (body != null) {
        head.append("Content-Type: application/json\r\nContent-Length: ")
            .append(body.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
            .append("\r\n");
      }
      return head.append("\r\n").append(body == null ? "" : body).toString();
    }
  }

  private String fill(String text, Map<String, Map<String, String>> chosen, Random random) {
    if (text == null) {
      return null;
    }
    StringBuilder filled = new StringBuilder(text.length() + 80);
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      int close = open < 0 ? -1 : text.indexOf('}', open);
      if (close < 0
          || open + 1 < text.length() && text.charAt(open + 1) == '"'
          || close == open + 1) {
        // the braces of JSON itself
        int next = open < 0 ? text.length() : open + 1;
        filled.append(text, at, next);
        at = next;
        continue;
      }
      filled.append(text, at, open).append(value(text.substring(open + 1, close), chosen, random));
      at = close + 1;
    }
    return filled.toString();
  }

  private String value(String name, Map<String, Map<String, String>> chosen, Random random) {
    if (name.equals("uuid")) {
      return new UUID(random.nextLong(), random.nextLong()).toString();
    }
    if (name.equals("flip")) {
      return Boolean.toString(random.nextBoolean());
    }
    if (name.startsWith("new:")) {
      return made.get(name.substring(4)).remove();
    }
    int dot = name.indexOf('.');
    if (dot < 0) {
      return java.util.Objects.requireNonNull(own.get(name), "nothing is called " + name);
    }
    List<Map<String, String>> kind = items.get(name.substring(0, dot));
    return chosen
        .computeIfAbsent(name.substring(0, dot), k -> kind.get(random.nextInt(kind.size())))
        .get(name.substring(dot + 1));
  }
}
