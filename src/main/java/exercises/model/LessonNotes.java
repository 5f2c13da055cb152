package exercises.model;

import exercises.understanding.GrammarPoint;
import exercises.understanding.Mistake;
import exercises.understanding.Sentence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a lesson once a model's notes on its pieces were held against what was said, and
 * put together with what the rules found.
 *
 * @param focus what the lesson practised
 * @param words at most 15, best first
 * @param mistakes in the order of the lesson, at most 15
 * @param sentences fit to be models; a sentence's number in prompts is its place here, from 1
 * @param fromModel mistakes that only the model saw, by id
 * @param refused notes that the lesson does not bear out, by reason
 */
record LessonNotes(
    Optional<GrammarPoint> focus,
    List<NotedWord> words,
    List<Mistake> mistakes,
    List<Sentence> sentences,
    Set<String> fromModel,
    Map<String, Integer> refused) {
  LessonNotes {
    words = List.copyOf(words);
    mistakes = List.copyOf(mistakes);
    sentences = List.copyOf(sentences);
  }

  /** The mistake whose right form the sentence is, or null. */
  Mistake mended(Sentence sentence) {
    if (!sentence.corrected()) {
      return null;
    }
    return mistakes.stream()
        .filter(m -> m.correct().equals(sentence.text()))
        .findFirst()
        .orElse(null);
  }
}
