package exercises.model;

import exercises.AdvancedCloze;
import exercises.AnswerPositions;
import exercises.ExerciseSet;
import exercises.FillBlank;
import exercises.Flashcard;
import exercises.GateReport;
import exercises.GeneratedSet;
import exercises.GrammarChallenge;
import exercises.OptionRules;
import exercises.SentenceBuilder;
import exercises.SpellingWord;
import exercises.rulebased.ItemLimits;
import exercises.rulebased.RuleBasedGenerator;
import exercises.understanding.LessonMaterial;
import exercises.understanding.Mistake;
import exercises.understanding.ModelSentences;
import exercises.understanding.Understanding;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes one set of what the model's answers became and what the rules made: the model's items
 * first, the rules' where room is left, all through the quality gate.
 */
final class SetAssembly {
  private static final int SPARE = 3;

  private final LessonTools tools;
  private final LessonMaterial material;
  private final RuleBasedGenerator.Reading reading;
  private final ExerciseSet rules;
  private final Map<String, Set<String>> fromModel = new LinkedHashMap<>();

  /** What came back for the parts of a set; empty where the model failed. */
  record Answers(
      Optional<JsonObject> words, Optional<JsonObject> gaps, Optional<JsonObject> sentences) {
    boolean none() {
      return words.isEmpty() && gaps.isEmpty() && sentences.isEmpty();
    }
  }

  SetAssembly(
      LessonTools tools,
      LessonMaterial material,
      RuleBasedGenerator.Reading reading,
      ExerciseSet rules) {
    this.tools = tools;
    this.material = material;
    this.reading = reading;
    this.rules = rules;
  }

  GeneratedSet assemble(
      LessonNotes notes,
      ModelDraft draft,
      Answers answers,
      List<ModelDraft.Single> singles,
      List<ModelDraft.Pair> pairs,
      ModelSpending spending) {
    Map<String, String> hints = new HashMap<>();
    List<NotedWord> words = draft.words(answers.words(), hints);
    Set<String> used = new HashSet<>();
    List<GrammarChallenge> challenges =
        unused(
            draft.challenges(singles),
            g -> OptionRules.fill(g.prompt(), List.of(g.correctAnswer())),
            used,
            ItemLimits.GRAMMAR_CHALLENGE + SPARE);
    List<AdvancedCloze> cloze =
        unused(
            draft.cloze(pairs), AdvancedCloze::sourceSentence, used, ItemLimits.ADVANCED_CLOZE + 1);
    List<FillBlank> blanks =
        unused(draft.fillBlanks(singles), SetAssembly::whole, used, ItemLimits.FILL_BLANK + SPARE);
    // a kind of its own is worth more than one more choice: a sentence is given back for it
    for (int last = challenges.size() - 1;
        last > 0
            && blanks.isEmpty()
            && fresh(rules.fillBlank(), used, SetAssembly::whole).isEmpty();
        last--) {
      GrammarChallenge given = challenges.get(last);
      Set<String> without = new HashSet<>(used);
      without.remove(
          ModelSentences.key(OptionRules.fill(given.prompt(), List.of(given.correctAnswer()))));
      List<FillBlank> found = unused(draft.fillBlanks(singles), SetAssembly::whole, without, 1);
      if (!found.isEmpty() || !fresh(rules.fillBlank(), without, SetAssembly::whole).isEmpty()) {
        challenges = challenges.stream().filter(one -> one != given).toList();
        blanks = found;
        used.clear();
        used.addAll(without);
        break;
      }
    }
    List<SentenceBuilder> builders = answers.sentences().map(draft::builders).orElse(List.of());
    ExerciseSet candidates =
        new ExerciseSet(
            filled(
                "flashcards",
                draft.flashcards(words, hints),
                rules.flashcards(),
                Flashcard::id,
                f -> f.word().toLowerCase(Locale.ROOT)),
            filled(
                "spelling",
                draft.spelling(words),
                rules.spelling(),
                SpellingWord::id,
                s -> s.word().toLowerCase(Locale.ROOT)),
            filled(
                "fill_blank",
                blanks,
                fresh(
                    rules.fillBlank(),
                    used,
                    f -> OptionRules.fill(f.sentence(), List.of(f.correctAnswer()))),
                FillBlank::id,
                f -> OptionRules.fill(f.sentence(), List.of(f.correctAnswer()))),
            filled(
                "sentence_builder",
                builders,
                rules.sentenceBuilder(),
                SentenceBuilder::id,
                SentenceBuilder::english),
            filled(
                "grammar_challenge",
                challenges,
                fresh(
                    rules.grammarChallenge(),
                    used,
                    g -> OptionRules.fill(g.prompt(), List.of(g.correctAnswer()))),
                GrammarChallenge::id,
                g -> OptionRules.fill(g.prompt(), List.of(g.correctAnswer()))),
            filled(
                "advanced_cloze",
                cloze,
                fresh(rules.advancedCloze(), used, AdvancedCloze::sourceSentence),
                AdvancedCloze::id,
                AdvancedCloze::sourceSentence),
            notes.mistakes(),
            material.transcriptLength(),
            metadata(notes));
    GateReport report = tools.gate.check(AnswerPositions.spread(candidates), material);
    ExerciseSet set = RuleBasedGenerator.limited(report, report.kept().metadata());
    // Some rules look at the whole set, which has just become smaller.
    return named(settled(set), notes, spending);
  }

  /**
   * What stays when the gate looks again: an item that goes may leave the others' right answers
   * skewed, so until nothing more goes. Every look but the last takes an item, so it ends.
   */
  private ExerciseSet settled(ExerciseSet set) {
    ExerciseSet left = set;
    GateReport report = tools.gate.check(left, material);
    while (!report.rejections().isEmpty() && report.kept().total() < left.total()) {
      left = report.kept();
      report = tools.gate.check(left, material);
    }
    return left;
  }

  private GeneratedSet named(ExerciseSet set, LessonNotes notes, ModelSpending spending) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("flashcards", origin("flashcards", set.flashcards(), Flashcard::id));
    parts.put("spelling", origin("spelling", set.spelling(), SpellingWord::id));
    parts.put("fill_blank", origin("fill_blank", set.fillBlank(), FillBlank::id));
    parts.put(
        "sentence_builder", origin("sentence_builder", set.sentenceBuilder(), SentenceBuilder::id));
    parts.put(
        "grammar_challenge",
        origin("grammar_challenge", set.grammarChallenge(), GrammarChallenge::id));
    parts.put("advanced_cloze", origin("advanced_cloze", set.advancedCloze(), AdvancedCloze::id));
    fromModel.put("mistakes", notes.fromModel());
    parts.put("mistakes", origin("mistakes", set.mistakes(), Mistake::id));
    boolean model = parts.values().stream().anyMatch(o -> o.contains("model"));
    boolean byRules = parts.values().stream().anyMatch(o -> o.contains("rules"));
    String generator =
        !model
            ? RuleBasedGenerator.NAME
            : byRules ? ModelGenerator.NAME + "+" + RuleBasedGenerator.NAME : ModelGenerator.NAME;
    ExerciseSet.Metadata old = set.metadata();
    Map<String, Integer> rejected = new TreeMap<>(old.rejected());
    notes.refused().forEach((reason, count) -> rejected.merge(reason, count, Integer::sum));
    ExerciseSet.Metadata metadata =
        new ExerciseSet.Metadata(
            old.lessonNumber(),
            generator,
            old.language(),
            old.vocabularyCount(),
            old.sentencesCount(),
            old.qualityPassed(),
            old.warnings(),
            rejected,
            old.rejections(),
            old.level(),
            old.levels());
    ExerciseSet done = set.with(metadata);
    List<String> rejections = new ArrayList<>(GeneratedSet.told(done));
    notes
        .refused()
        .forEach(
            (reason, count) -> rejections.add(reason + ": " + count + " of the model's notes"));
    return new GeneratedSet(
        done,
        model ? spending.model() : Optional.empty(),
        parts,
        understood(notes),
        rejections,
        spending.toJson());
  }

  private Understanding understood(LessonNotes notes) {
    Understanding ruled = reading.understanding();
    Understanding.Focus focus =
        new Understanding.Focus(
            notes.focus(), ruled.focus().topic(), ruled.focus().frames(), ruled.focus().evidence());
    return new Understanding(focus, ruled.vocabulary(), notes.mistakes(), ruled.setAside());
  }

  private ExerciseSet.Metadata metadata(LessonNotes notes) {
    return new ExerciseSet.Metadata(
        material.lessonNumber(),
        ModelGenerator.NAME,
        material.language(),
        notes.words().size(),
        notes.sentences().size(),
        true,
        List.of(),
        Map.of());
  }

  /** The items whose sentence no earlier kind has, at most so many; marks their sentences. */
  private static <T> List<T> unused(
      List<T> items, Function<T, String> sentence, Set<String> used, int most) {
    List<T> kept = new ArrayList<>();
    for (T item : items) {
      if (kept.size() < most && used.add(ModelSentences.key(sentence.apply(item)))) {
        kept.add(item);
      }
    }
    return kept;
  }

  private static <T> List<T> fresh(List<T> items, Set<String> used, Function<T, String> sentence) {
    return items.stream()
        .filter(item -> !used.contains(ModelSentences.key(sentence.apply(item))))
        .toList();
  }

  private static String whole(FillBlank gap) {
    return OptionRules.fill(gap.sentence(), List.of(gap.correctAnswer()));
  }

  /** The model's items, then the rules' that say something else. */
  private <T> List<T> filled(
      String kind,
      List<T> model,
      List<T> byRules,
      Function<T, String> id,
      Function<T, String> content) {
    Set<String> ids = new HashSet<>();
    Set<String> contents = new HashSet<>();
    List<T> all = new ArrayList<>(model);
    for (T item : model) {
      ids.add(id.apply(item));
      contents.add(content.apply(item));
    }
    fromModel.put(kind, ids);
    byRules.stream().filter(item -> contents.add(content.apply(item))).forEach(all::add);
    return all;
  }

  private <T> String origin(String kind, List<T> items, Function<T, String> id) {
    Set<String> ids = fromModel.getOrDefault(kind, Set.of());
    long model = items.stream().filter(item -> ids.contains(id.apply(item))).count();
    if (items.isEmpty()) {
      return "none";
    }
    return model == 0 ? "rules" : model == items.size() ? "model" : "model+rules";
  }
}
