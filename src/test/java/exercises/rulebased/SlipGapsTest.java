package exercises.rulebased;

import static org.assertj.core.api.Assertions.assertThat;

import exercises.ExerciseSet;
import exercises.FillBlank;
import exercises.GrammarChallenge;
import exercises.Lessons;
import exercises.understanding.Mistake;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a student said wrong comes back as an exercise on exactly these words. */
class SlipGapsTest {
  private final RuleBasedGenerator generator = new RuleBasedGenerator(Lessons.MODELS);

  private record Asked(
      String prompt, List<String> options, String answer, String why, String slip) {}

  private List<Asked> asked(String said, String put) {
    ExerciseSet set =
        generator.generate(
            Lessons.of("T: Tell me more.\nS: " + said + "\nT: " + put + "\nS: Yes, thank you."));
    List<Asked> all = new ArrayList<>();
    for (GrammarChallenge g : set.grammarChallenge()) {
      all.add(
          new Asked(
              g.prompt(), g.options(), g.correctAnswer(), g.explanation(), g.sourceMistake()));
    }
    for (FillBlank f : set.fillBlank()) {
      all.add(
          new Asked(
              f.sentence(), f.options(), f.correctAnswer(), f.explanation(), f.sourceMistake()));
    }
    return all.stream().filter(a -> !a.slip().isEmpty()).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "We must to paint the fence. | We must paint the fence. | paint | to paint",
        "I want buy a boat. | I want to buy a boat. | to | —",
        "I have headache. | I have a headache. | a | —",
        "She is angry from her boss. | She is angry with her boss. | with | from",
        "The dog chased to the cat. | The dog chased the cat. | the | to the",
        "I enjoy to paint boats. | I enjoy painting boats. | painting | to paint",
        "We need three ladder. | We need three ladders. | ladders | ladder",
        "He teached us a song. | He taught us a song. | taught | teached",
        "They make a break at ten. | They take a break at ten. | take | make",
        "I was very boring. | I was very bored. | bored | boring",
        "She gave they a ladder. | She gave them a ladder. | them | they"
      })
  void theStudentsOwnWordsAreAmongTheOptions(String said, String put, String answer, String slip) {
    assertThat(asked(said, put))
        .anySatisfy(
            item -> {
              assertThat(item.answer()).isEqualTo(answer);
              assertThat(item.options()).contains(slip).hasSize(4).doesNotHaveDuplicates();
              assertThat(item.prompt().replace(FillBlank.BLANK, answer)).isEqualTo(put);
              assertThat(item.why()).contains("You ");
            });
  }

  @Test
  void wordsInTheWrongOrderAreAskedForTheirOrder() {
    assertThat(asked("My uncle drinks always coffee.", "My uncle always drinks coffee."))
        .anySatisfy(
            item -> {
              assertThat(item.answer()).isEqualTo("always drinks");
              assertThat(item.options()).contains("drinks always");
            });
  }

  @Test
  void aVerbThatWasNotTheTroubleIsNotAskedFor() {
    assertThat(asked("They do a break at ten.", "They take a break at ten."))
        .noneMatch(item -> item.options().contains("taken") && !item.options().contains("do"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "My uncle not can swim. | My uncle can't swim. | can | cann't",
        "She don't like boats. | She doesn't like boats. | doesn't | with \"she\" the verb is"
            + " \"does\"",
        "The bird can flies. | The bird can fly. | base form | more than one",
        "He only sleep. | He only sleeps. | With \"he\" | With \"only\"",
        "We have paint the boat. | We have painted the boat. | third form | past form",
        "The shop can't open. Doctor can't come. | The doctor can't come. | before \"doctor\" |"
            + " doctor can"
      })
  void theReasonIsTrue(String said, String put, String told, String untold) {
    List<Mistake> mistakes =
        generator
            .generate(
                Lessons.of("T: Tell me more.\nS: " + said + "\nT: " + put + "\nS: Yes, thank you."))
            .mistakes();

    assertThat(mistakes)
        .anySatisfy(m -> assertThat(m.rule()).contains(told).doesNotContain(untold));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Is it under table? | Is it under the table? No. It's not under the table. | not under",
        "I saw him on the bus. | At the bus stop? You met him! | at the bus",
        "The truck was here since two months. | It was here two months ago? | here two months",
        "Nobody don't swim in the winter. | Nobody swims in winter. | Nobody don't"
      })
  void whatIsStillWrongIsNotShownAsRight(String said, String put, String never) {
    List<Mistake> mistakes =
        generator
            .generate(
                Lessons.of("T: Tell me more.\nS: " + said + "\nT: " + put + "\nS: Yes, thank you."))
            .mistakes();

    assertThat(mistakes)
        .noneMatch(m -> (m.correct() + " ").replace(".", " ").contains(never + " "));
  }
}
