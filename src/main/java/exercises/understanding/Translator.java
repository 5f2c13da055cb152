package exercises.understanding;

import exercises.language.Lexicon;
import exercises.language.Morphology;
import exercises.language.PlainDefinitions;
import exercises.language.Token;
import exercises.language.WordNet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds what a word is called in the learner's language, or explains it when nothing can translate
 * it.
 */
public final class Translator {
  /**
   * @param language of {@code text}: the learner's, or {@code en} for a definition
   */
  public record Translation(String text, String language) {}

  private static final int LONGEST_DEFINITION = 14;

  /** On the scale of {@link Morphology#frequency}. */
  private static final int KNOWN = 8;

  /** Who does not know a word this common knows few others. */
  private static final int COMMON = 12;

  private final String language;
  private final Glosses glosses;
  private final Lexicon lexicon;
  private final WordNet wordNet;
  private final Morphology morphology;
  private final LessonDefinitions explained;

  /** Asks the lesson's glosses first, then the lexicon, then what explains a word in English. */
  public Translator(
      String language,
      Glosses glosses,
      Lexicon lexicon,
      WordNet wordNet,
      Morphology morphology,
      LessonDefinitions explained) {
    this.explained = explained;
    this.language = language;
    this.glosses = glosses;
    this.lexicon = lexicon;
    this.wordNet = wordNet;
    this.morphology = morphology;
  }

  /** A dictionary's words are often harder than the word itself; then none is better. */
  private boolean isPlain(String definition, String headword) {
    List<String> words = Token.words(definition);
    int common = morphology.frequency(headword);
    int least = Math.max(KNOWN, common);
    return !words.isEmpty()
        && common < COMMON
        && words.size() <= LONGEST_DEFINITION
        && definition.equals(definition.toLowerCase(java.util.Locale.ROOT))
        && words.stream().allMatch(w -> morphology.frequency(w) >= least || w.contains("'"));
  }

  /** "Armario (a wardrobe)." began a sentence; German alone writes nouns so. */
  private String lowered(String said) {
    boolean plain =
        said.length() > 1
            && said.substring(1).equals(said.substring(1).toLowerCase(java.util.Locale.ROOT));
    return plain && !language.toLowerCase(java.util.Locale.ROOT).startsWith("de")
        ? said.toLowerCase(java.util.Locale.ROOT)
        : said;
  }

  /** Null when the word can be neither translated nor explained. */
  public Translation of(TaughtWord word) {
    String said = glosses.translation(word.lemma());
    if (said != null) {
      return new Translation(lowered(said), language);
    }
    Set<String> context = new HashSet<>();
    word.examples()
        .forEach(s -> Token.words(s.text()).forEach(w -> context.addAll(morphology.lemmas(w))));
    String listed = lexicon.translation(word.lemma(), word.pos(), context);
    if (listed != null) {
      return new Translation(listed, language);
    }
    String own = explained.of(word.lemma(), word.pos(), morphology);
    if (own != null) {
      return new Translation(own, "en");
    }
    String plain = PlainDefinitions.of(word.lemma(), word.pos());
    if (plain != null) {
      return new Translation(plain, "en");
    }
    WordNet.Meaning meaning = wordNet.entry(word.lemma(), word.pos());
    return meaning.dominant() && isPlain(meaning.definition(), word.lemma())
        ? new Translation(meaning.definition(), "en")
        : null;
  }
}
