package exercises;

import java.util.HashSet;
import java.util.Set;

/**
 * Finds what a word is called in the learner's language, or explains it when nothing can translate
 * it.
 */
final class Translator {
  /**
   * @param language of {@code text}: the learner's, or {@code en} for a definition
   */
  record Translation(String text, String language) {}

  private final String language;
  private final Glosses glosses;
  private final Lexicon lexicon;
  private final WordNet wordNet;
  private final Morphology morphology;

  Translator(
      String language, Glosses glosses, Lexicon lexicon, WordNet wordNet, Morphology morphology) {
    this.language = language;
    this.glosses = glosses;
    this.lexicon = lexicon;
    this.wordNet = wordNet;
    this.morphology = morphology;
  }

  /** Null when the word can be neither translated nor explained. */
  Translation of(TaughtWord word) {
    String said = glosses.translation(word.lemma());
    if (said != null) {
      return new Translation(said, language);
    }
    Set<String> context = new HashSet<>();
    word.examples()
        .forEach(s -> Token.words(s.text()).forEach(w -> context.addAll(morphology.lemmas(w))));
    String listed = lexicon.translation(word.lemma(), word.pos(), context);
    if (listed != null) {
      return new Translation(listed, language);
    }
    String definition = wordNet.entry(word.lemma(), word.pos()).definition();
    return definition.isEmpty() ? null : new Translation(definition, "en");
  }
}
