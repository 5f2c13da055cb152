package exercises.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import exercises.Lessons;
import exercises.rulebased.RuleBasedGenerator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar point of short messy lessons in which nobody names it in a textbook's words. */
class FocusFinderTest {
  private final RuleBasedGenerator rules = new RuleBasedGenerator(Lessons.MODELS);

  @ParameterizedTest
  @ValueSource(strings = {"second_conditional", "articles", "quantifiers", "none"})
  void findsWhatWasPractised(String focus) throws Exception {
    String text;
    try (var in = FocusFinderTest.class.getResourceAsStream("/focus/" + focus + ".txt")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Understanding understanding = rules.understand(Lessons.of(text));
    assertThat(understanding.focus().grammar().map(GrammarPoint::id).orElse("none"))
        .isEqualTo(focus);
  }
}
