package courses.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions whose keys the source contradicts, whoever wrote them. */
class KeyGateTest {
  private static final KeyGate GATE =
      new KeyGate(
          """
          Carbon dioxide and water enter the leaf through its pores. A stoma, also called a pore, opens in the morning. \
          Rubisco is a slow enzyme that captures carbon dioxide. The assembly point lies at least 50 metres from the building. \
          Trumpets, horns and trombones belong to the brass. A trombone has a slide. Arteries carry blood away from the heart. \
          Veins carry blood back to the heart. Dry snow weighs more than hay. The lock never freezes in winter.
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "What enters the leaf through its pores?|Carbon dioxide|water",
        "Which belongs to the brass: one of these?|horns|trombones",
        "What opens early each day?|stoma|pore",
        "What captures carbon dioxide?|Rubisco|enzyme",
        "The assembly point lies at least _____ metres from the building.|50|25",
        "The assembly point lies at least _____ metres from the building.|50|fifty",
      })
  void whatIsRightAsWellIsFound(String question, String right, String wrong) {
    List<String> options = List.of(right, wrong, "anthem");
    assertThat(GATE.choice(question, options, 0).or(() -> GateRules.options(options, 0, 3, 6)))
        .hasValueSatisfying(rule -> assertThat(rule).isIn("also_right", "equal_options"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Which of these has a slide?|trombone|horns",
        "Which vessels carry blood away from the heart?|Arteries|Veins",
        "The assembly point lies at least _____ metres from the building.|50|75",
        "What captures carbon dioxide?|Rubisco|water",
        "What is a stoma?|A pore of a leaf|A slow enzyme",
      })
  void whatIsWrongStays(String question, String right, String wrong) {
    assertThat(GATE.choice(question, List.of(right, wrong, "anthem"), 0)).isEmpty();
  }

  @Test
  void aKeyThatTheSourceGivesToAnotherOptionIsWrong() {
    assertThat(
            GATE.choice(
                "_____ carry blood away from the heart.",
                List.of("Veins", "Arteries", "Nerves"),
                0))
        .hasValue("wrong_key");
  }

  @Test
  void whatTheSourceAnswersWithAnotherOptionIsWrong() {
    assertThat(
            GATE.choice(
                "Which vessels carry blood away from the heart?",
                List.of("Pores", "Arteries", "Nerves"),
                0))
        .hasValue("wrong_key");
    assertThat(
            GATE.choice(
                "What carries blood away from the heart?",
                List.of("Vessels with thick walls", "Pores", "Nerves"),
                0))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Disc brakes|Brakes|true",
        "A tiny fungus that feeds on sugar|A fungus|true",
        "Carbon dioxide|Carbon|false",
        "Wet snow|Dry snow|false",
      })
  void theKindOfARightOptionIsRightAsWell(String right, String wrong, boolean found) {
    assertThat(GATE.choice("What is it?", List.of(right, wrong, "anthem"), 0).isPresent())
        .isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Arteries carry blood away from the heart.|false|truth_key",
        "Arteries carry blood away from the heart.|true|",
        "Dry snow weighs less than hay.|true|truth_key",
        "Dry snow weighs less than hay.|false|",
        "The lock freezes in winter.|true|truth_key",
        "The lock freezes in winter.|false|",
      })
  void truthsAreTheSources(String statement, boolean right, String rule) {
    assertThat(GATE.truth(statement, right).orElse(null)).isEqualTo(rule);
  }

  @Test
  void withoutSourceNothingIsFound() {
    assertThat(new KeyGate("").choice("What?", List.of("a", "b", "c"), 0)).isEmpty();
    assertThat(new KeyGate("").truth("Arteries carry blood away.", false)).isEmpty();
  }
}
