package exercises.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** They say what the methods of {@link String} say. */
class ExpressionsTest {
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "an",
          "A",
          "the",
          "n't",
          "'s",
          "a|an",
          "a ",
          " a",
          "go to",
          "ice-cream",
          "ab",
          "été",
          "said",
          "say",
          "1",
          "a\nan",
          "anthe");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a|an|the",
        "a|a",
        "a|",
        "|a",
        "n't|'s|go to|ice-cream",
        "été",
        "says?|said",
        "an?|the",
        "[a-z]+",
        "(?:a|an)",
        ".",
        "a.*",
        "\\w+"
      })
  void meanTheSame(String expression) {
    for (String text : TEXTS) {
      // the second time it is known
      for (int i = 0; i < 2; i++) {
        assertThat(Expressions.matches(text, expression))
            .as("%s of %s", expression, text)
            .isEqualTo(text.matches(expression));
        assertThat(Expressions.replaceAll(text, expression, "<$0>"))
            .isEqualTo(text.replaceAll(expression, "<$0>"));
        assertThat(Expressions.replaceFirst(text, expression, "<$0>"))
            .isEqualTo(text.replaceFirst(expression, "<$0>"));
        assertThat(Expressions.split(text, expression)).isEqualTo(text.split(expression));
      }
    }
    assertThatThrownBy(() -> Expressions.matches(null, expression))
        .isInstanceOf(NullPointerException.class);
  }
}
