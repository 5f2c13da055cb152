package exercises;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a set from a lesson by rules on language data, without any service. Blocks for the CPU time
 * of the work (tens of milliseconds for an hour's lesson). Not thread-safe: one a worker thread.
 */
public final class RuleBasedGenerator {
  static final String NAME = "rules/1";
  private final NlpModels models;
  private final Morphology morphology;
  private final SentenceSplitter splitter;
  private final MistakeFinder mistakeFinder;
  private final ModelSentences modelSentences;
  private final QualityGate gate;

  public RuleBasedGenerator(NlpModels models) {
    this.models = models;
    this.morphology = new Morphology(models);
    this.splitter = new SentenceSplitter(models);
    this.mistakeFinder = new MistakeFinder(morphology);
    this.modelSentences = new ModelSentences(morphology, new Tagger(models, morphology));
    this.gate = new QualityGate(models);
  }

  /** The same material always gives the same set. A lesson without material gives an empty one. */
  public ExerciseSet generate(LessonMaterial material) {
    WordNet wordNet = models.wordNet;
    Lexicon lexicon = models.lexicon(material.language());
    LessonText lesson = LessonText.of(material, splitter, morphology, wordNet);
    List<Mistake> mistakes = mistakeFinder.find(material.seed(), lesson);
    List<Sentence> sentences = modelSentences.of(lesson, mistakes, wordNet);
    List<TaughtWord> words = new Vocabulary(morphology, lexicon, wordNet).of(lesson, sentences);
    Translator translator =
        new Translator(material.language(), lesson.glosses(), lexicon, wordNet, morphology);
    Map<TaughtWord, Translator.Translation> translations = new LinkedHashMap<>();
    for (TaughtWord word : words) {
      Translator.Translation translation = translator.of(word);
      if (translation != null) {
        translations.put(word, translation);
      }
    }
    WordItems wordItems = new WordItems(material.seed(), lexicon, morphology);
    ExerciseSet.Metadata metadata =
        new ExerciseSet.Metadata(
            material.lessonNumber(),
            NAME,
            material.language(),
            words.size(),
            sentences.size(),
            true,
            List.of(),
            Map.of());
    ExerciseSet wordsOnly =
        new ExerciseSet(
            wordItems.flashcards(words, translations),
            wordItems.spelling(words, translations),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            mistakes,
            material.transcriptLength(),
            metadata);
    ExerciseSet candidates =
        new SentenceItems(
                material.seed(), morphology, new VocabularyGaps(morphology, wordNet, lexicon))
            .make(sentences, words, translations, mistakes, wordsOnly);
    return limited(gate.check(candidates, material), metadata);
  }

  private static ExerciseSet limited(GateReport report, ExerciseSet.Metadata metadata) {
    ExerciseSet kept = report.kept();
    ExerciseSet limited =
        new ExerciseSet(
            first(kept.flashcards(), ItemLimits.FLASHCARDS),
            first(kept.spelling(), ItemLimits.SPELLING),
            first(kept.fillBlank(), ItemLimits.FILL_BLANK),
            first(kept.sentenceBuilder(), ItemLimits.SENTENCE_BUILDER),
            first(kept.grammarChallenge(), ItemLimits.GRAMMAR_CHALLENGE),
            first(kept.advancedCloze(), ItemLimits.ADVANCED_CLOZE),
            kept.mistakes(),
            kept.transcriptLength(),
            metadata);
    return QualityGate.withWarnings(limited, report.rejected());
  }

  private static <T> List<T> first(List<T> items, int most) {
    return items.size() <= most ? items : List.copyOf(new ArrayList<>(items.subList(0, most)));
  }
}
