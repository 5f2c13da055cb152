package courses.content;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Items of several lessons dealt so that every lesson, or every part of the course, has a share.
 */
final class Deal {
  private static final int MOST_ROUNDS = 60;

  private Deal() {}

  /**
   * Items in the lessons' order: one from each lesson in turn, and where there are more lessons
   * than items, from lessons at even distances.
   *
   * @param fact items with the same one are not dealt twice
   */
  static <T> List<T> evenly(List<List<T>> byLesson, int count, Function<T, String> fact) {
    List<List<T>> chosen = new ArrayList<>();
    byLesson.forEach(list -> chosen.add(new ArrayList<>()));
    Set<String> facts = new HashSet<>();
    int[] next = new int[byLesson.size()];
    int sum = 0;
    for (int round = 0; sum < count && round < MOST_ROUNDS; round++) {
      for (int lesson : order(byLesson.size(), count - sum)) {
        boolean dealt = false;
        while (sum < count && !dealt && next[lesson] < byLesson.get(lesson).size()) {
          T item = byLesson.get(lesson).get(next[lesson]++);
          if (facts.add(fact.apply(item))) {
            chosen.get(lesson).add(item);
            sum++;
            dealt = true;
          }
        }
      }
    }
    return chosen.stream().flatMap(List::stream).toList();
  }

  /** Which of {@code lessons} come first when only {@code count} can: at even distances. */
  static List<Integer> order(int lessons, int count) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < Math.min(count, lessons); i++) {
      order.add(count >= lessons ? i : (int) ((i + 0.5) * lessons / count));
    }
    for (int i = 0; i < lessons; i++) {
      if (!order.contains(i)) {
        order.add(i);
      }
    }
    return order;
  }
}
