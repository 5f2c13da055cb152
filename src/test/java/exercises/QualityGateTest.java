package exercises;

import static org.assertj.core.api.Assertions.assertThat;

import exercises.language.Difficulty;
import exercises.language.Lexicon;
import exercises.language.PartOfSpeech;
import exercises.understanding.ClassroomTalk;
import exercises.understanding.LessonMaterial;
import exercises.understanding.Mistake;
import exercises.understanding.MistakeType;
import exercises.understanding.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every rule of the contract's section 5.8 meets a planted defect, and the same item without it.
 */
class QualityGateTest {
  private static final LessonMaterial LESSON =
      Lessons.of(
          """
          T: He climbed the ladder to paint the wall.
          S: She don't like the colour of the wall.
          T: Correct: She doesn't like the colour of the wall.
          T: Noam Peretz sits under the old tree.
          T: Metzuyan (excellent), the bucket is full of water.
          T: Where did you put the heavy bucket
          T: The two men carried the ladder into the garden yesterday.
          T: Okay so the paint is still wet.
          T: Can you hear me when I share my screen?
          T: The dog is happy. The dog is glad. I went to the market.
          S: My uncle has a very long ladder.
          T: She was so happy that she laughed.
          """
              .strip());
  private static final Provenance LADDER = at(0);
  private static final String LADDER_TEXT = "He climbed the ladder to paint the wall.";
  private static final Mistake MISTAKE =
      mistake("She don't like the colour of the wall.", "She doesn't like the colour of the wall.");
  private final QualityGate gate = new QualityGate(Lessons.MODELS);

  private static Provenance at(int turn) {
    return Provenance.of(LESSON.utterances().get(turn));
  }

  private static Mistake mistake(String incorrect, String correct) {
    return new Mistake(
        "m",
        incorrect,
        correct,
        MistakeType.SUBJECT_VERB_AGREEMENT,
        "don't",
        "doesn't",
        "she do n't",
        "rule",
        "context",
        Difficulty.BEGINNER,
        0.9,
        "teacher_correction",
        "hint",
        at(1));
  }

  private static Flashcard card(
      String word,
      String translation,
      String language,
      String example,
      String hint,
      Provenance source) {
    return new Flashcard(
        "c",
        word,
        translation,
        language,
        example,
        Difficulty.BEGINNER,
        "noun",
        "content_word",
        hint,
        source);
  }

  private static Flashcard card(String word, String example, Provenance source) {
    return card(word, "סולם", "he", example, "A noun.", source);
  }

  private static SpellingWord spelling(
      String word, String example, String hint, Provenance source) {
    return new SpellingWord(
        "s", word, "סולם", "he", hint, example, Difficulty.BEGINNER, "content_word", source);
  }

  private static FillBlank gap(
      String sentence, List<String> options, String answer, String concept, Provenance source) {
    return new FillBlank(
        "f",
        sentence,
        options,
        answer,
        Difficulty.BEGINNER,
        "It is about \"paint\" and the wall, the dog, she, the market.",
        "Think again.",
        concept,
        "",
        source);
  }

  private static FillBlank ladderGap(String sentence, List<String> options) {
    return gap(sentence, options, "ladder", "vocabulary", LADDER);
  }

  private static FillBlank explained(String explanation, String hint) {
    return new FillBlank(
        "f",
        "He climbed the _____ to paint the wall.",
        List.of("ladder", "soup", "week", "uncle"),
        "ladder",
        Difficulty.BEGINNER,
        explanation,
        hint,
        "vocabulary",
        "",
        LADDER);
  }

  private static GrammarChallenge challenge(
      String prompt, List<String> options, String answer, Provenance source) {
    return new GrammarChallenge(
        "g",
        prompt,
        options,
        answer,
        "About \"wall\" and \"ladder\", I, she, the.",
        "Think again.",
        Difficulty.BEGINNER,
        "verb_tense",
        "",
        source);
  }

  private static SentenceBuilder builder(
      String english,
      List<String> tokens,
      List<List<String>> accepted,
      String translation,
      Provenance source) {
    return new SentenceBuilder(
        "b",
        english,
        tokens,
        accepted,
        List.of(),
        translation,
        "Start with the subject.",
        Difficulty.BEGINNER,
        source);
  }

  private static SentenceBuilder ladderBuilder(List<String> tokens, List<List<String>> accepted) {
    return builder(LADDER_TEXT, tokens, accepted, null, LADDER);
  }

  private static AdvancedCloze cloze(
      String sentence,
      List<String> one,
      String answerOne,
      List<String> two,
      String answerTwo,
      Provenance source) {
    return new AdvancedCloze(
        "a",
        sentence,
        new AdvancedCloze.Blank(one, answerOne, "First."),
        new AdvancedCloze.Blank(two, answerTwo, "Second."),
        Difficulty.INTERMEDIATE,
        "source",
        "advanced_cloze",
        "why",
        source);
  }

  private static final List<String> TOKENS =
      List.of("He", "climbed", "the", "ladder", "to", "paint", "the", "wall", ".");
  private static final List<String> LADDERS = List.of("ladder", "soup", "week", "uncle");
  private static final List<String> CLIMBS = List.of("climbed", "climb", "climbing", "to climb");

  /** rule, an item with the defect, the same without. */
  static Stream<Arguments> defects() {
    FillBlank goodGap = ladderGap("He climbed the _____ to paint the wall.", LADDERS);
    Flashcard goodCard = card("ladder", LADDER_TEXT, LADDER);
    SentenceBuilder goodBuilder = ladderBuilder(TOKENS, List.of(TOKENS));
    AdvancedCloze goodCloze =
        cloze(
            "He _____ the _____ to paint the wall.", CLIMBS, "climbed", LADDERS, "ladder", LADDER);
    GrammarChallenge goodChallenge =
        challenge("He _____ the ladder to paint the wall.", CLIMBS, "climbed", LADDER);
    return Stream.of(
        Arguments.of(
            "blank_count", ladderGap("He climbed the ladder to paint the wall.", LADDERS), goodGap),
        Arguments.of(
            "blank_count", ladderGap("He climbed the _____ to paint the _____.", LADDERS), goodGap),
        Arguments.of(
            "blank_count",
            cloze(
                "He _____ the ladder to paint the wall.",
                CLIMBS,
                "climbed",
                LADDERS,
                "ladder",
                LADDER),
            goodCloze),
        Arguments.of(
            "blank_in_word",
            ladderGap("He climbed the step_____ to paint the wall.", LADDERS),
            goodGap),
        Arguments.of(
            "options",
            ladderGap("He climbed the _____ to paint the wall.", List.of("ladder", "soup", "week")),
            goodGap),
        Arguments.of(
            "options",
            ladderGap(
                "He climbed the _____ to paint the wall.", List.of("ladder", "soup", "week", " ")),
            goodGap),
        Arguments.of(
            "options",
            ladderGap(
                "He climbed the _____ to paint the wall.",
                List.of("roof", "soup", "week", "uncle")),
            goodGap),
        Arguments.of(
            "options",
            cloze(
                "He _____ the _____ to paint the wall.",
                List.of("climbed", "climb"),
                "climbed",
                LADDERS,
                "ladder",
                LADDER),
            goodCloze),
        Arguments.of(
            "duplicate_options",
            ladderGap(
                "He climbed the _____ to paint the wall.",
                List.of("ladder", "soup", "Soup", "uncle")),
            goodGap),
        Arguments.of(
            "word_or_translation_missing",
            card("ladder", " ", "he", LADDER_TEXT, "A noun.", LADDER),
            goodCard),
        Arguments.of("word_or_translation_missing", card("", LADDER_TEXT, LADDER), goodCard),
        Arguments.of(
            "translation_script",
            card("ladder", "sulam", "he", LADDER_TEXT, "A noun.", LADDER),
            card("ladder", "steps with rungs for going up", "en", LADDER_TEXT, "A noun.", LADDER)),
        Arguments.of(
            "example_without_word",
            card("bucket", LADDER_TEXT, LADDER),
            card("climb", LADDER_TEXT, LADDER)),
        Arguments.of(
            "word_length",
            spelling("to", LADDER_TEXT, "סולם", LADDER),
            spelling("paint", LADDER_TEXT, "סולם", LADDER)),
        Arguments.of(
            "hint_gives_answer",
            spelling("ladder", LADDER_TEXT, "It is a ladder.", LADDER),
            spelling("ladder", LADDER_TEXT, "סולם", LADDER)),
        Arguments.of(
            "hint_gives_answer",
            explained("\"ladder\" completes it.", "You climb a ladder."),
            explained("\"ladder\" completes it.", "You climb it.")),
        Arguments.of(
            "explanation_elsewhere",
            explained("Elephants never forget.", "Think."),
            explained("\"ladder\" completes it.", "Think.")),
        Arguments.of(
            "sentence_length",
            gap(
                "Paint the _____.",
                List.of("wall", "week", "soup", "uncle"),
                "wall",
                "vocabulary",
                LADDER),
            goodGap),
        Arguments.of(
            "sentence_length",
            builder(
                "Paint the wall.",
                List.of("Paint", "the", "wall", "."),
                List.of(List.of("Paint", "the", "wall", ".")),
                null,
                LADDER),
            goodBuilder),
        Arguments.of(
            "sentence_length",
            cloze("He _____ the _____.", CLIMBS, "climbed", LADDERS, "ladder", LADDER),
            goodCloze),
        Arguments.of(
            "sentence_form",
            card("ladder", "He climbed the ladder to paint the wall", LADDER),
            goodCard),
        Arguments.of(
            "sentence_form",
            card("ladder", "He climbed the ladder to paint the wall..", LADDER),
            goodCard),
        Arguments.of(
            "sentence_form",
            card("ladder", "he climbed the ladder to paint the wall.", LADDER),
            goodCard),
        Arguments.of(
            "sentence_form",
            card("ladder", "He climbed the ladder to paint… the wall.", LADDER),
            goodCard),
        Arguments.of(
            "sentence_form",
            card("paint", "Okay so the paint is still wet.", at(7)),
            card("paint", "The paint is still wet.", at(7))),
        Arguments.of(
            "participant_name",
            card("tree", "Noam Peretz sits under the old tree.", at(3)),
            goodCard),
        Arguments.of(
            "participant_name",
            card("omer", "Omer climbed the ladder to paint the wall.", LADDER),
            goodCard),
        Arguments.of(
            "clock_stamp_or_label",
            card("ladder", "He climbed the ladder 00:01:14 to paint the wall.", LADDER),
            goodCard),
        Arguments.of(
            "clock_stamp_or_label",
            card("ladder", "Teacher: He climbed the ladder to paint the wall.", LADDER),
            goodCard),
        Arguments.of(
            "not_grounded",
            card("ladder", "A ladder stands behind every house in our street.", LADDER),
            goodCard),
        Arguments.of(
            "not_grounded", card("ladder", LADDER_TEXT, new Provenance(99, null, "")), goodCard),
        Arguments.of(
            "wrong_model",
            card("colour", "She don't like the colour of the wall.", at(1)),
            card("colour", "She doesn't like the colour of the wall.", at(1))),
        Arguments.of(
            "wrong_model", card("ladder", "My uncle has a very long ladder.", at(10)), goodCard),
        Arguments.of(
            "wrong_model",
            card("ladder", "He climbed a old ladder to paint the wall.", LADDER),
            goodCard),
        Arguments.of(
            "not_english",
            card("metzuyan", "Metzuyan, the bucket is full of water.", at(4)),
            card("bucket", "The bucket is full of water.", at(4))),
        Arguments.of(
            "foreign_word",
            card("bucket", "Metzuyan, the bucket is full of water.", at(4)),
            card("bucket", "The bucket is full of water.", at(4))),
        Arguments.of("not_english", card("screen", LADDER_TEXT, LADDER), goodCard),
        Arguments.of("not_latin", card("סולם", LADDER_TEXT, LADDER), goodCard),
        Arguments.of(
            "classroom_talk",
            card("hear", "Can you hear me when I share my screen?", at(8)),
            goodCard),
        Arguments.of(
            "question_mark",
            card("bucket", "Where did you put the heavy bucket.", at(5)),
            card("bucket", "Where did you put the heavy bucket?", at(5))),
        Arguments.of(
            "several_right_options",
            gap(
                "She was so _____ that she laughed.",
                List.of("happy", "glad", "wooden", "cheap"),
                "happy",
                "vocabulary",
                at(11)),
            gap(
                "She was so _____ that she laughed.",
                List.of("happy", "cloudy", "wooden", "cheap"),
                "happy",
                "vocabulary",
                at(11))),
        Arguments.of(
            "several_right_options",
            challenge(
                "I _____ to the market.", List.of("went", "go", "gone", "going"), "went", at(9)),
            challenge(
                "I _____ to the market.", List.of("went", "goes", "gone", "going"), "went", at(9))),
        Arguments.of(
            "several_right_options",
            challenge(
                "He climbed _____ ladder to paint the wall.",
                List.of("the", "a", "an", "these"),
                "the",
                LADDER),
            goodChallenge),
        Arguments.of(
            "several_right_options",
            challenge("The dog _____ happy.", List.of("is", "was", "are", "be"), "is", at(9)),
            challenge("The dog _____ happy.", List.of("is", "am", "are", "be"), "is", at(9))),
        Arguments.of(
            "other_word_class",
            ladderGap(
                "He climbed the _____ to paint the wall.",
                List.of("ladder", "beautiful", "week", "uncle")),
            goodGap),
        Arguments.of(
            "other_word_class",
            ladderGap(
                "He climbed the _____ to paint the wall.",
                List.of("ladder", "soups", "week", "uncle")),
            goodGap),
        Arguments.of(
            "tokens",
            ladderBuilder(
                List.of("He", "climbed", "the", "ladder", "to", "paint", "the", "wall."),
                List.of(TOKENS)),
            goodBuilder),
        Arguments.of("tokens", ladderBuilder(TOKENS, List.of(TOKENS.subList(0, 8))), goodBuilder),
        Arguments.of("tokens", ladderBuilder(TOKENS, List.of()), goodBuilder),
        Arguments.of(
            "translation_script",
            builder(LADDER_TEXT, TOKENS, List.of(TOKENS), "hu tipes", LADDER),
            builder(LADDER_TEXT, TOKENS, List.of(TOKENS), "הוא טיפס על הסולם.", LADDER)),
        Arguments.of(
            "too_long",
            card(
                "ladder",
                "He climbed the ladder " + "to paint the wall ".repeat(20) + "again.",
                LADDER),
            goodCard),
        Arguments.of(
            "markup",
            card("ladder", "He climbed the <b>ladder</b> to paint the wall.", LADDER),
            goodCard),
        Arguments.of(
            "profanity",
            card("ladder", "He climbed the shitty ladder to paint the wall.", LADDER),
            goodCard),
        Arguments.of(
            "hesitation",
            card("ladder", "He climbed the um ladder to paint the wall.", LADDER),
            goodCard),
        Arguments.of(
            "answer_noise",
            ladderGap(
                "He climbed the _____ to paint the wall.",
                List.of("ladder", "hmm", "week", "uncle")),
            goodGap),
        Arguments.of(
            "misspelled",
            card("ladder", "He climbed the ladder to piant the wall.", LADDER),
            goodCard),
        Arguments.of("incomplete", card("ladder", "The ladder into the garden.", at(6)), goodCard),
        Arguments.of(
            "stem_gives_answer",
            ladderGap("He climbed the ladder, the _____ to paint the wall.", LADDERS),
            goodGap),
        Arguments.of(
            "wrong_order",
            ladderBuilder(
                TOKENS,
                List.of(
                    TOKENS,
                    List.of("He", "wall", "the", "ladder", "to", "paint", "the", "climbed", "."))),
            goodBuilder));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("defects")
  void dropsTheDefectAndKeepsItsTwin(String rule, Object defective, Object good) {
    GateReport bad = gate.check(set(List.of(defective)), LESSON);
    assertThat(bad.rejected()).isEqualTo(Map.of(rule, 1));
    assertThat(bad.kept().total()).isZero();
    assertThat(bad.kept().metadata().rejected()).containsEntry(rule, 1);
    assertThat(GateRules.all()).containsKey(rule);

    GateReport fine = gate.check(set(List.of(good)), LESSON);
    assertThat(fine.rejected()).isEmpty();
    assertThat(fine.kept().total()).isEqualTo(1);
  }

  @Test
  void everyRuleHasADefectHere() {
    List<String> planted = new ArrayList<>(defects().map(a -> (String) a.get()[0]).toList());
    planted.addAll(
        List.of("duplicate_word", "duplicate_item", "mistake_unchanged", "sentence_missing"));
    // Against a lesson's level: LevelsTest.
    planted.add("too_hard");
    // Between items: SetRulesTest.
    planted.addAll(
        List.of("near_duplicate", "neighbour_gives_answer", "position_skew", "had_before"));

    assertThat(GateRules.all().keySet()).allSatisfy(rule -> assertThat(planted).contains(rule));
  }

  @Test
  void aWordComesOnceAKind() {
    GateReport report =
        gate.check(
            set(
                List.of(
                    card("ladder", LADDER_TEXT, LADDER),
                    card("Ladder", LADDER_TEXT, LADDER),
                    spelling("ladder", LADDER_TEXT, "סולם", LADDER))),
            LESSON);

    assertThat(report.rejected()).isEqualTo(Map.of("duplicate_word", 1));
    assertThat(report.kept().total()).isEqualTo(2);
  }

  @Test
  void anItemComesOnce() {
    FillBlank gap = ladderGap("He climbed the _____ to paint the wall.", LADDERS);

    assertThat(gate.check(set(List.of(gap, gap)), LESSON).rejected())
        .isEqualTo(Map.of("duplicate_item", 1));
  }

  @Test
  void anExampleMustBeThere() {
    assertThat(gate.check(set(List.of(card("ladder", "", LADDER))), LESSON).rejected())
        .isEqualTo(Map.of("sentence_missing", 1));
  }

  @Test
  void aCorrectionThatChangesNothingIsNone() {
    ExerciseSet set =
        withMistakes(set(List.of()), List.of(mistake("The paint is wet.", "the paint is wet.")));

    assertThat(gate.check(set, LESSON).rejected()).isEqualTo(Map.of("mistake_unchanged", 1));
  }

  @Test
  void sizeIsAWarning() {
    ExerciseSet few = gate.check(set(List.of(card("ladder", LADDER_TEXT, LADDER))), LESSON).kept();
    assertThat(few.metadata().warnings()).singleElement().asString().contains("1 exercises");
    assertThat(few.metadata().qualityPassed()).isFalse();

    List<String> nouns =
        Lexicon.of("he").words(PartOfSpeech.NOUN).stream()
            .filter(w -> w.matches("[a-z]{4,}"))
            .filter(w -> !ClassroomTalk.matches("my " + w))
            .limit(73)
            .toList();
    List<Object> many = new ArrayList<>();
    StringBuilder lesson = new StringBuilder();
    IntStream.range(0, 73)
        .forEach(
            i ->
                lesson
                    .append("T: My friend sees the ")
                    .append(nouns.get(i))
                    .append(" every day.\n"));
    LessonMaterial long73 = Lessons.of(lesson.toString().strip());
    IntStream.range(0, 73)
        .forEach(
            i ->
                many.add(
                    card(
                        nouns.get(i),
                        "My friend sees the " + nouns.get(i) + " every day.",
                        Provenance.of(long73.utterances().get(i)))));
    GateReport report = gate.check(withMistakes(set(many), List.of()), long73);
    assertThat(report.rejected()).isEmpty();
    assertThat(report.kept().metadata().warnings())
        .singleElement()
        .asString()
        .contains("more than the usual 72");
  }

  @Test
  void definitionsInPlaceOfTranslationsAreAWarning() {
    ExerciseSet kept =
        gate.check(
                set(
                    List.of(
                        card("ladder", "steps with rungs", "en", LADDER_TEXT, "A noun.", LADDER))),
                LESSON)
            .kept();

    assertThat(kept.metadata().warnings())
        .anySatisfy(w -> assertThat(w).contains("1 of 1 translations are English definitions"));
  }

  private static ExerciseSet withMistakes(ExerciseSet set, List<Mistake> mistakes) {
    return new ExerciseSet(
        set.flashcards(),
        set.spelling(),
        set.fillBlank(),
        set.sentenceBuilder(),
        set.grammarChallenge(),
        set.advancedCloze(),
        mistakes,
        set.transcriptLength(),
        set.metadata());
  }

  private static ExerciseSet set(List<?> items) {
    return new ExerciseSet(
        of(items, Flashcard.class),
        of(items, SpellingWord.class),
        of(items, FillBlank.class),
        of(items, SentenceBuilder.class),
        of(items, GrammarChallenge.class),
        of(items, AdvancedCloze.class),
        List.of(MISTAKE),
        LESSON.transcriptLength(),
        new ExerciseSet.Metadata(3, "test", "he", 0, 0, true, List.of(), Map.of()));
  }

  private static <T> List<T> of(List<?> items, Class<T> kind) {
    return items.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
