package exercises;

import exercises.language.Token;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rules between the items of a set, and against the student's earlier sets. Holds what was accepted
 * so far; the first of two items that clash stays.
 */
final class SetRules {
  /** Two sentences with this share of words in common are the same exercise for a student. */
  private static final double SAME = 0.8;

  /** No more than this share of right answers stands in one place, once there are enough items. */
  private static final double MOST_IN_ONE_PLACE = 0.6;

  private static final int FEWEST_TO_JUDGE = 6;

  private record Seen(List<String> words, String answer) {}

  private final Map<String, List<Seen>> seen = new HashMap<>();
  private final Set<String> earlier;
  private final Map<String, List<List<String>>> earlierWords = new HashMap<>();

  /**
   * @param earlier keys, by {@link #key}, of items the student already had
   */
  SetRules(Set<String> earlier) {
    this.earlier = earlier;
    for (String key : earlier) {
      String[] parts = key.split(" ", 2);
      if (parts.length == 2) {
        earlierWords
            .computeIfAbsent(parts[0], kind -> new ArrayList<>())
            .add(List.of(parts[1].split(" ")));
      }
    }
  }

  /** What identifies an item over sets: its kind with the words a student ends up with. */
  static String key(String kind, String text) {
    return kind + " " + String.join(" ", Token.words(text));
  }

  /**
   * @param sentence with its gaps filled
   * @param answer what is asked for; empty when the sentence itself is
   */
  String broken(String kind, String sentence, String answer) {
    if (brokenByEarlier(kind, sentence, answer) != null) {
      return "had_before";
    }
    List<String> words = Token.words(sentence);
    List<Seen> others = seen.computeIfAbsent(kind, k -> new ArrayList<>());
    for (Seen other : others) {
      if (share(words, other.words()) >= SAME) {
        if (!answer.equalsIgnoreCase(other.answer())) {
          return "neighbour_gives_answer";
        }
        return words.equals(other.words()) ? "duplicate_item" : "near_duplicate";
      }
    }
    others.add(new Seen(words, answer));
    return null;
  }

  /** As {@link #broken}, against the student's earlier sets only. */
  String brokenByEarlier(String kind, String sentence, String answer) {
    if (earlier.isEmpty()) {
      return null;
    }
    List<String> asked = Token.words(answer);
    List<String> words = Token.words(sentence + " " + answer);
    boolean had =
        earlierWords.getOrDefault(kind, List.of()).stream()
            .anyMatch(before -> endsWith(before, asked) && share(words, before) >= SAME);
    return had ? "had_before" : null;
  }

  private static boolean endsWith(List<String> words, List<String> end) {
    return words.size() >= end.size()
        && words.subList(words.size() - end.size(), words.size()).equals(end);
  }

  /** A card of a word that the student has a card of says nothing new. */
  String brokenWord(String kind, String word) {
    return earlier.contains(key(kind, word)) ? "had_before" : null;
  }

  private static double share(List<String> one, List<String> other) {
    List<String> rest = new ArrayList<>(one);
    int common = 0;
    for (String word : other) {
      common += rest.remove(word) ? 1 : 0;
    }
    return (double) common / Math.max(1, Math.max(one.size(), other.size()));
  }

  /**
   * Indexes of the items to drop so that right answers are spread over the positions.
   *
   * @param positions the place of each item's right answer among its options
   */
  static List<Integer> skewed(Collection<Integer> positions) {
    List<Integer> surplus = new ArrayList<>();
    if (positions.size() < FEWEST_TO_JUDGE) {
      return surplus;
    }
    int allowed = (int) Math.ceil(positions.size() * MOST_IN_ONE_PLACE);
    Map<Integer, Integer> counts = new HashMap<>();
    int index = 0;
    for (int position : positions) {
      if (counts.merge(position, 1, Integer::sum) > allowed) {
        surplus.add(index);
      }
      index++;
    }
    return surplus;
  }
}
