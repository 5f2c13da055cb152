package courses.content;

import courses.content.SourceText.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * How much each sentence stands for the text: PageRank over a graph whose edges are words in
 * common, divided by the logarithms of both lengths. TextRank, Mihalcea and Tarau 2004, with their
 * damping 0.85.
 */
final class Ranking {
  private static final double DAMPING = 0.85;
  private static final int ROUNDS = 25;

  /** Beyond this the graph's square would be too much; later units get rank 0. */
  private static final int MOST = 1_500;

  private Ranking() {}

  /** One rank a unit, in the order given; the mean is about 1. */
  static double[] of(List<Unit> units) {
    int n = Math.min(units.size(), MOST);
    List<Set<String>> terms = units.stream().limit(n).map(Unit::terms).toList();
    float[][] weights = new float[n][n];
    double[] sums = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        float weight = similarity(terms.get(i), terms.get(j));
        weights[i][j] = weight;
        weights[j][i] = weight;
        sums[i] += weight;
        sums[j] += weight;
      }
    }
    double[] ranks = new double[units.size()];
    Arrays.fill(ranks, 0, n, 1);
    for (int round = 0; round < ROUNDS; round++) {
      double[] next = new double[units.size()];
      for (int i = 0; i < n; i++) {
        double in = 0;
        for (int j = 0; j < n; j++) {
          if (weights[j][i] > 0) {
            in += weights[j][i] / sums[j] * ranks[j];
          }
        }
        next[i] = 1 - DAMPING + DAMPING * in;
      }
      ranks = next;
    }
    return ranks;
  }

  private static float similarity(Set<String> one, Set<String> other) {
    if (one.size() < 2 || other.size() < 2) {
      return 0;
    }
    int common = 0;
    for (String term : one.size() < other.size() ? one : other) {
      common += (one.size() < other.size() ? other : one).contains(term) ? 1 : 0;
    }
    return (float) (common / (Math.log(one.size()) + Math.log(other.size())));
  }
}
