package exercises.language;

import static org.assertj.core.api.Assertions.assertThat;

import exercises.Lessons;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnerSlipsTest {
  private final Morphology morphology = new Morphology(Lessons.MODELS);
  private final Tagger tagger = new Tagger(Lessons.MODELS, morphology);
  private final LearnerSlips slips = new LearnerSlips(morphology);

  private String fault(String sentence) {
    List<Token> tokens = Token.split(sentence);
    return slips.in(tokens, tagger.tag(tokens));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I moved to new house.",
        "We met before two weeks.",
        "The dog made a noise very big.",
        "Our teacher explained me the game.",
        "The windows is open.",
        "My uncle live in a big city.",
        "I am agree with her.",
        "She all the day sleep.",
        "The bus was badder than the train."
      })
  void findsWhatStaysWrongInAHalfCorrectedSentence(String sentence) {
    assertThat(fault(sentence)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I moved to a new house.",
        "We met before the second lesson.",
        "The helmet keeps your head safe.",
        "Does your uncle live in a big city?",
        "I saw the children play in the garden.",
        "The people in the shop are kind.",
        "My brothers and my sister have a dog.",
        "We ate fresh bread with old cheese.",
        "The boy has two small cats.",
        "She worked hard all day."
      })
  void leavesGoodSentencesAlone(String sentence) {
    assertThat(fault(sentence)).isNull();
  }
}
