package exercises.understanding;

import java.util.ArrayList;
import java.util.List;

/**
 * The same words in another order: "always I forget" - "I always forget", "he drinks always coffee"
 * - "he always drinks coffee".
 */
final class RecastOrder {
  private static final int SHORTEST = 3;
  private static final int LONGEST = 7;

  /** What is put in another place most often; without one of them two orders may both be right. */
  private static final String MOVED =
      "always|never|usually|often|sometimes|also|really|very|not|n't|rarely|ever|already|still|only";

  private RecastOrder() {}

  /**
   * The longest piece that the teacher's words put in order, as one change; null when there is
   * none.
   */
  static Edit in(List<String> said, List<String> right) {
    for (int length = Math.min(LONGEST, Math.min(said.size(), right.size()));
        length >= SHORTEST;
        length--) {
      for (int j = 0; j + length <= said.size(); j++) {
        List<String> wrong = said.subList(j, j + length);
        for (int i = 0; i + length <= right.size(); i++) {
          Edit edit = edit(wrong, j, right.subList(i, i + length));
          if (edit != null) {
            return edit;
          }
        }
      }
    }
    return null;
  }

  private static Edit edit(List<String> wrong, int at, List<String> right) {
    List<String> mine = full(wrong);
    for (List<String> theirs : List.of(full(right), full(PointOfView.flip(right)))) {
      boolean moved =
          !mine.equals(theirs)
              && mine.stream().sorted().toList().equals(theirs.stream().sorted().toList())
              && mine.stream().anyMatch(w -> w.matches(MOVED))
              && mine.stream().distinct().count() == mine.size();
      if (moved) {
        int from = 0;
        while (mine.get(from).equals(theirs.get(from))) {
          from++;
        }
        int to = mine.size();
        while (mine.get(to - 1).equals(theirs.get(to - 1))) {
          to--;
        }
        return new Edit(
            at + from,
            at + to,
            new ArrayList<>(wrong.subList(from, to)),
            new ArrayList<>(theirs.subList(from, to)));
      }
    }
    return null;
  }

  private static List<String> full(List<String> words) {
    return words.stream().map(Parts::full).toList();
  }
}
