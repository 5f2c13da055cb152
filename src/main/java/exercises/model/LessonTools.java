package exercises.model;

import exercises.QualityGate;
import exercises.language.GrammarCheck;
import exercises.language.Levels;
import exercises.language.Morphology;
import exercises.language.NlpModels;
import exercises.language.PartOfSpeech;
import exercises.language.Tagger;
import exercises.language.Token;
import exercises.rulebased.MistakeGaps;
import exercises.rulebased.RuleBasedGenerator;
import exercises.rulebased.VerbGaps;
import exercises.rulebased.WordGaps;
import exercises.understanding.LessonMaterial;
import exercises.understanding.LessonText;
import exercises.understanding.ModelSentences;
import exercises.understanding.Sentence;
import exercises.understanding.Translator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one worker thread needs to hold a model's work against a lesson. Not thread-safe. */
final class LessonTools {
  final NlpModels models;
  final Morphology morphology;
  final Levels levels;
  final ModelSentences sentences;
  final RuleBasedGenerator rules;
  final QualityGate gate;
  final GrammarCheck grammar;
  final VerbGaps verbs;
  final WordGaps words;
  final MistakeGaps mistakeGaps;

  LessonTools(NlpModels models) {
    this.models = models;
    this.morphology = new Morphology(models);
    this.levels = models.levels(morphology);
    this.sentences = new ModelSentences(morphology, new Tagger(models, morphology));
    this.gate = new QualityGate(models);
    this.rules = new RuleBasedGenerator(models, gate);
    this.grammar = new GrammarCheck(morphology);
    this.verbs = new VerbGaps(morphology);
    this.words = new WordGaps(morphology);
    this.mistakeGaps = new MistakeGaps(morphology, verbs, words);
  }

  /** What the rules call a word in the learner's language, or its definition, or null. */
  Translator.Translation translation(
      LessonMaterial material,
      LessonText lesson,
      String lemma,
      PartOfSpeech pos,
      List<Sentence> examples) {
    String said = lesson.glosses().translation(lemma);
    if (said != null) {
      return new Translator.Translation(said, material.language());
    }
    Set<String> context = new HashSet<>();
    examples.forEach(s -> Token.words(s.text()).forEach(w -> context.addAll(morphology.lemmas(w))));
    String listed = models.lexicon(material.language()).translation(lemma, pos, context);
    if (listed != null) {
      return new Translator.Translation(listed, material.language());
    }
    String definition = models.wordNet.entry(lemma, pos).definition();
    return definition.isEmpty() ? null : new Translator.Translation(definition, "en");
  }
}
