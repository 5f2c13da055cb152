package exercises;

import static org.assertj.core.api.Assertions.assertThat;

import exercises.rulebased.RuleBasedGenerator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactViewTest {
  private final RuleBasedGenerator generator = new RuleBasedGenerator(Lessons.MODELS);

  @ParameterizedTest
  @ValueSource(strings = {"possessives", "past_adult", "conversation", "silent_student"})
  void hasFirstGenerationShapes(String name) {
    JsonObject set = generator.generate(Lessons.file(name)).toJson();
    JsonObject view = CompactView.lesson(set, 3);

    assertThat(view.fieldNames())
        .containsExactlyInAnyOrder(
            "lesson_number",
            "fill_in_blank",
            "flashcards",
            "spelling",
            "total_exercises",
            "quality_passed");
    assertThat(view.getJsonArray("fill_in_blank").size()).isBetween(3, 4);
    assertThat(view.getJsonArray("flashcards").size()).isBetween(3, 4);
    assertThat(view.getJsonArray("spelling").size()).isBetween(2, 4);
    assertThat(view.getInteger("total_exercises")).isBetween(8, 12);
    assertThat(view.getBoolean("quality_passed")).isTrue();
    Set<String> ids = new HashSet<>();
    for (Object entry : view.getJsonArray("fill_in_blank")) {
      JsonObject gap = (JsonObject) entry;
      assertThat(gap.fieldNames())
          .containsExactlyInAnyOrder(
              "exercise_id",
              "sentence",
              "option_a",
              "option_b",
              "option_c",
              "option_d",
              "correct_answer",
              "correct_word",
              "difficulty",
              "context_type");
      assertThat(gap.getString("correct_answer")).matches("[A-D]");
      assertThat(
              gap.getString("option_" + gap.getString("correct_answer").toLowerCase(Locale.ROOT)))
          .isEqualTo(gap.getString("correct_word"));
      assertThat(gap.getString("sentence")).contains("_____");
      assertThat(gap.getString("context_type")).isIn("correction", "practice");
      assertThat(ids.add(gap.getString("exercise_id"))).isTrue();
    }
    assertThat(view.getJsonArray("flashcards").getJsonObject(0).fieldNames())
        .containsExactlyInAnyOrder(
            "word", "translation", "example_sentence", "category", "difficulty");
    assertThat(view.getJsonArray("spelling").getJsonObject(0).fieldNames())
        .containsExactlyInAnyOrder("word", "sample_sentence", "difficulty", "source");
  }

  @Test
  void emptySetIsAnEmptyView() {
    JsonObject view = CompactView.lesson(generator.generate(Lessons.of("T: Hello.")).toJson(), 1);

    assertThat(view.getInteger("total_exercises")).isZero();
    assertThat(view.getBoolean("quality_passed")).isFalse();
  }

  @Test
  void leavesOutStoredGapsItCannotShow() {
    JsonObject gap =
        new JsonObject().put("id", "x").put("sentence", "A _____.").put("correct_answer", "cat");
    JsonObject set =
        new JsonObject()
            .put(
                "fill_blank",
                new JsonArray()
                    .add(gap.copy().put("options", new JsonArray().add("cat").add("dog")))
                    .add(
                        gap.copy()
                            .put("options", new JsonArray().add("a").add("b").add("c").add("d"))));

    assertThat(CompactView.gaps(set)).isEmpty();
  }

  @Test
  void marksGapsThatComeFromAMistake() {
    JsonObject set = generator.generate(Lessons.file("past_adult")).toJson();

    assertThat(CompactView.gaps(set).stream().map(g -> ((JsonObject) g).getString("context_type")))
        .contains("correction", "practice");
  }
}
