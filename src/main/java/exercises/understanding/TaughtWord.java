package exercises.understanding;

import exercises.language.PartOfSpeech;
import java.util.List;
import java.util.Set;

/**
 * A word of the lesson worth practising.
 *
 * @param announced true when the teacher presented it as a word to learn
 * @param examples model sentences that contain it or a form of it, the best first; may be empty
 * @param mentions how often both speakers used it
 * @param teaching how the lesson taught it; without any sign the word was only used
 * @param utterances where
 */
public record TaughtWord(
    String lemma,
    PartOfSpeech pos,
    boolean announced,
    List<Sentence> examples,
    int mentions,
    double score,
    Set<Understanding.Teaching> teaching,
    List<Integer> utterances) {
  /** False for a word that only makes up a short set. */
  public boolean taught() {
    return score > -Vocabulary.FILLER / 2;
  }

  /** The same word as one that only makes up a short set. */
  TaughtWord practised() {
    return new TaughtWord(
        lemma, pos, announced, examples, mentions, score - Vocabulary.FILLER, teaching, utterances);
  }

  /**
   * The sentence that shows it best.
   *
   * @throws IndexOutOfBoundsException when it has none
   */
  public Sentence example() {
    return examples.get(0);
  }

  /** Where it comes from, as written in cards: announced, corrected or only used. */
  public String source() {
    if (announced) {
      return "explicit_vocabulary";
    }
    boolean corrected = !examples.isEmpty() && example().corrected();
    return corrected ? "corrected_usage" : "content_word";
  }

  /** As reported of the lesson. */
  public Understanding.Word described(Translator.Translation translation) {
    return new Understanding.Word(
        lemma,
        pos.word(),
        teaching.isEmpty() ? Set.of(Understanding.Teaching.USED) : teaching,
        translation == null ? "" : translation.text(),
        score,
        utterances);
  }
}
