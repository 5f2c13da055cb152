package exercises.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import exercises.ExerciseSet;
import exercises.Lessons;
import exercises.language.NlpModels;
import exercises.rulebased.RuleBasedGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the rules understand of a lesson before they make anything of it. */
class UnderstandingTest {
  private static RuleBasedGenerator generator;

  @BeforeAll
  static void load() {
    generator = new RuleBasedGenerator(NlpModels.load());
  }

  @ParameterizedTest
  @CsvSource({"possessives, POSSESSIVE_PRONOUNS", "past_adult, PAST_SIMPLE"})
  void findsThePointThatWasPractised(String lesson, GrammarPoint point) {
    Understanding understood = generator.understand(Lessons.file(lesson));

    assertThat(understood.focus().grammar()).contains(point);
    assertThat(understood.focus().evidence()).isNotEmpty();
  }

  @Test
  void aConversationHasNoGrammarPoint() {
    Understanding understood =
        generator.understand(
            Lessons.of(
                "T: How was your trip?\nS: It was fun.\nT: Where did you stay?\nS: In a hotel.\n"
                    + "T: My brother likes hotels with a pool. Is your room big?\nS: Yes."));

    assertThat(understood.focus().grammar()).isEmpty();
  }

  @Test
  void setsClassroomSmallTalkAndTheFirstLanguageAside() {
    Understanding understood =
        generator.understand(
            Lessons.of(
                "T: Can you hear me?\nS: ani lo shomea\nT: How are you today?\nS: I'm fine.\n"
                    + "T: Let me share my screen.\nS: Okay.\nT: The tiger lives in the forest."));

    assertThat(understood.setAside().classroomTalk()).isPositive();
    assertThat(understood.setAside().smallTalk()).isPositive();
    assertThat(understood.setAside().firstLanguage()).isPositive();
  }

  @Test
  void aWordSpelledExplainedAndRepeatedIsTaught() {
    Understanding understood =
        generator.understand(
            Lessons.of(
                "T: A bakery is a place where you buy bread. Bakery.\n"
                    + "S: Bakery.\n"
                    + "T: B a k e r y. Where is the bakery in the picture?\n"
                    + "S: Next to the school."));

    assertThat(understood.vocabulary())
        .filteredOn(word -> word.lemma().equals("bakery"))
        .singleElement()
        .satisfies(
            word -> {
              assertThat(word.teaching())
                  .contains(
                      Understanding.Teaching.DEFINED,
                      Understanding.Teaching.REPEATED,
                      Understanding.Teaching.SPELLED);
              assertThat(word.translation()).isEqualTo("מאפייה");
            });
  }

  @Test
  void whatTheStudentTakesUpIsACorrectionHoweverShort() {
    Understanding understood =
        generator.understand(
            Lessons.of(
                "T: And your city?\nS: My city is more cold.\nT: Colder. It is a short word!\n"
                    + "S: My city is colder."));

    assertThat(understood.mistakes())
        .singleElement()
        .satisfies(mistake -> assertThat(mistake.correct()).isEqualTo("My city is colder."));
  }

  @Test
  void whereTheChildLivesIsInNoItem() {
    ExerciseSet set =
        generator.generate(
            Lessons.of(
                "T: Where do you live?\nS: I live in Nablus.\nT: In Nablus there is a big market."
                    + " The market has fresh bread every morning.\nS: Yes.\n"
                    + "T: My sister buys fresh bread at the market every morning."));

    assertThat(set.toJson().getJsonArray("flashcards").encode()).doesNotContain("in Nablus there");
    assertThat(set.sentenceBuilder()).noneMatch(item -> item.english().contains("Nablus"));
    assertThat(set.fillBlank()).noneMatch(item -> item.sentence().contains("Nablus"));
  }

  @Test
  void explainNamesTheRuleOfEveryRejection() {
    LessonMaterial lesson = Lessons.file("past_adult");
    RuleBasedGenerator.Generated generated = generator.explain(lesson);

    assertThat(generated.set().toJson()).isEqualTo(generator.generate(lesson).toJson());
    assertThat(generated.toJson().fieldNames())
        .containsExactlyInAnyOrder("focus", "vocabulary", "mistakes", "set_aside", "rejections");
    assertThat(generated.rejections()).allMatch(text -> text.contains(": "));
  }
}
