package courses.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Binary search trees|A course on Binary search trees",
        "How to mend a tyre|A course on how to mend a tyre",
        "Why is the sky blue?|A course on why is the sky blue",
      })
  void aTitleStandsInASentence(String title, String summary) {
    assertThat(Subject.summary(title)).isEqualTo(summary);
  }
}
