package exercises.rulebased;

import exercises.Flashcard;
import exercises.SpellingWord;
import exercises.language.Difficulty;
import exercises.language.Levels;
import exercises.language.PartOfSpeech;
import exercises.understanding.Ids;
import exercises.understanding.Sentence;
import exercises.understanding.TaughtWord;
import exercises.understanding.Translator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Flashcards and spelling words. */
public final class WordItems {
  private final String seed;
  private final Levels levels;

  WordItems(String seed, Levels levels) {
    this.seed = seed;
    this.levels = levels;
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
  public static String letters(PartOfSpeech pos, String lemma) {
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
    return levels.ofCard(word.lemma()).difficulty();
  }
}
