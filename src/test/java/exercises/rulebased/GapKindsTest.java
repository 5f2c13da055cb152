package exercises.rulebased;

import static org.assertj.core.api.Assertions.assertThat;

import exercises.Lessons;
import exercises.language.Morphology;
import exercises.understanding.GrammarPoint;
import exercises.understanding.LessonMaterial;
import exercises.understanding.Sentence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GapKindsTest {
  private final Morphology morphology = new Morphology(Lessons.MODELS);
  private final RuleBasedGenerator generator = new RuleBasedGenerator(Lessons.MODELS);

  private Sentence sentence(String text) {
    LessonMaterial lesson =
        Lessons.of("T: Okay. " + text + "\nS: Yes.\nT: Very good.\nS: Thank you.");
    return generator.read(lesson).sentences().stream()
        .filter(s -> s.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no model: " + text));
  }

  private static int at(Sentence s, String word) {
    for (int i = 0; i < s.tokens().size(); i++) {
      if (s.lower(i).equals(word)) {
        return i;
      }
    }
    throw new AssertionError(word);
  }

  @ParameterizedTest
  @CsvSource({
    "A hammer drives nails into wood., hammer",
    "The owner of the big shop is the butcher., butcher",
    "A stable is a house for horses., stable",
    "The captain is the man who steers the ship., captain"
  })
  void aSentenceThatExplainsAWordIsKnown(String text, String word) {
    Sentence s = sentence(text);
    assertThat(new Definitions(morphology).explained(s)).isEqualTo(at(s, word));
  }

  @ParameterizedTest
  @CsvSource({
    "A dog is sleeping under the table.",
    "The kitchen is next to the garden.",
    "A man brought us to the station.",
    "My sister has a yellow bicycle."
  })
  void whatTellsOfOneDayExplainsNothing(String text) {
    assertThat(new Definitions(morphology).explained(sentence(text))).isNegative();
  }

  @Test
  void placesAreAskedAgainstWhatLearnersSay() {
    Sentence s = sentence("The ball is under the table.");
    Gap gap = new PlaceGaps(morphology).at(s, at(s, "under"));
    assertThat(gap.answer()).isEqualTo("under");
    assertThat(gap.distractors()).containsExactly("under of", "between", "next");
  }

  @Test
  void betweenIsNotOfferedForSeveralThings() {
    Sentence s = sentence("The ball is in the boxes.");
    assertThat(new PlaceGaps(morphology).at(s, at(s, "in")).distractors())
        .containsExactly("next", "in front", "of");
  }

  @Test
  void passiveAsksForTheParticipleAndForBe() {
    Sentence s = sentence("The letters were written in the garden.");
    FocusGaps gaps = new FocusGaps(morphology);
    Gap gap = gaps.at(s, at(s, "written"), GrammarPoint.PASSIVE);
    assertThat(gap.distractors()).containsExactly("write", "wrote", "writes");
    assertThat(gaps.belongs(gap, GrammarPoint.PASSIVE)).isTrue();
  }

  @Test
  void passiveOfWhatHappensByItselfIsNotAsked() {
    Sentence s = sentence("The old shop was closed in March.");
    assertThat(new FocusGaps(morphology).at(s, at(s, "closed"), GrammarPoint.PASSIVE)).isNull();
  }

  @Test
  void modalsAreAskedThemselves() {
    Sentence s = sentence("The horse can carry a heavy bag.");
    Gap gap = new FocusGaps(morphology).at(s, at(s, "can"), GrammarPoint.CAN_COULD);
    assertThat(gap.distractors()).containsExactly("cans", "is", "has");
    assertThat(new FocusGaps(morphology).at(s, at(s, "can"), null)).isNull();
  }

  @Test
  void pastHabitsAndPlansAreAskedInTwoPlaces() {
    FocusGaps gaps = new FocusGaps(morphology);
    Sentence habit = sentence("My uncle used to sell old books.");
    assertThat(gaps.at(habit, at(habit, "used"), GrammarPoint.USED_TO).distractors())
        .containsExactly("use", "uses", "using");
    assertThat(gaps.at(habit, at(habit, "sell"), GrammarPoint.USED_TO).answer()).isEqualTo("sell");
    Sentence plan = sentence("They are going to paint the kitchen.");
    assertThat(gaps.at(plan, at(plan, "going"), GrammarPoint.GOING_TO).distractors())
        .containsExactly("go", "goes", "gone");
  }

  @Test
  void whoOnlyPointsIsNoExercise() {
    assertThat(GapPool.pointsAway(sentence("You always put it there."))).isTrue();
    assertThat(GapPool.pointsAway(sentence("You always put the spoon there."))).isFalse();
  }
}
