package exercises;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which other orders of a sentence can be right: two neighbours joined by "and" in each other's
 * place, or one whole phrase of time, place or manner moved.
 */
final class OrderRules {
  private static final String TIME =
      "yesterday|today|tomorrow|tonight|now|then|sometimes|every|last|next|one|this|always|often";

  private OrderRules() {}

  /**
   * @param tags word classes of {@code own}, one a token
   */
  static boolean plausible(List<String> own, List<String> tags, List<String> order) {
    if (order.equals(own)) {
      return true;
    }
    if (order.size() != own.size()) {
      return false;
    }
    int from = 0;
    while (own.get(from).equals(order.get(from))) {
      from++;
    }
    int to = own.size();
    while (own.get(to - 1).equals(order.get(to - 1))) {
      to--;
    }
    return joined(own, order, from, to) || moved(own, tags, order, from, to);
  }

  /** "apples and pears", "pears and apples". */
  private static boolean joined(List<String> own, List<String> order, int from, int to) {
    for (int and = from + 1; and < to - 1; and++) {
      if (own.get(and).equals("and")) {
        List<String> swapped = new ArrayList<>(own.subList(and + 1, to));
        swapped.add("and");
        swapped.addAll(own.subList(from, and));
        if (swapped.equals(order.subList(from, to))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean moved(
      List<String> own, List<String> tags, List<String> order, int from, int to) {
    for (int cut = from + 1; cut < to; cut++) {
      List<String> exchanged = new ArrayList<>(own.subList(cut, to));
      exchanged.addAll(own.subList(from, cut));
      if (exchanged.equals(order.subList(from, to))) {
        return phrase(own, tags, from, cut) || phrase(own, tags, cut, to);
      }
    }
    return false;
  }

  private static boolean phrase(List<String> own, List<String> tags, int from, int to) {
    boolean opens =
        tags.get(from).matches("ADP|ADV") || own.get(from).toLowerCase(Locale.ROOT).matches(TIME);
    return opens
        && tags.get(to - 1).matches("NOUN|PROPN|PRON|ADV|NUM|ADP")
        && !verb(tags, from, to);
  }

  private static boolean verb(List<String> tags, int from, int to) {
    return tags.subList(from, to).stream().anyMatch(tag -> tag.matches("VERB|AUX"));
  }
}
