package settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The settings of {@code courses}. */
final class CourseReader {
  private static final String SECTION = "courses.";

  private final Values values;

  CourseReader(Values values) {
    this.values = values;
  }

  CourseSettings settings() {
    return new CourseSettings(
        values.integer(SECTION + "concurrency", 1, 1_024),
        values.integer(SECTION + "extract-concurrency", 1, 64),
        values.duration(SECTION + "extract-limit", Duration.ofSeconds(1), Duration.ofMinutes(30)),
        values.integer(SECTION + "max-attempts", 1, 20),
        values.duration(SECTION + "retry-pause", Duration.ofMillis(10), Duration.ofMinutes(10)),
        values.integer(SECTION + "max-open-jobs", 1, 1_000_000),
        values.integer(SECTION + "speech-concurrency", 1, 64),
        values.duration(
            SECTION + "audio-link-lifetime", Duration.ofSeconds(10), Duration.ofDays(30)),
        ports());
  }

  private List<Integer> ports() {
    List<Integer> ports = new ArrayList<>();
    for (String text : values.list(SECTION + "extra-ports")) {
      if (text.matches("[0-9]{1,5}")
          && Integer.parseInt(text) >= 1
          && Integer.parseInt(text) <= 65_535) {
        ports.add(Integer.valueOf(text));
      } else {
        values.problem(
            SECTION + "extra-ports", "'" + text + "' is no port", "list ports, e.g. 8008, 5003");
      }
    }
    return ports.stream().distinct().toList();
  }
}
