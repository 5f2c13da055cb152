package courses.content;

import courses.content.SourceText.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the subject changes: TextTiling (Hearst 1997). The words of a block of sentences before
 * each gap are compared with those after it; a gap whose similarity lies deep between its
 * neighbours' peaks is a border.
 */
final class Tiling {
  private static final int BLOCK = 6;

  private Tiling() {}

  /**
   * The borders: positions in {@code units} before which a new subject begins, rising, none of them
   * 0.
   *
   * @param leastWords words between two borders
   * @param most borders wanted at most
   */
  static List<Integer> borders(List<Unit> units, int leastWords, int most) {
    int n = units.size();
    double[] similar = new double[n];
    for (int gap = 1; gap < n; gap++) {
      similar[gap] =
          cosine(
              counts(units.subList(Math.max(0, gap - BLOCK), gap)),
              counts(units.subList(gap, Math.min(n, gap + BLOCK))));
    }
    double[] depth = new double[n];
    for (int gap = 2; gap < n - 1; gap++) {
      depth[gap] = peak(similar, gap, -1) + peak(similar, gap, 1) - 2 * similar[gap];
    }
    List<Integer> order = new ArrayList<>();
    for (int gap = 2; gap < n - 1; gap++) {
      order.add(gap);
    }
    order.sort((a, b) -> Double.compare(depth[b], depth[a]));
    List<Integer> borders = new ArrayList<>();
    for (int gap : order) {
      if (borders.size() >= most) {
        break;
      }
      if (fits(units, borders, gap, leastWords)) {
        borders.add(gap);
      }
    }
    borders.sort(null);
    return borders;
  }

  private static boolean fits(List<Unit> units, List<Integer> borders, int gap, int least) {
    int before = 0;
    int after = units.size();
    for (int border : borders) {
      before = border <= gap ? Math.max(before, border) : before;
      after = border > gap ? Math.min(after, border) : after;
    }
    return words(units.subList(before, gap)) >= least && words(units.subList(gap, after)) >= least;
  }

  static int words(List<Unit> units) {
    return units.stream().mapToInt(Unit::length).sum();
  }

  private static double peak(double[] values, int from, int step) {
    double highest = values[from];
    for (int i = from + step; i > 0 && i < values.length && values[i] >= highest; i += step) {
      highest = values[i];
    }
    return highest;
  }

  private static Map<String, Integer> counts(List<Unit> units) {
    Map<String, Integer> counts = new HashMap<>();
    units.forEach(unit -> unit.terms().forEach(term -> counts.merge(term, 1, Integer::sum)));
    return counts;
  }

  private static double cosine(Map<String, Integer> one, Map<String, Integer> other) {
    double product = 0;
    for (var entry : one.entrySet()) {
      product += entry.getValue() * other.getOrDefault(entry.getKey(), 0);
    }
    double norm = norm(one) * norm(other);
    return norm == 0 ? 0 : product / norm;
  }

  private static double norm(Map<String, Integer> counts) {
    return Math.sqrt(counts.values().stream().mapToDouble(c -> (double) c * c).sum());
  }
}
