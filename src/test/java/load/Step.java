package load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a mix: a request as it is played by some student.
 *
 * @param weight how often among all; 0 for one that is measured alone only
 * @param body JSON text, or null
 * @param makes what kind of thing its answer's {@code Location} names, or null
 * @param takes what kind of thing it uses up, or null
 * @param plays what kind of thing it plays on and leaves, or null
 */
record Step(
    int weight,
    String operation,
    String method,
    String path,
    String body,
    String makes,
    String takes,
    String plays) {
  private static final Pattern LINE =
      Pattern.compile(
          "(\\d+)\\s+(\\w+)\\s+([A-Z]+)\\s+(\\S+)(?:\\s+(\\{.*?\\}))??(?:\\s+=>\\s+(\\w+))?\\s*");
  private static final Pattern TAKES = Pattern.compile("\\{new:(\\w+)\\}");
  private static final Pattern PLAYS = Pattern.compile("\\{open:(\\w+)\\}");

  /** Whether it changes nothing. */
  boolean read() {
    return method.equals("GET");
  }

  /** What kind of thing there must be for it, or null. */
  String needs() {
    return takes == null ? plays : takes;
  }

  private static String named(Pattern pattern, String path) {
    Matcher name = pattern.matcher(path);
    return name.find() ? name.group(1) : null;
  }

  /** All lines of a mix; see the comment in the file itself. */
  static List<Step> read(Path mix) throws IOException {
    List<Step> steps = new ArrayList<>();
    for (String line : Files.readAllLines(mix)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw new IllegalArgumentException(mix + " has a line that is no step: " + line);
      }
      steps.add(
          new Step(
              Integer.parseInt(parts.group(1)),
              parts.group(2),
              parts.group(3),
              parts.group(4),
              parts.group(5),
              parts.group(6),
              named(TAKES, parts.group(4)),
              named(PLAYS, parts.group(4))));
    }
    return steps;
  }
}
