package exercises;

import static org.assertj.core.api.Assertions.assertThat;

import exercises.language.Difficulty;
import exercises.language.Level;
import exercises.language.Levels;
import exercises.language.Morphology;
import exercises.understanding.LessonMaterial;
import exercises.understanding.Provenance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Levels estimated from frequency and length, and the rule that holds items to their lesson's. */
class LevelsTest {
  private static final String SIMPLE =
      """
      T: The dog is in the house. The cat sits on the table and the boy eats an apple.
      T: My mother has a red car. We go to school in the morning and play with the ball.
      T: The girl reads a book in her room. Her father works in a big city near the sea.
      T: She drinks water and eats bread. The old man sleeps in his chair after the meal.
      T: The bewildered archaeologist meticulously catalogued the sarcophagus.
      T: They walk in the park with friends. The sun is hot today and the sky is blue.
      """;

  private final Levels levels = Lessons.MODELS.levels(new Morphology(Lessons.MODELS));

  @Test
  void commonWordsAreEasierThanRareOnes() {
    assertThat(levels.ofWord("house")).isEqualTo(Level.A1);
    assertThat(levels.ofWord("went")).as("as easy as go").isEqualTo(Level.A1);
    assertThat(levels.ofWord("house")).isLessThan(levels.ofWord("curtain"));
    assertThat(levels.ofWord("curtain")).isLessThan(levels.ofWord("sarcophagus"));
  }

  @Test
  void aSentenceIsAsHardAsItsLengthAndNearlyAsItsHardestWord() {
    assertThat(levels.ofText("The dog is in the house.")).isEqualTo(Level.A1);
    assertThat(
            levels.ofText(
                "The dog is in the house and the cat is in the big old car with my mother" + "."))
        .isEqualTo(Level.B2);
    assertThat(levels.ofText("He saw a sarcophagus.")).isGreaterThanOrEqualTo(Level.B2);
    assertThat(levels.ofText("He saw Zbigniew.")).as("names have no level").isEqualTo(Level.A1);
  }

  @Test
  void aSentenceFarAboveItsLessonIsRefusedAndTheOthersAreMarked() {
    LessonMaterial lesson = Lessons.of(SIMPLE);
    FillBlank hard =
        gap(
            "hard",
            "The bewildered archaeologist meticulously _____ the sarcophagus.",
            "catalogued",
            4);
    FillBlank easy = gap("easy", "The girl _____ a book in her room.", "reads", 2);

    GateReport report = new QualityGate(Lessons.MODELS).check(set(List.of(hard, easy)), lesson);

    assertThat(levels.ofLesson(lesson.utterances()))
        .hasValueSatisfying(l -> assertThat(l).isLessThan(Level.B2));
    assertThat(report.rejected()).isEqualTo(Map.of("too_hard", 1));
    assertThat(report.kept().toJson().getJsonArray("fill_blank").getJsonObject(0).getString("cefr"))
        .isEqualTo(levels.ofText("The girl reads a book in her room.").word());
    assertThat(report.kept().toJson().getJsonObject("metadata").getString("cefr"))
        .isEqualTo(levels.ofLesson(lesson.utterances()).orElseThrow().word());
  }

  @Test
  void aRareWordThatTheLessonTeachesIsNotTooHard() {
    LessonMaterial lesson =
        Lessons.of(
            SIMPLE
                + """
                T: This is a rhinoceros. The rhinoceros is big. Look at the rhinoceros!
                T: The rhinoceros has a big horn and eats grass.
                """);
    FillBlank taught = gap("taught", "The rhinoceros has a big _____ and eats grass.", "horn", 7);

    assertThat(new QualityGate(Lessons.MODELS).check(set(List.of(taught)), lesson).rejected())
        .doesNotContainKey("too_hard");
  }

  private static FillBlank gap(String id, String text, String answer, int turn) {
    String stem = answer.replaceFirst("(?:ed|s)$", "");
    return new FillBlank(
        id,
        text,
        List.of(answer, stem + "ing", "to " + stem, "been " + stem),
        answer,
        Difficulty.BEGINNER,
        "\"" + OptionRules.fill(text, List.of(answer)) + "\" was said so.",
        "Look at the subject.",
        "verb_tense",
        "",
        new Provenance(turn, null, ""));
  }

  private static ExerciseSet set(List<FillBlank> gaps) {
    return new ExerciseSet(
        List.of(),
        List.of(),
        gaps,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0,
        new ExerciseSet.Metadata(1, "test", "he", 0, 0, true, List.of(), Map.of()));
  }
}
