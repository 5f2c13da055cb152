package load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What a benchmark measured, beside its goals. */
final class Verdicts {
  private static final Pattern PAUSE =
      Pattern.compile("Pause (\\w+).*->(\\d+)M\\(\\d+M\\) ([\\d.]+)ms");

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

  /**
   * What is left of the heap after each collection, and whether what is reachable grew: the two
   * full collections, before the jobs and after them, say that. What the others leave holds garbage
   * of the old generation, more or less of it as they come.
   */
  void ofHeap(Path collections) throws Exception {
    List<Integer> left = new ArrayList<>();
    List<Integer> reachable = new ArrayList<>();
    List<Double> pauses = new ArrayList<>();
    for (String line : Files.readAllLines(collections)) {
      var found = PAUSE.matcher(line);
      if (found.find()) {
        left.add(Integer.valueOf(found.group(2)));
        if (found.group(1).startsWith("Full")) {
          reachable.add(left.get(left.size() - 1));
        } else {
          pauses.add(Double.valueOf(found.group(3)));
        }
      }
    }
    double most = left.stream().mapToDouble(m -> m).max().orElse(Double.NaN);
    double[] stops =
        pauses.subList(pauses.size() / 2, pauses.size()).stream().mapToDouble(ms -> ms).toArray();
    double before = reachable.isEmpty() ? Double.NaN : reachable.get(0);
    double after = reachable.isEmpty() ? Double.NaN : reachable.get(reachable.size() - 1);
    System.out.printf(
        "pauses of the later half of the collections: median %.1f ms, longest %.1f ms%n",
        median(stops), max(stops));
    System.out.printf(
        "heap after %d collections: at most %.0f MB; reachable before the batch %.0f MB, after all"
            + " jobs %.0f MB%n",
        left.size(), most, before, after);
    add("heap that is in use after a collection, MB (most)", most, 1_024, false);
    add("growth of what is reachable, from before the batch", after / before, 1.3, false);
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
