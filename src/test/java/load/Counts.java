package load;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Figures that only grow, by name: what was used or done so far, or between two moments. */
record Counts(Map<String, Double> all) {
  static final Counts NONE = new Counts(Map.of());

  Counts plus(Counts other) {
    return with(other, 1);
  }

  Counts minus(Counts earlier) {
    return with(earlier, -1);
  }

  private Counts with(Counts other, int sign) {
    Map<String, Double> sum = new LinkedHashMap<>(all);
    other.all.forEach((name, value) -> sum.merge(name, sign * value, Double::sum));
    return new Counts(sum);
  }

  double sum() {
    return all.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /**
   * For one of so many.
   *
   * @param format of a name and a figure
   * @param least figures below it are left out
   */
  String each(int requests, String format, double least) {
    return all.entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), entry.getValue() / Math.max(1, requests)))
        .filter(entry -> entry.getValue() >= least)
        .map(entry -> String.format(Locale.ROOT, format, entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
