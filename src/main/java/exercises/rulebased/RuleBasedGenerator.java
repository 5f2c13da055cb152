package exercises.rulebased;

import exercises.AnswerPositions;
import exercises.ExerciseSet;
import exercises.GateReport;
import exercises.QualityGate;
import exercises.Rejections;
import exercises.SetWarnings;
import exercises.language.Level;
import exercises.language.Levels;
import exercises.language.Lexicon;
import exercises.language.Morphology;
import exercises.language.NlpModels;
import exercises.language.SentenceSplitter;
import exercises.language.Tagger;
import exercises.language.WordNet;
import exercises.understanding.FirstLanguage;
import exercises.understanding.FocusFinder;
import exercises.understanding.Frames;
import exercises.understanding.GrammarPoint;
import exercises.understanding.LessonDefinitions;
import exercises.understanding.LessonMaterial;
import exercises.understanding.LessonSentences;
import exercises.understanding.LessonText;
import exercises.understanding.Mistake;
import exercises.understanding.MistakeFinder;
import exercises.understanding.ModelSentences;
import exercises.understanding.Sentence;
import exercises.understanding.TaughtWord;
import exercises.understanding.TeachingSigns;
import exercises.understanding.TopicFinder;
import exercises.understanding.Translator;
import exercises.understanding.Understanding;
import exercises.understanding.Vocabulary;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a set from a lesson by rules on language data, without any service. Blocks for the CPU time
 * of the work (tens of milliseconds for an hour's lesson). Not thread-safe: one a worker thread.
 */
public final class RuleBasedGenerator {
  /** As written in the metadata of its sets. */
  public static final String NAME = "rules/1";

  /** Below so many words even known ones are practised. */
  private static final int FEWEST_WORDS = 6;

  private static final Set<Understanding.Teaching> SAID_ONLY =
      Set.of(Understanding.Teaching.USED, Understanding.Teaching.REPEATED);

  private final NlpModels models;
  private final Morphology morphology;
  private final SentenceSplitter splitter;
  private final MistakeFinder mistakeFinder;
  private final ModelSentences modelSentences;
  private final FocusFinder focusFinder;
  private final QualityGate gate;

  /** Not thread-safe; shares the loaded models. */
  public RuleBasedGenerator(NlpModels models) {
    this(models, new QualityGate(models));
  }

  /** As above, with the gate of the same thread, which then reads each lesson once for both. */
  public RuleBasedGenerator(NlpModels models, QualityGate gate) {
    this.models = models;
    this.morphology = new Morphology(models);
    this.splitter = new SentenceSplitter(models);
    Tagger tagger = new Tagger(models, morphology);
    this.mistakeFinder = new MistakeFinder(morphology, tagger);
    this.modelSentences = new ModelSentences(morphology, tagger);
    this.focusFinder = new FocusFinder(morphology);
    this.gate = gate;
  }

  /** What {@link #generate} reads from a lesson before it makes anything of it. */
  public record Reading(
      LessonText lesson,
      List<Sentence> sentences,
      List<TaughtWord> words,
      Map<TaughtWord, Translator.Translation> translations,
      Understanding understanding) {}

  /**
   * What the lesson was about, taught and put right. Costs most of the time that {@link #generate}
   * costs; the same material always gives the same answer.
   */
  public Understanding understand(LessonMaterial material) {
    return read(material).understanding();
  }

  /** Understands a lesson; nothing is made of it yet. */
  public Reading read(LessonMaterial material) {
    WordNet wordNet = models.wordNet;
    Lexicon lexicon = models.lexicon(material.language());
    LessonText lesson = LessonText.of(material, splitter, morphology, wordNet);
    List<Mistake> mistakes = mistakeFinder.find(material.seed(), lesson);
    // The set knows only the surest: what else was put right it would take for the student's words.
    List<Sentence> sentences =
        modelSentences
            .of(lesson, MistakeFinder.surest(mistakes, MistakeFinder.MOST), wordNet)
            .stream()
            .filter(s -> mistakes.stream().noneMatch(m -> m.isQuotedIn(s.text())))
            .toList();
    LessonSentences plain = LessonSentences.of(lesson, new FirstLanguage(morphology, lesson));
    List<Understanding.Frame> frames = Frames.of(plain.kept());
    TeachingSigns signs = TeachingSigns.in(lesson, frames);
    List<TaughtWord> words =
        new Vocabulary(morphology, lexicon, wordNet).of(lesson, sentences, signs);
    Translator translator =
        new Translator(
            material.language(),
            lesson.glosses(),
            lexicon,
            wordNet,
            morphology,
            LessonDefinitions.in(lesson, morphology));
    Map<TaughtWord, Translator.Translation> translations = new LinkedHashMap<>();
    for (TaughtWord word : words) {
      Translator.Translation translation = translator.of(word);
      if (translation != null) {
        translations.put(word, translation);
      }
    }
    List<Integer> evidence = new ArrayList<>();
    Optional<GrammarPoint> grammar =
        focusFinder.grammar(lesson, plain.kept(), frames, mistakes, evidence);
    String topic = new TopicFinder(morphology, wordNet).of(lesson, plain.kept(), words);
    Understanding understanding =
        new Understanding(
            new Understanding.Focus(grammar, topic, frames, evidence),
            described(words, translations, signs, lesson),
            mistakes,
            plain.setAside());
    return new Reading(lesson, sentences, words, translations, understanding);
  }

  /** Words and small words together, best first. */
  private List<Understanding.Word> described(
      List<TaughtWord> words,
      Map<TaughtWord, Translator.Translation> translations,
      TeachingSigns signs,
      LessonText lesson) {
    List<Understanding.Word> all = new ArrayList<>();
    words.stream()
        .filter(TaughtWord::taught)
        .forEach(word -> all.add(word.described(translations.get(word))));
    signs
        .functionWords(morphology)
        .forEach(
            (form, known) -> {
              String said = lesson.glosses().translation(form);
              all.add(
                  new Understanding.Word(
                      form,
                      "function word",
                      known.seen.keySet(),
                      said == null ? "" : said,
                      known.weight(false) * 6,
                      known.turns.stream().limit(10).toList()));
            });
    return all.stream()
        .sorted(Comparator.comparingDouble(Understanding.Word::score).reversed())
        .limit(Vocabulary.MOST)
        .toList();
  }

  /**
   * A set and how it came about.
   *
   * @param rejections candidates the gate dropped: rule, kind and text of each
   */
  public record Generated(ExerciseSet set, Understanding understanding, List<String> rejections) {
    /** What {@code explain} shows beside the set. */
    public JsonObject toJson() {
      return understanding.toJson().put("rejections", new JsonArray(List.copyOf(rejections)));
    }
  }

  /** The same material always gives the same set. A lesson without material gives an empty one. */
  public ExerciseSet generate(LessonMaterial material) {
    return generate(material, read(material));
  }

  /** As {@link #generate(LessonMaterial)}, of a lesson that was read before. */
  public ExerciseSet generate(LessonMaterial material, Reading reading) {
    GateReport report = gate.check(candidates(reading, material), material);
    return limited(report, report.kept().metadata());
  }

  /** As {@link #generate}, with what was understood and what was dropped. */
  public Generated explain(LessonMaterial material) {
    Reading reading = read(material);
    ExerciseSet candidates = candidates(reading, material);
    GateReport report = gate.check(candidates, material);
    return new Generated(
        limited(report, report.kept().metadata()),
        reading.understanding(),
        Rejections.of(candidates, report.kept(), one -> gate.check(one, material)));
  }

  private ExerciseSet candidates(Reading reading, LessonMaterial material) {
    List<Sentence> sentences = reading.sentences();
    List<TaughtWord> words = worthACard(reading, material);
    Map<TaughtWord, Translator.Translation> translations = reading.translations();
    List<Mistake> mistakes =
        MistakeFinder.surest(reading.understanding().mistakes(), MistakeFinder.MOST);
    WordItems wordItems = new WordItems(material.seed(), models.levels(morphology));
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
    return AnswerPositions.spread(
        new SentenceItems(
                material.seed(),
                morphology,
                models.levels(morphology),
                new VocabularyGaps(morphology, models.wordNet),
                reading.understanding().focus().grammar().orElse(null))
            .make(sentences, words, translations, mistakes, wordsOnly));
  }

  /**
   * Words with an example, without those that whoever has lessons of this level has known for long:
   * "man" said ten times is no new word, unless somebody taught it.
   */
  private List<TaughtWord> worthACard(Reading reading, LessonMaterial material) {
    Levels levels = models.levels(morphology);
    Level lesson = levels.ofLesson(material.utterances()).orElse(Level.A1);
    List<TaughtWord> all =
        reading.words().stream().filter(word -> !word.examples().isEmpty()).toList();
    long known = all.stream().filter(word -> isKnown(word, lesson, levels)).count();
    long spare = Math.max(0, FEWEST_WORDS - (all.size() - known));
    List<TaughtWord> kept = new ArrayList<>();
    for (TaughtWord word : all) {
      if (!isKnown(word, lesson, levels) || spare-- > 0) {
        kept.add(word);
      }
    }
    return kept;
  }

  private static boolean isKnown(TaughtWord word, Level lesson, Levels levels) {
    return SAID_ONLY.containsAll(word.teaching())
        && lesson != Level.A1
        && levels.ofWord(word.lemma()) == Level.A1;
  }

  /** What the gate kept, cut to the most a lesson gets of each kind. */
  public static ExerciseSet limited(GateReport report, ExerciseSet.Metadata metadata) {
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
    return SetWarnings.on(AnswerPositions.spread(limited), report.rejections());
  }

  private static <T> List<T> first(List<T> items, int most) {
    return items.size() <= most ? items : List.copyOf(new ArrayList<>(items.subList(0, most)));
  }
}
