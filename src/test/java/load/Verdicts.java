package load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a benchmark measured, beside its goals. */
final class Verdicts {
  private final List<String> verdicts = new ArrayList<>();

  /**
   * @param atLeast whether the goal is the least; the most otherwise
   */
  void add(String what, double measured, double goal, boolean atLeast) {
    boolean reached = atLeast ? measured >= goal : measured <= goal;
    verdicts.add(
        String.format(
            "%s: %,.2f, goal %s %,.2f: %s",
            what, measured, atLeast ? "at least" : "at most", goal, reached ? "passed" : "MISSED"));
  }

  void print() {
    verdicts.forEach(System.out::println);
  }

  /** What is left of the heap after each collection: at the most, and whether it grew. */
  void ofHeap(Path collections) throws Exception {
    List<Integer> left = new ArrayList<>();
    for (String line : Files.readAllLines(collections)) {
      var found = java.util.regex.Pattern.compile("Pause .*->(\\d+)M\\((\\d+)M\\)").matcher(line);
      if (found.find()) {
        left.add(Integer.valueOf(found.group(1)));
      }
    }
    int from = left.size() / 4;
    double[] early = left.subList(from, left.size() / 2).stream().mapToDouble(m -> m).toArray();
    double[] late =
        left.subList(left.size() * 3 / 4, left.size()).stream().mapToDouble(m -> m).toArray();
    double most = left.stream().mapToDouble(m -> m).max().orElse(0);
    System.out.printf(
        "heap after %d collections: at most %.0f MB, median of the second quarter %.0f MB, of the"
            + " last %.0f MB%n",
        left.size(), most, median(early), median(late));
    add("heap that is in use after a collection, MB (most)", most, 1_024, false);
    add(
        "growth of it from the second quarter to the last",
        median(late) / median(early),
        1.3,
        false);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  static double max(double[] values) {
    return Arrays.stream(values).max().orElse(Double.NaN);
  }

  static String rounded(double[] values, int digits) {
    return String.join(
        ", ",
        Arrays.stream(values)
            .mapToObj(value -> String.format("%." + digits + "f", value))
            .toList());
  }
}
