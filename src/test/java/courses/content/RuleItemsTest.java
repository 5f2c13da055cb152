package courses.content;

import static org.assertj.core.api.Assertions.assertThat;

import courses.sources.Segment;
import exercises.language.EnglishText;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong options that are wrong, gaps with one answer: what readers of whole courses sent back. */
class RuleItemsTest {
  private static final EnglishText ENGLISH = new EnglishText(Sources.MODELS);
  private static final Map<String, WholeCourse> COURSES = new HashMap<>();

  private static final Vertx VERTX = Vertx.vertx();

  @BeforeAll
  static void write() throws Exception {
    for (String name : List.of("email.txt", "fire.txt", "inflation.txt", "sleep.vtt")) {
      COURSES.put(name, Shelf.course(VERTX, name));
    }
  }

  @AfterAll
  static void forget() throws Exception {
    VERTX.close().await(10, TimeUnit.SECONDS);
    COURSES.clear();
  }

  private static List<SourceText.Unit> read(String text) {
    return SourceText.read(List.of(Segment.of(0, text)), ENGLISH).units();
  }

  private static RuleLesson lesson(String text) {
    return new RuleLesson(List.of(Segment.of(0, text)), ENGLISH);
  }

  @Test
  void whatATermIsSaidToBeIsNoWrongOption() {
    GameWord smtp =
        COURSES.get("email.txt").part(WordGame.class).words().stream()
            .filter(word -> word.word().equals("SMTP"))
            .findFirst()
            .orElseThrow();
    assertThat(smtp.incorrectOptions())
        .doesNotContain("A set of rules that both sides of a conversation follow.");
    Rivals rivals =
        new Rivals(
            List.of(
                lesson(
                    "The fruit of the tree is called a cherry. A cherry with only one round seed is"
                        + " called a peaberry. The compressor squeezes the liquid, or"
                        + " refrigerant.")),
            ENGLISH);
    assertThat(rivals.alike("peaberry", "cherry")).isTrue();
    assertThat(rivals.alike("peaberry", "fruit")).isTrue();
    assertThat(rivals.alike("liquid", "refrigerant")).isTrue();
    assertThat(rivals.alike("customs duty", "tax")).isTrue();
    assertThat(rivals.alike("compressor", "peaberry")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The European Union banned this use in 2006.",
        "Taking one anyway does harm, because it kills useful bacteria in the gut.",
        "The best time was winter, right after a storm and before the tide came in.",
        "Bacteria have a second way as well to get rid of it.",
        "William Buckland drew the conclusion that they were fossil dung.",
      })
  void whatLeansOnTheSentenceBeforeIsNotAskedFor(String sentence) {
    assertThat(Standing.alone(read("It rains. " + sentence).get(1))).isFalse();
  }

  @Test
  void whatIsSpokenOfNearbyIsNoWrongOption() {
    RuleLesson lesson =
        lesson(
            "The cook added the oil too fast. A fresh yolk may save the sauce. It rains in May. The"
                + " wind blows hard. Snow falls on hills. A lamp lights the path at night. The gate"
                + " keeps foxes out. A ladder leans on the wall. The clock strikes every hour.");
    SourceText.Unit unit = lesson.text().units().get(0);

    assertThat(
            new Distractors(List.of(lesson), ENGLISH).of("oil", "oil", false, 0, unit, unit.text()))
        .hasSize(3)
        .doesNotContain("yolk", "sauce");
    assertThat(
            new Rivals(List.of(lesson("Mayonnaise is an emulsion. A pan is hot.")), ENGLISH)
                .alike("emulsion", "mayonnaise"))
        .isTrue();
  }

  @Test
  void onlyTheFirstWordOfASentenceLosesItsCapital() {
    assertThat(
            lesson(
                    "Thermophilic bacteria are bacteria that thrive at temperatures above 45"
                        + " degrees. Trilateration is a way of finding a position from distances.")
                .knowledge()
                .definitions())
        .extracting(Definition::term)
        .containsExactly("thermophilic bacteria", "trilateration");
  }

  @ParameterizedTest
  @ValueSource(strings = {"So that's it.", "Next, let's talk about Einstein."})
  void wordsOfATalkAboutItselfAreNoMaterial(String said) {
    assertThat(read("Clocks run fast in space. " + said)).hasSize(1);
  }

  @Test
  void aHeadingThatIsNoQuestionIsSummedUp() {
    Knowledge none = lesson("Rain is wet.").knowledge();
    assertThat(Objectives.of(none, List.of("Why compost", "When something goes wrong")))
        .containsExactly(
            "Sum up “Why compost” in your own words",
            "Sum up “When something goes wrong” in your own words");
    assertThat(Objectives.of(none, List.of("Why the sky is blue", "How bread rises")))
        .contains("Explain why the sky is blue");
  }

  @Test
  void whatDoesTheSameIsNoWrongOption() {
    RuleLesson lesson =
        lesson(
            "A thin tube carries oil through the engine. In the garden a hose carries water. At"
                + " night a lamp lights the path.");
    SourceText.Unit unit = lesson.text().units().get(0);
    Rivals rivals = new Rivals(List.of(lesson), ENGLISH);

    assertThat(rivals.saidOf("hose", unit, "tube")).isTrue();
    assertThat(rivals.saidOf("lamp", unit, "tube")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400|An oak can lift more than 400 litres a day.|larger",
        "50|The place lies at least 50 metres away.|larger",
        "30|A nest holds up to 30 eggs.|smaller",
        "1820|Before 1820 most orchestras had no conductor.|larger",
        "1840|Since 1840 letters have carried stamps.|smaller",
        "90|After about 90 minutes the stores are empty.|none",
        "100|Repairs of up to 100 euros are paid by the tenant.|none",
        "25|Most servers refuse messages of more than 25 megabytes.|none",
      })
  void otherFiguresAreNotTrueToo(String figure, String sentence, String others) {
    List<String> found = Numbers.others(figure, sentence, sentence);
    int value = Integer.parseInt(figure);
    switch (others) {
      case "larger" ->
          assertThat(found).hasSize(3).allMatch(one -> Double.parseDouble(one) > value);
      case "smaller" ->
          assertThat(found).hasSize(3).allMatch(one -> Double.parseDouble(one) < value);
      default -> assertThat(found).isEmpty();
    }
  }

  @Test
  void figuresOfTheSourceAreNoWrongOptions() {
    assertThat(
            Numbers.others(
                "40", "A cell holds 40 of them.", "A cell holds 40 of them, or 20, or 60."))
        .doesNotContain("20", "60");
  }

  @Test
  void theOppositeIsNotWhatIsExplained() {
    assertThat(
            new Knowledge(
                    read("Deflation is the opposite, a fall in the general level of prices."),
                    ENGLISH)
                .definitions())
        .extracting(Definition::term)
        .containsExactly("deflation");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A statistician measures both with a basket of goods.",
        "A wall called the septum divides it into two halves.",
        "Most people take one for twenty-five or thirty years.",
        "Ten years later the age was lowered to 21, the same as for men.",
        "Elizabeth Cady Stanton wrote its declaration in a single night.",
        "Violas are slightly larger and sound darker in all of their registers.",
        "Australia followed in 1902, although most Aboriginal people were left out.",
        "The way in which a bridge does so decides about the shape of its arch.",
      })
  void whatRefersToAnEarlierSentenceIsNotAsked(String sentence) {
    assertThat(Standing.alone(read(sentence).get(0))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A needle valve opens both pipes of the boiler at the same time.",
        "A leaf closes its pores on a hot, dry day in summer.",
        "A trained heart pushes one litre through the body in ten seconds.",
      })
  void whatNamesWhatItSpeaksOfIsAsked(String sentence) {
    assertThat(Standing.alone(read(sentence).get(0))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A score shows the parts of all instruments one above the other.",
        "A large oak can lift more than 400 litres of water on a summer day.",
        "An exempt business charges no tax, but it cannot deduct any either.",
        "Invoices of up to 400 euros may be shorter than those of large firms.",
        "An extinguisher of six kilograms is empty after about 20 seconds.",
        "Elizabeth Stanton wrote a declaration after the model of another one.",
        "The washer is a flat ring of rubber at its lower end.",
      })
  void aTurnedWordThatMakesNothingFalseIsNotAsked(String sentence) {
    RuleLesson lesson = lesson(sentence);
    assertThat(
            new TruthQuestions(
                    lesson, List.of(lesson.knowledge()), new Rivals(List.of(lesson), ENGLISH))
                .all())
        .noneMatch(
            question ->
                question.correct().equals("false")
                        && Numbers.only(sentence)
                            .filter(n -> question.text().contains(n.group(1)))
                            .isPresent()
                    || question
                        .text()
                        .matches(
                            ".*(?:below the other|before the model|higher end|longer|can deduct"
                                + " any).*"));
  }

  @Test
  void gapsAreNoMembersOfListsAndNoOrders() {
    assertThat(
            lesson(
                    "The landlord keeps the roof, the heating and the pipes in order. The landlord"
                        + " owns the roof. The tenant pays for the heating and the pipes in winter."
                        + " Turn off the heating before the tenant opens the pipes.")
                .gaps())
        .extracting(GapFinder.Gap::text)
        .noneMatch(
            text -> text.contains("_____ and the pipes") || text.contains("the roof, the _____"))
        .noneMatch(text -> text.startsWith("Turn off"));
  }

  @Test
  void wordsToBeTypedHaveOneAnswer() {
    for (WholeCourse course : COURSES.values()) {
      course.parts().stream()
          .map(Written::content)
          .filter(Exercises.class::isInstance)
          .flatMap(one -> ((Exercises) one).exercises().stream())
          .filter(e -> e.type() == QuestionType.FILL_BLANK)
          .filter(e -> !e.answerKey().correct().matches("[\\d,.]+"))
          .forEach(
              e ->
                  assertThat(e.question())
                      .containsPattern(" \\(\\d+ (?:letters|words), beginning with “.”\\)$"));
    }
  }

  @Test
  void peopleAreAskedFor() {
    assertThat(COURSES.get("fire.txt").part(Mcqs.class).questions())
        .anySatisfy(
            question -> {
              assertThat(question.question()).startsWith("Who ");
              assertThat(question.options())
                  .allMatch(name -> name.matches("(?:\\p{Lu}[\\p{L}.]+ ?){2,4}"));
            });
  }

  @Test
  void noOptionOfADefinitionIsAnotherNameOfIt() {
    for (WholeCourse course : COURSES.values()) {
      for (Mcq question : course.part(Mcqs.class).questions()) {
        String right = question.options().get(question.correctIndex());
        assertThat(question.options())
            .filteredOn(option -> !option.equals(right))
            .noneMatch(option -> !option.contains(" ") && ENGLISH.couldPass(option, right));
      }
    }
  }

  @Test
  void whoIsNamedBySurnameIsAskedForByFullName() {
    assertThat(COURSES.get("fire.txt").part(Flashcards.class).cards())
        .extracting(Flashcard::question, Flashcard::answer)
        .contains(
            org.assertj.core.api.Assertions.tuple(
                "Who designed 51 new churches and the present cathedral?",
                "Christopher Wren designed 51 new churches and the present cathedral."));
  }

  @Test
  void aTitleWithItsArticleStandsWithinSentences() {
    assertThat(Subject.of("The fire of 1666")).isEqualTo("the fire of 1666");
    assertThat(Subject.of("The Hague in Winter")).isEqualTo("The Hague in Winter");
  }
}
