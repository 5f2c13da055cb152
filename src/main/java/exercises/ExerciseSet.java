package exercises;

import exercises.language.Level;
import exercises.understanding.Mistake;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What one lesson became: six kinds of items, the mistakes behind them, and how it went. */
public record ExerciseSet(
    List<Flashcard> flashcards,
    List<SpellingWord> spelling,
    List<FillBlank> fillBlank,
    List<SentenceBuilder> sentenceBuilder,
    List<GrammarChallenge> grammarChallenge,
    List<AdvancedCloze> advancedCloze,
    List<Mistake> mistakes,
    int transcriptLength,
    Metadata metadata) {

  /**
   * About the set rather than its items.
   *
   * @param vocabularyCount words found worth practising, at most 15
   * @param sentencesCount sentences of the lesson fit to be models
   * @param qualityPassed true when every item passed the gate's rules and there are 8 to 40 of them
   * @param warnings readable, for the teacher who approves
   * @param rejected items the quality gate dropped, by rule
   * @param rejections the same with the items' texts, so that a person can judge the rule
   * @param level of what was said in the lesson; empty when too little was
   * @param levels of the items by their id; empty before the quality gate has looked
   */
  public record Metadata(
      int lessonNumber,
      String generator,
      String language,
      int vocabularyCount,
      int sentencesCount,
      boolean qualityPassed,
      List<String> warnings,
      Map<String, Integer> rejected,
      List<GateReport.Rejection> rejections,
      Optional<Level> level,
      Map<String, Level> levels) {
    /** At most so many rejections are kept with a set. */
    static final int MOST_REJECTIONS = 60;

    public Metadata {
      warnings = List.copyOf(warnings);
      rejections = rejections.stream().limit(MOST_REJECTIONS).toList();
      levels = Map.copyOf(levels);
    }

    /** Before the quality gate has looked. */
    public Metadata(
        int lessonNumber,
        String generator,
        String language,
        int vocabularyCount,
        int sentencesCount,
        boolean qualityPassed,
        List<String> warnings,
        Map<String, Integer> rejected) {
      this(
          lessonNumber,
          generator,
          language,
          vocabularyCount,
          sentencesCount,
          qualityPassed,
          warnings,
          rejected,
          List.of(),
          Optional.empty(),
          Map.of());
    }

    Metadata with(Optional<Level> lesson, Map<String, Level> items) {
      return new Metadata(
          lessonNumber,
          generator,
          language,
          vocabularyCount,
          sentencesCount,
          qualityPassed,
          warnings,
          rejected,
          rejections,
          lesson,
          items);
    }
  }

  /** The same items with something else said about them. */
  public ExerciseSet with(Metadata about) {
    return new ExerciseSet(
        flashcards,
        spelling,
        fillBlank,
        sentenceBuilder,
        grammarChallenge,
        advancedCloze,
        mistakes,
        transcriptLength,
        about);
  }

  /** Items of all six kinds; mistakes are not items. */
  public int total() {
    return flashcards.size()
        + spelling.size()
        + fillBlank.size()
        + sentenceBuilder.size()
        + grammarChallenge.size()
        + advancedCloze.size();
  }

  /** The members of contract section 5.6. */
  public JsonObject toJson() {
    JsonObject counts =
        new JsonObject()
            .put("flashcards", flashcards.size())
            .put("spelling", spelling.size())
            .put("fill_blank", fillBlank.size())
            .put("sentence_builder", sentenceBuilder.size())
            .put("grammar_challenge", grammarChallenge.size())
            .put("advanced_cloze", advancedCloze.size());
    JsonObject rejected = new JsonObject();
    metadata.rejected().forEach(rejected::put);
    JsonObject about =
        new JsonObject()
            .put("lesson_number", metadata.lessonNumber())
            .put("status", total() == 0 && mistakes.isEmpty() ? "empty" : "success")
            .put("quality_passed", metadata.qualityPassed())
            .put("vocabulary_count", metadata.vocabularyCount())
            .put("mistakes_count", mistakes.size())
            .put("sentences_count", metadata.sentencesCount())
            .put("total_exercises", total())
            .put("generator", metadata.generator())
            .putNull("model")
            .put("distractors_enhanced", false)
            .put("language", metadata.language())
            .put("cefr", metadata.level().map(Level::word).orElse(null))
            .put("warnings", new JsonArray(List.copyOf(metadata.warnings())))
            .put("rejected", rejected)
            .put("rejections", array(metadata.rejections(), GateReport.Rejection::toJson));
    return new JsonObject()
        .put("flashcards", levelled(flashcards, Flashcard::toJson))
        .put("spelling", levelled(spelling, SpellingWord::toJson))
        .put("fill_blank", levelled(fillBlank, FillBlank::toJson))
        .put("sentence_builder", levelled(sentenceBuilder, SentenceBuilder::toJson))
        .put("grammar_challenge", levelled(grammarChallenge, GrammarChallenge::toJson))
        .put("advanced_cloze", levelled(advancedCloze, AdvancedCloze::toJson))
        .put("mistakes", array(mistakes, Mistake::toJson))
        .put("counts", counts)
        .put("transcript_length", transcriptLength)
        .put("metadata", about);
  }

  /** Items as the contract has them, with their level beside their difficulty. */
  private <T> JsonArray levelled(List<T> items, Function<T, JsonObject> json) {
    JsonArray array = array(items, json);
    for (int i = 0; i < array.size(); i++) {
      JsonObject item = array.getJsonObject(i);
      Level level =
          item.getString("id") == null ? null : metadata.levels().get(item.getString("id"));
      if (level != null) {
        item.put("cefr", level.word());
      }
    }
    return array;
  }

  private static <T> JsonArray array(List<T> items, Function<T, JsonObject> json) {
    JsonArray array = new JsonArray();
    items.forEach(item -> array.add(json.apply(item)));
    return array;
  }
}
