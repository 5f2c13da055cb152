package exercises.understanding;

import java.util.ArrayList;
import java.util.List;

/** The teacher used exactly the student's words in another order. */
public final class WordOrder {
  private WordOrder() {}

  /**
   * Null unless the correction is a reordering of neighbouring words of the student, at least four
   * of them.
   */
  public static Alignment of(List<String> student, List<String> correction) {
    int size = correction.size();
    if (size < 4) {
      return null;
    }
    List<String> wanted = correction.stream().sorted().toList();
    for (int from = 0; from + size <= student.size(); from++) {
      List<String> window = student.subList(from, from + size);
      if (window.equals(correction) || !window.stream().sorted().toList().equals(wanted)) {
        continue;
      }
      int head = 0;
      while (window.get(head).equals(correction.get(head))) {
        head++;
      }
      int tail = 0;
      while (window.get(size - 1 - tail).equals(correction.get(size - 1 - tail))) {
        tail++;
      }
      Edit edit =
          new Edit(
              from + head,
              from + size - tail,
              new ArrayList<>(window.subList(head, size - tail)),
              new ArrayList<>(correction.subList(head, size - tail)));
      return new Alignment(from, from + size, List.of(edit), head + tail, 0, Alignment.GRAMMAR);
    }
    return null;
  }
}
