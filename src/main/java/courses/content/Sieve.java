package courses.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Keeps what breaks no rule and repeats nothing, and counts what is dropped by the rule's name. */
final class Sieve {
  /** Items alike by more than this are one (contract 5.5). */
  static final double DUPLICATE = 0.8;

  private final Map<String, Integer> rejected = new TreeMap<>();

  /** What was dropped so far, by rule. */
  Map<String, Integer> rejected() {
    return rejected;
  }

  /**
   * Those that pass, in their order.
   *
   * @param essence what two items must not have in common
   */
  <I> List<I> keep(List<I> items, Function<I, Optional<String>> rule, Function<I, String> essence) {
    List<I> kept = new ArrayList<>();
    for (I item : items) {
      Optional<String> broken = rule.apply(item);
      if (broken.isEmpty()
          && kept.stream()
              .anyMatch(
                  one ->
                      Sentences.similarity(essence.apply(one), essence.apply(item)) > DUPLICATE)) {
        broken = Optional.of("duplicate");
      }
      if (pass(broken)) {
        kept.add(item);
      }
    }
    return kept;
  }

  /** Whether no rule is broken; one that is gets counted. */
  boolean pass(Optional<String> broken) {
    broken.ifPresent(rule -> rejected.merge(rule, 1, Integer::sum));
    return broken.isEmpty();
  }
}
