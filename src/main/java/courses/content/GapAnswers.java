package courses.content;

import com.google.re2j.Pattern;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers to questions with gaps: one for each, as a list or separated by bars. */
final class GapAnswers {
  private GapAnswers() {}

  /** Whether every gap of a question is filled as its key says (contract 1.5). */
  static boolean right(Grading.Item item, Object answer) {
    int blanks = Math.max(1, Grading.blanks(item.text()));
    String[] right = item.key().correct().split("\\|", -1);
    List<String> given = parts(answer, blanks);
    if (given.size() != blanks) {
      return false;
    }
    Optional<Pattern> expression = item.key().regex().flatMap(Grading::expression);
    boolean whole =
        expression.isPresent()
            && expression.get().matcher(Grading.cut(String.join("|", given).strip())).matches();
    if (whole) {
      return true;
    }
    for (int i = 0; i < blanks; i++) {
      String one = given.get(i);
      String wanted = right.length < blanks ? right[0] : right[i];
      boolean good =
          Grading.normal(one).equals(Grading.normal(wanted)) && !one.isBlank()
              || blanks == 1
                  && item.key().accepted().stream()
                      .anyMatch(a -> Grading.normal(a).equals(Grading.normal(one)))
              || blanks == 1
                  && right.length > 1
                  && List.of(right).stream()
                      .anyMatch(a -> Grading.normal(a).equals(Grading.normal(one)))
              || expression.isPresent()
                  && blanks > 1
                  && right.length < blanks
                  && expression.get().matcher(Grading.cut(one.strip())).matches();
      if (!good) {
        return false;
      }
    }
    return true;
  }

  private static List<String> parts(Object answer, int blanks) {
    List<String> parts = new ArrayList<>();
    if (answer instanceof JsonArray array) {
      array.forEach(one -> parts.add(one == null ? "" : String.valueOf(one)));
    } else if (answer instanceof List<?> list) {
      list.forEach(one -> parts.add(one == null ? "" : String.valueOf(one)));
    } else if (blanks > 1) {
      parts.addAll(List.of(String.valueOf(answer).split("\\|", -1)));
    } else {
      parts.add(String.valueOf(answer));
    }
    return parts;
  }
}
