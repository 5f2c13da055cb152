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
  // Never used up: answers to the newest session, or to the one before it, may be on their way.
  private static final int LEFT = 2;

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

  /** Whether there is what a step plays on or uses up, if it needs anything. */
  boolean can(Step step) {
    int least = step.needs() == null ? 0 : step.takes() == null ? 1 : LEFT + 1;
    return least == 0 || made.getOrDefault(step.needs(), new ArrayDeque<>()).size() >= least;
  }

  /** The newest of a kind, which a step plays on, or the oldest, which one uses up. */
  String next(Step step) {
    if (step.needs() == null) {
      return null;
    }
    Deque<String> all = made.get(step.needs());
    return step.takes() == null ? all.getLast() : all.removeFirst();
  }

  /** A request as this student sends it. */
  Request request(Step step, Random random) {
    Map<String, Map<String, String>> chosen = new HashMap<>();
    String used = next(step);
    String path =
        used == null
            ? step.path()
            : step.path()
                .replace((step.takes() == null ? "{open:" : "{new:") + step.needs() + "}", used);
    return new Request(
        step, fill(path, chosen, random), fill(step.body(), chosen, random), used, id);
  }

  /**
   * @param body null for none
   * @param used the id of what it plays on or uses up, null for nothing
   */
  record Request(Step step, String path, String body, String used, String student) {
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
