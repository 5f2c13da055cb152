package exercises.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import exercises.Lessons;
import exercises.rulebased.RuleBasedGenerator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSentencesTest {
  private final RuleBasedGenerator generator = new RuleBasedGenerator(Lessons.MODELS);

  private List<String> models(String... lines) {
    return generator.read(Lessons.of(String.join("\n", lines))).sentences().stream()
        .map(Sentence::text)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The soup is hot, you are hungry.",
        "Careful, the glass is full.",
        "A jacket, or a coat if it's colder.",
        "A grandfather on a horse.",
        "Somebody who never tells the truth.",
        "Where does she live, in the tower?",
        "Put doesn't change, put.",
        "You are so clever today.",
        "They will travel no to.",
        "I draw the horse while you speak."
      })
  void whatIsNoWholeSentenceIsNoModel(String said) {
    assertThat(models("T: Okay. " + said, "S: Yes.")).doesNotContain(said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "When it rains, the children stay at home.",
        "In the morning, my sister drinks cold milk.",
        "Do you want tea or coffee?",
        "The kitchen is small but the garden is huge."
      })
  void wholeSentencesAre(String said) {
    assertThat(models("T: Okay. " + said, "S: Yes.")).contains(said);
  }

  @Test
  void aCorrectionOfOnePieceIsNoModelWithTheOtherSlipInIt() {
    assertThat(
            models(
                "S: I bought new car before two months.",
                "T: A new car! I bought a new car.",
                "S: A new car."))
        .contains("I bought a new car.")
        .noneMatch(text -> text.contains("before two months"));
  }
}
