package exercises;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Flashcards and spelling words. */
final class WordItems {
  private final String seed;
  private final Lexicon lexicon;
  private final Morphology morphology;

  WordItems(String seed, Lexicon lexicon, Morphology morphology) {
    this.seed = seed;
    this.lexicon = lexicon;
    this.morphology = morphology;
  }

  List<Flashcard> flashcards(
      List<TaughtWord> words, Map<TaughtWord, Translator.Translation> translations) {
    List<Flashcard> cards = new ArrayList<>();
    for (TaughtWord word : words) {
      Translator.Translation translation = translations.get(word);
      if (translation != null) {
        cards.add(
            new Flashcard(
                Ids.of(seed, "flashcard", word.lemma()),
                word.lemma(),
                translation.text(),
                translation.language(),
                word.example().text(),
                difficulty(word),
                word.pos().word(),
                word.source(),
                letters(word.pos(), word.lemma()),
                word.example().source()));
      }
    }
    return cards;
  }

  List<SpellingWord> spelling(
      List<TaughtWord> words, Map<TaughtWord, Translator.Translation> translations) {
    List<SpellingWord> items = new ArrayList<>();
    for (TaughtWord word : words) {
      Translator.Translation translation = translations.get(word);
      if (translation != null) {
        // Another sentence than the flashcard's, where the lesson has one.
        Sentence sample = word.examples().get(word.examples().size() > 1 ? 1 : 0);
        items.add(
            new SpellingWord(
                Ids.of(seed, "spelling", word.lemma()),
                word.lemma(),
                translation.text(),
                translation.language(),
                translation.text(),
                sample.text(),
                difficulty(word),
                word.source(),
                sample.source()));
      }
    }
    return items;
  }

  /** A hint that says little: for words nothing better is known of. */
  static String letters(PartOfSpeech pos, String lemma) {
    String article = pos == PartOfSpeech.ADJECTIVE || pos == PartOfSpeech.ADVERB ? "An " : "A ";
    return article
        + pos.word()
        + " with "
        + lemma.length()
        + " letters, starting with \""
        + lemma.charAt(0)
        + "\".";
  }

  private Difficulty difficulty(TaughtWord word) {
    return difficulty(word.lemma(), word.pos());
  }

  Difficulty difficulty(String lemma, PartOfSpeech pos) {
    int level = lexicon.level(lemma, pos);
    if (level > 0) {
      return Difficulty.values()[Math.min(level, 3) - 1];
    }
    int frequency = morphology.frequency(lemma);
    return frequency >= 14
        ? Difficulty.BEGINNER
        : frequency >= 10 ? Difficulty.INTERMEDIATE : Difficulty.ADVANCED;
  }

  static Difficulty difficulty(Sentence sentence) {
    int words = sentence.wordCount();
    return words <= 6
        ? Difficulty.BEGINNER
        : words <= 10 ? Difficulty.INTERMEDIATE : Difficulty.ADVANCED;
  }
}
