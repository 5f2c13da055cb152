package courses.content;

import static org.assertj.core.api.Assertions.assertThat;

import courses.sources.Segment;
import exercises.language.EnglishText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What readers of courses by rules stumbled over. */
class RuleReadingTest {
  private static final EnglishText ENGLISH = new EnglishText(Sources.MODELS);
  private static final String COMPOST =
      "Composting turns kitchen scraps and garden waste into dark, crumbly soil. Bacteria and"
          + " fungi do most of the work. Brown materials such as dry leaves, straw and cardboard"
          + " are rich in carbon. A good pile has about three parts of brown to one part of green."
          + " A pile that smells of ammonia has too much green material. Turning the pile every"
          + " week lets air in, because the microbes use up the oxygen. In a hot pile the"
          + " temperature reaches 60 degrees Celsius, which kills weed seeds.";

  private static List<SourceText.Unit> read(String text) {
    return SourceText.read(List.of(Segment.of(0, text)), ENGLISH).units();
  }

  private static Outline outline(String title, String text) {
    return new RuleOutline(
            new Material(Sources.brief(title), List.of(Segment.of(0, text))), ENGLISH)
        .write();
  }

  @Test
  void aTextWithoutTitleIsNamedByWhatItSpeaksOf() {
    String clipped = COMPOST.substring(0, 118) + "…";

    assertThat(outline(clipped, COMPOST).title()).isEqualTo("Composting");
    assertThat(outline("Soil from scraps", COMPOST).title()).isEqualTo("Soil from scraps");
    assertThat(outline(clipped, COMPOST).lessons())
        .extracting(LessonPlan::title)
        .containsExactly("Composting");
  }

  @Test
  void aVideoThatNobodyNamedIsNamedByWhatItAnnounces() {
    String talk = "Today we are going to talk about sharpening a kitchen knife on a whetstone. ";

    assertThat(outline("Video abcDEF12345", talk + COMPOST).title())
        .isEqualTo("Sharpening a kitchen knife on a whetstone");
  }

  @Test
  void partsUnderATitleAreUnderItsName() {
    String text =
        "# How honeybees live together\n\nA honeybee colony is a community of one queen, a few"
            + " hundred drones and up to 60,000 workers. None of them can live alone for long.\n\n"
            + "## The queen\n\nThe queen is the only fully developed female in the colony. She lays"
            + " up to 2,000 eggs a day in summer. A queen lives for three to five years, while a"
            + " summer worker lives for only six weeks.\n\n## The drones\n\nDrones are male bees."
            + " Their only task is to mate with a young queen. In autumn the workers drive the"
            + " drones out of the hive, because food becomes scarce.";

    assertThat(outline("How honeybees live together", text).lessons())
        .extracting(LessonPlan::title)
        .containsExactly("How honeybees live together");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "In the first days of her life she cleans the cells of the hive.",
        "From about the twelfth day she produces wax and builds comb.",
        "A sharp knife cuts it cleanly, a dull knife tears it.",
        "Expansion joints are gaps in the deck that leave room for this.",
      })
  void sentencesThatReferBackStandForNothingAlone(String text) {
    assertThat(Standing.alone(read(text).get(0))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The curve turns the weight into compression, and the compression travels to the ground.",
        "When iron rusts in damp air, it expands and splits the concrete around the bar.",
        "A rope can bear tension but no compression, because it folds under any push.",
        "In 1973 Karl von Frisch explained the dance, and he received the Nobel Prize.",
        "After the eggs hatch in spring, they feed on the yolk for three days.",
      })
  void sentencesThatNameWhatTheySpeakOfStandAlone(String text) {
    assertThat(Standing.alone(read(text).get(0))).isTrue();
  }

  @Test
  void aMeaningThatPointsElsewhereIsNone() {
    assertThat(
            new Knowledge(read("The blocks that hold them there are called anchorages."), ENGLISH)
                .definitions())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "in autumn the workers drive the drones out of the hive"
            + " | Why is it that in autumn the workers drive the drones out of the hive?",
        "the curve turns the weight into compression"
            + " | Why does the curve turn the weight into compression?",
      })
  void whyIsAskedInTheRightOrder(String fact, String question) {
    assertThat(Reason.why(fact, ENGLISH)).isEqualTo(question);
  }

  @Test
  void aTermIsAskedForWithItsArticle() {
    assertThat(
            new Knowledge(
                    read("The wedge-shaped stone at the top of an arch is called the keystone."),
                    ENGLISH)
                .definitions())
        .extracting(Definition::question)
        .containsExactly("What is the keystone?");
  }
}
