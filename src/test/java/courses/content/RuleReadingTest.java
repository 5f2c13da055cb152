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
  void aQuestionThatATalkAnnouncesIsItsTitle() {
    String talk = "Today we are going to find out how a lock keeps a ship level. ";

    assertThat(outline("Video abcDEF12345", talk + COMPOST).title())
        .isEqualTo("How a lock keeps a ship level");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "You know this from your own kitchen.",
        "Right angles have ninety degrees.",
        "Well water is often hard.",
        "So far nobody has seen one.",
        "If you know the radius, you know the area.",
      })
  void whatOnlyLooksLikeAFillerStays(String sentence) {
    assertThat(read(sentence)).extracting(SourceText.Unit::text).containsExactly(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A compressor is a pump that squeezes the gas until it is hot.|compressor",
        "An expansion valve is a tiny opening that lets only a little liquid through.|expansion"
            + " valve",
        "Drones are male bees whose only task is to mate with young queens.|drones",
        "The liquid runs through the evaporator, a set of tubes inside the walls of the"
            + " box.|evaporator",
        "Builders use trusses, which are frames of beams that carry a roof.|trusses",
        "The brood box is the part of the hive where the queen lays her eggs.|brood box",
        "Lahars are rivers of mud that form when ash mixes with rain.|lahars",
        "A bargain is something you buy for less than its usual price.|bargain",
      })
  void whatSentencesExplainIsFound(String sentence, String term) {
    List<Definition> found = new Knowledge(read(sentence), ENGLISH).definitions();

    assertThat(found).extracting(Definition::term).containsExactly(term);
    assertThat(found.get(0).plural()).isEqualTo(term.endsWith("s"));
  }

  @Test
  void aDefinitionThatLeansOnWhatStoodBeforeIsNone() {
    assertThat(new Knowledge(read("A valve is a part of it that opens."), ENGLISH).definitions())
        .isEmpty();
  }

  @Test
  void theLargestOfAKindIsNotWhatAThingIs() {
    assertThat(
            new Knowledge(
                    read("Cinder cones are the smallest type of volcano that exists."), ENGLISH)
                .definitions())
        .isEmpty();
  }

  @Test
  void anOrderHasAReasonButIsNoFact() {
    for (String order :
        List.of(
            "Weigh everything on a scale, since a measuring cup is not accurate enough.",
            "Stir in the colour after cooking, because oils evaporate in the heat.")) {
      assertThat(Reason.in(read(order).get(0), ENGLISH)).as(order).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Buy bulbs from a nursery, because others are often treated.|true",
        "After the harvest, feed syrup made of sugar and water.|true",
        "Press the last air out of the tyre.|true",
        "Water is a liquid that has no colour of its own.|false",
        "Plants take up water through their roots in spring.|false",
        "Water boils at a lower temperature on a mountain.|false",
        "In August the workers drive the drones out of the hive.|false",
      })
  void ordersAreToldFromStatements(String sentence, boolean order) {
    assertThat(Standing.commands(read(sentence).get(0))).isEqualTo(order);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2016", "1999", "2001"})
  void whatHappenedDidNotHappenInAYearToCome(String year) {
    assertThat(Numbers.others(year, "New locks were opened in " + year + ".", ""))
        .hasSize(3)
        .doesNotContain(year)
        .allMatch(other -> Integer.parseInt(other) <= java.time.Year.now().getValue());
  }

  @Test
  void theOnlyChapterOfSeveralLessonsHasTheCoursesTitle() {
    String first = "## Why a heap is warm\n\n" + COMPOST + " " + COMPOST;
    String second = "## How the heap is turned\n\n" + COMPOST + " " + COMPOST;
    Outline outline =
        new RuleOutline(
                new Material(
                    Sources.brief("Soil from scraps"),
                    List.of(Segment.of(0, first), Segment.of(1, second))),
                ENGLISH)
            .write();

    assertThat(outline.chapters())
        .extracting(ChapterPlan::title)
        .containsExactly("Soil from scraps");
    assertThat(outline.lessons())
        .extracting(LessonPlan::title)
        .containsExactly("Why a heap is warm", "How the heap is turned");
  }

  @Test
  void aNameKeepsItsFirstWord() {
    assertThat(Terms.of(read("Ships sailed from New York in August every year."), ENGLISH))
        .extracting(Terms.Term::surface)
        .contains("New York")
        .doesNotContain("August");
  }

  @Test
  void aSentenceBeforeAYearStaysTrueWithALaterYear() {
    RuleLesson lesson =
        new RuleLesson(
            List.of(
                Segment.of(
                    0, "Before 1840 sending a letter in Britain was slow and rather expensive.")),
            ENGLISH);

    assertThat(new TruthQuestions(lesson, List.of(), new Rivals(List.of(lesson), ENGLISH)).all())
        .noneMatch(question -> question.correct().equals("false"));
  }

  @Test
  void aNameAtTheBeginningOfASentenceKeepsItsCapital() {
    RuleLesson lesson =
        new RuleLesson(
            List.of(
                Segment.of(
                    0,
                    "Hill had to find a way to show that the postage was paid. Merchants supported"
                        + " Hill because high charges hurt them. Hill published a pamphlet.")),
            ENGLISH);

    assertThat(lesson.gaps()).extracting(GapFinder.Gap::answer).doesNotContain("hill");
  }

  @Test
  void aListOfThingsIsNoSentence() {
    assertThat(
            Standing.alone(
                read("The compressor, the condenser, the expansion valve and the evaporator.")
                    .get(0)))
        .isFalse();
  }

  @Test
  void chaptersBeginWithTheFirstHeadingBehindATitlePage() {
    String part =
        "A mill is a building with a machine that grinds grain into flour. The wheel turns a"
            + " shaft, and the shaft turns a heavy round stone. The grain falls through a hole in"
            + " the middle of the upper stone. Between both stones it is ground to flour, which"
            + " runs down into a sack. A miller hears by the sound whether the stones are too"
            + " close to one another. ";
    String text =
        "# Old Mills\n\nA Visitor's Guide\n\n## 1 The Machine\n\n### 1.1 Stones\n\n"
            + part
            + part
            + "\n\n### 1.2 Wheels\n\n"
            + part
            + part
            + "\n\n## 2 The House\n\n### 2.1 Doors\n\n"
            + part
            + "\n\n### 2.2 Roofs\n\n"
            + part
            + "\n\n### 2.3 Floors\n\n"
            + part;

    Outline outline =
        new RuleOutline(
                new Material(
                    Sources.brief("mills.pdf"),
                    java.util.Arrays.stream(text.split("(?=\n### )"))
                        .map(one -> Segment.of(text.indexOf(one), one))
                        .toList()),
                ENGLISH)
            .write();

    assertThat(outline.title()).isEqualTo("Old Mills");
    assertThat(outline.chapters())
        .extracting(ChapterPlan::title)
        .containsExactly("The Machine", "The House");
    assertThat(outline.lessons()).extracting(LessonPlan::title).last().isEqualTo("The House");
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
