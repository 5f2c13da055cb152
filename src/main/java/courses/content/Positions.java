package courses.content;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Where right answers go: each position comes once before any comes again, in an order that depends
 * on the questions only, so a replay places them the same.
 */
final class Positions {
  /** Options in their new order with the key that fits them. */
  record Placed(List<Option> options, AnswerKey key) {}

  private final Random random;
  private final Map<Integer, List<Integer>> left = new HashMap<>();

  Positions(long seed) {
    random = new Random(seed);
  }

  int next(int options) {
    List<Integer> positions = left.computeIfAbsent(options, n -> new ArrayList<>());
    if (positions.isEmpty()) {
      for (int i = 0; i < options; i++) {
        positions.add(i);
      }
      Collections.shuffle(positions, random);
    }
    return positions.remove(positions.size() - 1);
  }

  /**
   * Moves the right option to its place, shuffles the others, and names all anew from {@code a}.
   */
  Placed place(List<Option> options, AnswerKey key) {
    List<String> texts = new ArrayList<>();
    String right = "";
    for (Option option : options) {
      if (option.id().equals(key.correct())) {
        right = option.text();
      } else {
        texts.add(option.text());
      }
    }
    int at = next(options.size());
    Collections.shuffle(texts, random);
    texts.add(at, right);
    List<Option> placed = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      placed.add(new Option(String.valueOf((char) ('a' + i)), texts.get(i)));
    }
    return new Placed(List.copyOf(placed), AnswerKey.of(placed.get(at).id()));
  }
}
