package work;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkTableTest {
  private static final Stage STAGE = new Stage("fetch", "lessons.fetch", "pending");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Lessons",
        "lessons; DROP TABLE lessons",
        "a.b",
        "lessons'",
        "\"lessons\"",
        "1st"
      })
  void onlyPlainIdentifiersReachTheStatements(String name) {
    assertThatThrownBy(() -> new WorkTable(name, "lesson_id", List.of(STAGE)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stagesAreDistinctAndThere() {
    assertThatThrownBy(() -> new WorkTable("lessons", "lesson_id", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WorkTable("lessons", "lesson_id", List.of(STAGE, STAGE)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"processing", "completed", "failed", "cancelled", "", "Pending"})
  void aWaitingWordIsNoneOfTheEngines(String word) {
    assertThatThrownBy(() -> new Stage("fetch", "lessons.fetch", word))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
