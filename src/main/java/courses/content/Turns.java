package courses.content;

import courses.sources.Segment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who speaks in a conversation. A name before a colon is a speaker's only where most lines have
 * one: elsewhere it is a term that is explained.
 */
final class Turns {
  private static final Pattern LABELLED =
      Pattern.compile(
          "\\s*(\\p{Lu}[\\p{L}\\p{N}.'\u2019-]*(?: [\\p{L}\\p{N}.'\u2019-]+){0,3}):\\s+(\\S.*)");

  private static final double SHARE = 0.5;

  private final Set<String> speakers;

  /** What somebody says. */
  record Turn(String speaker, String said) {}

  private Turns(Set<String> speakers) {
    this.speakers = speakers;
  }

  static Turns of(List<Segment> segments) {
    Map<String, Integer> labels = new HashMap<>();
    int lines = 0;
    for (Segment segment : segments) {
      for (String line : segment.text().split("\\R")) {
        if (line.isBlank() || line.strip().startsWith("#")) {
          continue;
        }
        lines++;
        Matcher labelled = LABELLED.matcher(line);
        if (labelled.matches()) {
          labels.merge(labelled.group(1), 1, Integer::sum);
        }
      }
    }
    Set<String> repeated =
        labels.entrySet().stream()
            .filter(label -> label.getValue() > 1)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    int turns = labels.values().stream().mapToInt(Integer::intValue).sum();
    boolean talk = repeated.size() > 1 && turns >= SHARE * lines;
    // one of several may say a single thing
    return new Turns(talk ? Set.copyOf(labels.keySet()) : Set.of());
  }

  /** Whether several speak. */
  boolean spoken() {
    return !speakers.isEmpty();
  }

  /** The turn that a line begins; empty where it goes on with one, or nobody is named. */
  Optional<Turn> at(String line) {
    Matcher labelled = LABELLED.matcher(line);
    return !speakers.isEmpty() && labelled.matches() && speakers.contains(labelled.group(1))
        ? Optional.of(new Turn(labelled.group(1), labelled.group(2)))
        : Optional.empty();
  }
}
