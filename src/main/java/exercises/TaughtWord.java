package exercises;

import java.util.List;
import java.util.Set;

/**
 * A word of the lesson worth practising.
 *
 * @param announced true when the teacher presented it as a word to learn
 * @param examples model sentences that contain it or a form of it, the best first; never empty
 * @param mentions how often both speakers used it
 */
record TaughtWord(
    String lemma,
    PartOfSpeech pos,
    boolean announced,
    List<Sentence> examples,
    int mentions,
    double score) {
  Sentence example() {
    return examples.get(0);
  }

  String source() {
    if (announced) {
      return "explicit_vocabulary";
    }
    return example().corrected() ? "corrected_usage" : "content_word";
  }

  Understanding.Word described(Translator.Translation translation) {
    return new Understanding.Word(
        lemma,
        pos.word(),
        Set.of(announced ? Understanding.Teaching.ANNOUNCED : Understanding.Teaching.USED),
        translation == null ? "" : translation.text(),
        score,
        examples.stream().map(s -> s.source().utterance()).distinct().sorted().limit(10).toList());
  }
}
