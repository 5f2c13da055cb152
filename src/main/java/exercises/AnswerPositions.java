package exercises;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Deals the places of the right answers like cards: of as many items as there are places each place
 * has one, in an order nobody can foresee. So no place has more than one answer more than another
 * of its kind, and the next is not told by the last.
 */
public final class AnswerPositions {
  private AnswerPositions() {}

  /** The same items with their options in another order; the same set always gives the same. */
  public static ExerciseSet spread(ExerciseSet set) {
    Dealer gaps = new Dealer("fill_blank");
    Dealer challenges = new Dealer("grammar_challenge");
    Dealer first = new Dealer("advanced_cloze 1");
    Dealer second = new Dealer("advanced_cloze 2");
    return new ExerciseSet(
        set.flashcards(),
        set.spelling(),
        each(set.fillBlank(), f -> f.with(gaps.deal(f.id(), f.options(), f.correctAnswer()))),
        set.sentenceBuilder(),
        each(
            set.grammarChallenge(),
            g -> g.with(challenges.deal(g.id(), g.options(), g.correctAnswer()))),
        each(
            set.advancedCloze(),
            c -> c.with(blank(first, c.id(), c.blank1()), blank(second, c.id(), c.blank2()))),
        set.mistakes(),
        set.transcriptLength(),
        set.metadata());
  }

  private static AdvancedCloze.Blank blank(Dealer dealer, String id, AdvancedCloze.Blank blank) {
    return new AdvancedCloze.Blank(
        dealer.deal(id, blank.options(), blank.correct()), blank.correct(), blank.hint());
  }

  private static <T> List<T> each(List<T> items, Function<T, T> change) {
    return items.stream().map(change).toList();
  }

  private static final class Dealer {
    private final String kind;
    private final List<Integer> places = new ArrayList<>();
    private int last = -1;

    Dealer(String kind) {
      this.kind = kind;
    }

    /** The options shuffled but for the answer, which goes to the next place dealt. */
    List<String> deal(String id, List<String> options, String answer) {
      Random random = new Random((kind + id).hashCode());
      List<String> others = new ArrayList<>(options);
      if (!others.remove(answer)) {
        return options;
      }
      Collections.shuffle(others, random);
      if (places.stream().noneMatch(place -> place < options.size())) {
        places.clear();
        for (int i = 0; i < options.size(); i++) {
          places.add(i);
        }
        Collections.shuffle(places, random);
        if (places.size() > 1 && places.get(0) == last) {
          Collections.swap(places, 0, 1);
        }
      }
      int place = places.stream().filter(p -> p < options.size()).findFirst().orElseThrow();
      places.remove((Integer) place);
      last = place;
      others.add(place, answer);
      return List.copyOf(others);
    }
  }
}
