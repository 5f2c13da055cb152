package exercises.model;

import exercises.language.PartOfSpeech;
import exercises.understanding.Sentence;
import java.util.List;

/**
 * A word to be practised, as a model noted it and the lesson bears out.
 *
 * @param translation in the learner's language or, when {@code translationLanguage} is {@code en},
 *     a definition
 * @param examples sentences of the lesson with the word or a form of it, best first; never empty
 * @param source how the lesson brought it up, in the contract's words
 */
record NotedWord(
    String lemma,
    PartOfSpeech pos,
    String translation,
    String translationLanguage,
    List<Sentence> examples,
    String source) {
  NotedWord {
    examples = List.copyOf(examples);
  }
}
