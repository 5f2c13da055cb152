package exercises.understanding;

import java.util.ArrayList;
import java.util.List;

/**
 * The cheapest way to read a correction into the student's words. The correction may be a fragment:
 * words of the student before and after it are free.
 *
 * @param from first part of the student's sentence the correction covers
 * @param to after the last one
 * @param equal parts both have in common
 * @param foreign parts replaced, added or dropped that are no matter of grammar
 */
public record Alignment(int from, int to, List<Edit> edits, int equal, int foreign, double cost) {
  static final double GRAMMAR = 0.7;
  static final double CONTENT = 2.0;

  /** What it costs to say {@code right} for {@code wrong}; either may be null for "nothing". */
  public interface Price {
    double of(String wrong, String right);
  }

  /** The cheapest way from what was said to its correction, word by word. */
  public static Alignment of(List<String> student, List<String> correction, Price price) {
    int n = student.size();
    int m = correction.size();
    double[][] cost = new double[n + 1][m + 1];
    for (int j = 1; j <= m; j++) {
      cost[0][j] = cost[0][j - 1] + price.of(null, correction.get(j - 1));
    }
    for (int i = 1; i <= n; i++) {
      for (int j = 1; j <= m; j++) {
        double swap =
            cost[i - 1][j - 1] + swapPrice(student.get(i - 1), correction.get(j - 1), price);
        double drop = cost[i - 1][j] + price.of(student.get(i - 1), null);
        double add = cost[i][j - 1] + price.of(null, correction.get(j - 1));
        cost[i][j] = Math.min(swap, Math.min(drop, add));
      }
    }
    int end = 0;
    for (int i = 1; i <= n; i++) {
      if (cost[i][m] <= cost[end][m]) {
        end = i;
      }
    }
    return trace(student, correction, price, cost, end);
  }

  private static double swapPrice(String wrong, String right, Price price) {
    return Parts.same(wrong, right) ? 0 : price.of(wrong, right);
  }

  private static Alignment trace(
      List<String> student, List<String> correction, Price price, double[][] cost, int end) {
    List<int[]> steps = new ArrayList<>();
    int i = end;
    int j = correction.size();
    int equal = 0;
    int foreign = 0;
    while (j > 0) {
      double here = cost[i][j];
      double swap = i > 0 ? swapPrice(student.get(i - 1), correction.get(j - 1), price) : 0;
      if (i > 0 && close(here, cost[i - 1][j - 1] + swap)) {
        boolean same = swap == 0;
        equal += same ? 1 : 0;
        foreign += swap >= CONTENT ? 1 : 0;
        i--;
        j--;
        if (!same) {
          steps.add(0, new int[] {i, i + 1, j, j + 1});
        }
      } else if (close(here, cost[i][j - 1] + price.of(null, correction.get(j - 1)))) {
        foreign += price.of(null, correction.get(j - 1)) >= CONTENT ? 1 : 0;
        j--;
        steps.add(0, new int[] {i, i, j, j + 1});
      } else {
        foreign += price.of(student.get(i - 1), null) >= CONTENT ? 1 : 0;
        i--;
        steps.add(0, new int[] {i, i + 1, j, j});
      }
    }
    return new Alignment(
        i, end, merge(student, correction, steps), equal, foreign, cost[end][correction.size()]);
  }

  private static boolean close(double a, double b) {
    return Math.abs(a - b) < 1e-9;
  }

  private static List<Edit> merge(
      List<String> student, List<String> correction, List<int[]> steps) {
    List<Edit> edits = new ArrayList<>();
    int k = 0;
    while (k < steps.size()) {
      int[] block = steps.get(k++).clone();
      while (k < steps.size() && steps.get(k)[0] == block[1] && steps.get(k)[2] == block[3]) {
        block[1] = steps.get(k)[1];
        block[3] = steps.get(k)[3];
        k++;
      }
      edits.add(
          new Edit(
              block[0],
              block[1],
              student.subList(block[0], block[1]),
              correction.subList(block[2], block[3])));
    }
    return edits;
  }

  /**
   * One phrase for another, whatever they are; common words at its edges are no change. Null when
   * nothing changes.
   */
  static Alignment replacing(Parts words, List<String> wrong, int at, List<String> right) {
    int head = 0;
    while (head < Math.min(wrong.size(), right.size()) && wrong.get(head).equals(right.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < Math.min(wrong.size(), right.size()) - head
        && wrong.get(wrong.size() - 1 - tail).equals(right.get(right.size() - 1 - tail))) {
      tail++;
    }
    List<String> before = wrong.subList(head, wrong.size() - tail);
    List<String> after = right.subList(head, right.size() - tail);
    if (before.isEmpty() && after.isEmpty()) {
      return null;
    }
    Edit edit = new Edit(at + head, at + wrong.size() - tail, before, after);
    return new Alignment(
        at, at + wrong.size(), List.of(edit), words.parts().size(), 0, Alignment.GRAMMAR);
  }
}
