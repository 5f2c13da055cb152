package exercises;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SetRulesTest {
  private static final String SENTENCE = "The giraffe has a long neck.";
  private final SetRules rules = new SetRules(Set.of());

  @Test
  void nearlyTheSameSentenceIsADuplicate() {
    assertThat(rules.broken("fill_blank", SENTENCE, "neck")).isNull();
    assertThat(rules.broken("fill_blank", "This giraffe has a long neck.", "neck"))
        .isEqualTo("near_duplicate");
    assertThat(rules.broken("fill_blank", "The camel has one hump.", "hump")).isNull();
  }

  @Test
  void anItemDoesNotShowWhatItsNeighbourAsksFor() {
    assertThat(rules.broken("fill_blank", SENTENCE, "neck")).isNull();
    assertThat(rules.broken("fill_blank", SENTENCE, "long")).isEqualTo("neighbour_gives_answer");
    assertThat(rules.broken("sentence_builder", SENTENCE, "")).isNull();
  }

  @Test
  void nothingComesAgainThatTheStudentHad() {
    SetRules later = new SetRules(Set.of(SetRules.key("fill_blank", SENTENCE + " neck")));

    assertThat(later.broken("fill_blank", "The giraffe has a long neck!", "neck"))
        .isEqualTo("had_before");
    assertThat(later.broken("fill_blank", SENTENCE, "long")).isNull();
    assertThat(later.broken("fill_blank", "The giraffe has a very long neck.", "neck"))
        .as("nearly the same")
        .isEqualTo("had_before");
    assertThat(later.broken("fill_blank", "The swan has a white neck.", "neck")).isNull();
  }

  @Test
  void rightAnswersAreSpreadOverThePositions() {
    assertThat(SetRules.skewed(List.of(0, 0, 0, 0, 0, 0, 0))).containsExactly(5, 6);
    assertThat(SetRules.skewed(List.of(0, 1, 2, 3, 0, 1, 2))).isEmpty();
    assertThat(SetRules.skewed(List.of(0, 0, 0))).isEmpty();
  }
}
