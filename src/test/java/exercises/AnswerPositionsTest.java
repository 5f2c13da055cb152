package exercises;

import static org.assertj.core.api.Assertions.assertThat;

import exercises.rulebased.RuleBasedGenerator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where right answers stand, over the sets of all lessons. */
class AnswerPositionsTest {
  private final RuleBasedGenerator generator = new RuleBasedGenerator(Lessons.MODELS);

  @Test
  void noPlaceHasMoreThanOneAnswerMoreThanAnother() {
    for (String name : Lessons.ALL) {
      ExerciseSet set = generator.generate(Lessons.file(name));
      List<Integer> gaps = new ArrayList<>();
      set.fillBlank().forEach(f -> gaps.add(f.options().indexOf(f.correctAnswer())));
      assertEven(name, gaps, 4);
      List<Integer> challenges = new ArrayList<>();
      set.grammarChallenge().forEach(g -> challenges.add(g.options().indexOf(g.correctAnswer())));
      assertEven(name, challenges, 4);
    }
  }

  @Test
  void dealsTheSameSetTheSameWayAndKeepsItsOptions() {
    ExerciseSet set = generator.generate(Lessons.file(Lessons.ALL.get(0)));

    ExerciseSet again = AnswerPositions.spread(set);

    assertThat(AnswerPositions.spread(set).toJson()).isEqualTo(again.toJson());
    for (int i = 0; i < set.fillBlank().size(); i++) {
      assertThat(again.fillBlank().get(i).options())
          .containsExactlyInAnyOrderElementsOf(set.fillBlank().get(i).options());
    }
  }

  private static void assertEven(String name, List<Integer> places, int options) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int place = 0; place < options; place++) {
      counts.put(place, 0);
    }
    places.forEach(place -> counts.merge(place, 1, Integer::sum));
    int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    int fewest = counts.values().stream().mapToInt(Integer::intValue).min().orElse(0);
    assertThat(most - fewest).as(name + " " + counts).isLessThanOrEqualTo(1);
  }
}
