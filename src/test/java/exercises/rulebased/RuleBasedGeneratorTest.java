package exercises.rulebased;

import static org.assertj.core.api.Assertions.assertThat;

import exercises.AdvancedCloze;
import exercises.ExerciseSet;
import exercises.FillBlank;
import exercises.Flashcard;
import exercises.GrammarChallenge;
import exercises.Lessons;
import exercises.QualityGate;
import exercises.QualityLesson;
import exercises.SentenceBuilder;
import exercises.SpellingWord;
import exercises.understanding.LessonMaterial;
import exercises.understanding.Mistake;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import transcripts.Role;
import transcripts.Utterance;

/** The rules of section 5.8 again, written without the gate's code, over every lesson we have. */
class RuleBasedGeneratorTest {
  private final RuleBasedGenerator generator = new RuleBasedGenerator(Lessons.MODELS);

  static List<String> lessons() {
    return Lessons.ALL;
  }

  @Test
  void whatTheStudentHadDoesNotComeAgain() {
    LessonMaterial first = QualityLesson.named("kid-possessives").material();
    ExerciseSet had = generator.generate(first);
    LessonMaterial second =
        new LessonMaterial(
            "another lesson",
            2,
            first.language(),
            first.utterances(),
            first.transcriptLength(),
            QualityGate.keys(had));

    ExerciseSet again = generator.generate(second);

    assertThat(had.total()).isGreaterThanOrEqualTo(8);
    assertThat(again.total()).isLessThan(had.total());
    assertThat(QualityGate.keys(again)).doesNotContainAnyElementsOf(QualityGate.keys(had));
    assertThat(again.metadata().rejected()).containsKey("had_before");
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void setHasTheContractsShapeAndCounts(String name) {
    LessonMaterial lesson = Lessons.file(name);
    JsonObject set = generator.generate(lesson).toJson();

    assertThat(set.fieldNames())
        .containsExactlyInAnyOrder(
            "flashcards",
            "spelling",
            "fill_blank",
            "sentence_builder",
            "grammar_challenge",
            "advanced_cloze",
            "mistakes",
            "counts",
            "transcript_length",
            "metadata");
    Map<String, Integer> most =
        Map.of(
            "flashcards",
            15,
            "spelling",
            12,
            "fill_blank",
            12,
            "sentence_builder",
            10,
            "grammar_challenge",
            12,
            "advanced_cloze",
            8);
    int total = 0;
    for (Map.Entry<String, Integer> kind : most.entrySet()) {
      int size = set.getJsonArray(kind.getKey()).size();
      assertThat(size).as(kind.getKey()).isBetween(1, kind.getValue());
      assertThat(set.getJsonObject("counts").getInteger(kind.getKey())).isEqualTo(size);
      total += size;
    }
    JsonObject about = set.getJsonObject("metadata");
    assertThat(about.getInteger("total_exercises")).isEqualTo(total).isBetween(20, 69);
    assertThat(about.getString("status")).isEqualTo("success");
    assertThat(about.getBoolean("quality_passed")).isTrue();
    assertThat(about.getString("generator")).isEqualTo("rules/1");
    assertThat(about.getString("language")).isEqualTo("he");
    assertThat(about.getInteger("lesson_number")).isEqualTo(3);
    assertThat(about.getInteger("mistakes_count"))
        .isEqualTo(set.getJsonArray("mistakes").size())
        .isBetween(1, 15);
    // Fewer good words rather than those a learner has known for long.
    assertThat(about.getInteger("vocabulary_count")).isBetween(6, 15);
    assertThat(set.getInteger("transcript_length")).isEqualTo(lesson.transcriptLength());
    Set<String> ids = new HashSet<>();
    items(set)
        .forEach(
            item -> {
              assertThat(UUID.fromString(item.getString("id"))).isNotNull();
              assertThat(ids.add(item.getString("id"))).isTrue();
            });
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void everySentenceWasSaidByTheTeacherOrCorrected(String name) {
    LessonMaterial lesson = Lessons.file(name);
    ExerciseSet set = generator.generate(lesson);
    Set<String> corrected = new HashSet<>();
    set.mistakes().forEach(m -> corrected.add(plain(m.correct())));
    for (Map.Entry<String, JsonObject> shown : sentences(set.toJson()).entrySet()) {
      Utterance turn = lesson.utterances().get(shown.getValue().getInteger("source_utterance"));
      boolean said =
          turn.role() == Role.TEACHER && plain(turn.text()).contains(plain(shown.getKey()));
      assertThat(said || corrected.contains(plain(shown.getKey()))).as(shown.getKey()).isTrue();
      assertThat(shown.getValue().getInteger("source_second")).isEqualTo(turn.index() * 5);
      assertThat(turn.text()).startsWith(shown.getValue().getString("source_text").substring(0, 3));
    }
    for (Mistake mistake : set.mistakes()) {
      Utterance turn = lesson.utterances().get(mistake.provenance().utterance());
      assertThat(turn.role()).isEqualTo(Role.STUDENT);
      assertThat(sentences(set.toJson()).keySet().stream().map(RuleBasedGeneratorTest::plain))
          .doesNotContain(plain(mistake.incorrect()));
    }
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void everySentenceIsWellWritten(String name) {
    for (String sentence : sentences(generator.generate(Lessons.file(name)).toJson()).keySet()) {
      assertThat(sentence)
          .matches("[A-Z].*[^.?!][.?]")
          .doesNotContain("..", "…", "__", "(", ":", "\"");
      assertThat(sentence).doesNotMatch("(?i)(?:okay|um|uh|hmm|yeah|right|so|well)\\b.*");
      assertThat(sentence).doesNotContainPattern("\\d:\\d").hasSizeLessThan(300);
      assertThat(sentence)
          .doesNotContainIgnoringCase("hear me")
          .doesNotContainIgnoringCase("share my screen")
          .doesNotContainIgnoringCase("homework");
      assertThat(sentence).doesNotContainPattern("(?i)\\b(?:omer|tamar|daniel|yael|rivka|lev)\\b");
      assertThat(sentence)
          .doesNotContainPattern(
              "(?i)\\b(?:mitriya|yalkut|smicha|megira|metzuyan|sababa|nachon)\\b");
      if (sentence.matches(
          "(?:Do|Does|Did|Is|Are|Was|Were|Can|Would|What|Where|Who|Why|Whose) .*")) {
        assertThat(sentence).endsWith("?");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void optionsAreFourDifferentOnesAndTheAnswerFillsTheBlank(String name) {
    ExerciseSet set = generator.generate(Lessons.file(name));
    for (FillBlank gap : set.fillBlank()) {
      checkOptions(gap.options(), gap.correctAnswer());
      checkBlanks(gap.sentence(), 1);
      checkTexts(gap.explanation(), gap.hint(), gap.correctAnswer());
      assertThat(gap.sentence().split(" ").length).isGreaterThanOrEqualTo(5);
    }
    for (GrammarChallenge gap : set.grammarChallenge()) {
      checkOptions(gap.options(), gap.correctAnswer());
      checkBlanks(gap.prompt(), 1);
      checkTexts(gap.explanation(), gap.hint(), gap.correctAnswer());
      assertThat(gap.concept()).isNotEqualTo("vocabulary");
    }
    for (AdvancedCloze gap : set.advancedCloze()) {
      checkOptions(gap.blank1().options(), gap.blank1().correct());
      checkOptions(gap.blank2().options(), gap.blank2().correct());
      checkBlanks(gap.sentence(), 2);
      assertThat(
              gap.sentence()
                  .replaceFirst("_____", gap.blank1().correct())
                  .replaceFirst("_____", gap.blank2().correct()))
          .isEqualTo(gap.sourceSentence());
    }
  }

  private static void checkOptions(List<String> options, String answer) {
    assertThat(options).hasSize(4).contains(answer).doesNotContain("", " ");
    assertThat(options.stream().map(o -> o.toLowerCase(Locale.ROOT)).distinct()).hasSize(4);
  }

  private static void checkBlanks(String text, int blanks) {
    assertThat(text.split("_____", -1)).hasSize(blanks + 1);
    assertThat(text).doesNotContainPattern("\\p{L}_|_\\p{L}|_{6,}");
  }

  private static void checkTexts(String explanation, String hint, String answer) {
    assertThat(explanation).isNotBlank();
    assertThat(hint).isNotBlank().doesNotContain("\"" + answer + "\"");
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void builderTokensJoinToTheSentence(String name) {
    for (SentenceBuilder item : generator.generate(Lessons.file(name)).sentenceBuilder()) {
      assertThat(String.join(" ", item.tokens()).replaceAll(" ([.,?!])", "$1"))
          .isEqualTo(item.english());
      assertThat(item.tokens().stream().filter(t -> t.matches(".*\\p{L}.*")).count())
          .isBetween(4L, 12L);
      assertThat(item.tokens()).noneMatch(t -> t.matches("\\p{L}+[.,?!]"));
      assertThat(item.accepted().get(0)).isEqualTo(item.tokens());
      assertThat(item.accepted())
          .allSatisfy(
              order -> assertThat(order).containsExactlyInAnyOrderElementsOf(item.tokens()));
      assertThat(item.toJson().containsKey("translation")).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void wordsAreEnglishTranslatedAndInTheirSentence(String name) {
    ExerciseSet set = generator.generate(Lessons.file(name));
    Set<String> seen = new HashSet<>();
    for (Flashcard card : set.flashcards()) {
      assertThat(seen.add(card.word())).isTrue();
      assertThat(card.word()).matches("[a-z]{3,}( [a-z]+)?");
      assertThat(card.translation()).isNotBlank();
      if (card.translationLanguage().equals("he")) {
        assertThat(card.translation()).matches("[\\u0590-\\u05FF '\\u05BE-]+");
      } else {
        assertThat(card.translationLanguage()).isEqualTo("en");
      }
      String stem = card.word().substring(0, Math.min(3, card.word().length()));
      assertThat(
              irregular(card.word())
                  || card.exampleSentence().toLowerCase(Locale.ROOT).contains(stem))
          .as(card.word())
          .isTrue();
    }
    assertThat(set.spelling())
        .extracting(SpellingWord::word)
        .doesNotHaveDuplicates()
        .allMatch(w -> w.length() >= 3);
  }

  private static boolean irregular(String word) {
    return Set.of("fly", "eat", "buy", "man").contains(word);
  }

  @Test
  void announcedWordsComeFirst() {
    List<String> child =
        generator.generate(Lessons.file("possessives")).flashcards().stream()
            .map(Flashcard::word)
            .toList();
    assertThat(child).contains("umbrella", "backpack", "scooter", "blanket", "drawer");
    List<String> story =
        generator.generate(Lessons.file("silent_student")).flashcards().stream()
            .map(Flashcard::word)
            .toList();
    assertThat(story).contains("lighthouse", "storm", "candle", "brave");
  }

  @Test
  void grammarPractisesTheStudentsOwnMistakes() {
    ExerciseSet set = generator.generate(Lessons.file("past_adult"));

    assertThat(set.grammarChallenge())
        .hasSizeBetween(3, 12)
        .filteredOn(g -> !g.sourceMistake().isEmpty())
        .hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void glossInTheLearnersScriptIsTheTranslation() {
    ExerciseSet set =
        generator.generate(
            Lessons.of(
                "T: New word: hammock. A hammock (ערסל) hangs between two trees in the garden.\n"
                    + "S: Hammock.\n"
                    + "T: We sleep in the hammock in summer."));

    assertThat(set.flashcards())
        .filteredOn(f -> f.word().equals("hammock"))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.translation()).isEqualTo("ערסל");
              assertThat(f.translationLanguage()).isEqualTo("he");
            });
  }

  @Test
  void otherLanguagesGetMarkedDefinitionsAndOneWarning() {
    LessonMaterial hebrew = Lessons.file("silent_student");
    ExerciseSet set = generator.generate(new LessonMaterial("x", 1, "pt", hebrew.utterances(), 10));

    assertThat(set.flashcards())
        .isNotEmpty()
        .allSatisfy(f -> assertThat(f.translationLanguage()).isEqualTo("en"));
    assertThat(set.metadata().warnings())
        .singleElement()
        .asString()
        .contains("English definitions");
  }

  @Test
  void sameLessonSameSetWhateverZoneAndLocale() {
    TimeZone zone = TimeZone.getDefault();
    Locale locale = Locale.getDefault();
    String before = generator.generate(Lessons.file("past_adult")).toJson().encode();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      generator.generate(Lessons.file("conversation"));
      assertThat(generator.generate(Lessons.file("past_adult")).toJson().encode())
          .isEqualTo(before);
      assertThat(
              new RuleBasedGenerator(Lessons.MODELS)
                  .generate(Lessons.file("past_adult"))
                  .toJson()
                  .encode())
          .isEqualTo(before);
    } finally {
      TimeZone.setDefault(zone);
      Locale.setDefault(locale);
    }
  }

  @Test
  void generatorsOfSeveralThreadsShareTheModels() throws Exception {
    Map<String, String> alone = new HashMap<>();
    lessons()
        .forEach(name -> alone.put(name, generator.generate(Lessons.file(name)).toJson().encode()));
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        String name = Lessons.ALL.get(i % 4);
        tasks.add(
            () ->
                new RuleBasedGenerator(Lessons.MODELS)
                    .generate(Lessons.file(name))
                    .toJson()
                    .encode()
                    .equals(alone.get(name)));
      }
      for (Future<Boolean> same : pool.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
        assertThat(same.get()).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void anotherSeedMakesOtherIdsForTheSameContent() {
    LessonMaterial one = Lessons.file("possessives");
    LessonMaterial other =
        new LessonMaterial("lesson-58", 3, "he", one.utterances(), one.transcriptLength());
    ExerciseSet a = generator.generate(one);
    ExerciseSet b = generator.generate(other);

    assertThat(a.flashcards())
        .extracting(Flashcard::word)
        .isEqualTo(b.flashcards().stream().map(Flashcard::word).toList());
    assertThat(a.flashcards().get(0).id()).isNotEqualTo(b.flashcards().get(0).id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "T: Hello!",
        "S: Yes.",
        "T: Can you hear me?\n"
            + "S: Yes.\n"
            + "T: Great. Let me share my screen.\n"
            + "S: Okay.\n"
            + "T: See you next week. Bye!",
        "T: ???\nS: ...",
        "T: שלום, מה שלומך היום?\nS: טוב תודה."
      })
  void lessonWithoutMaterialIsEmpty(String text) {
    JsonObject set = generator.generate(Lessons.of(text)).toJson();

    assertThat(set.getJsonObject("metadata").getString("status")).isEqualTo("empty");
    assertThat(set.getJsonObject("metadata").getInteger("total_exercises")).isZero();
    for (String kind :
        List.of(
            "flashcards",
            "spelling",
            "fill_blank",
            "sentence_builder",
            "grammar_challenge",
            "advanced_cloze",
            "mistakes")) {
      assertThat(set.getJsonArray(kind)).isEmpty();
    }
  }

  @Test
  void noUtterancesAtAll() {
    assertThat(generator.generate(new LessonMaterial("x", 1, null, List.of(), 0)).total()).isZero();
  }

  @Test
  void tinyLessonIsNotPadded() {
    ExerciseSet set =
        generator.generate(
            Lessons.of("T: New word: ladder. He climbed the ladder to paint the wall."));

    assertThat(sentences(set.toJson()).keySet())
        .containsOnly("He climbed the ladder to paint the wall.");
    assertThat(set.flashcards()).extracting(Flashcard::word).startsWith("ladder");
    assertThat(set.total()).isBetween(3, 12);
  }

  @Test
  void lessonWithoutRolesStillGivesWellFormedMaterial() {
    List<Utterance> anonymous = new ArrayList<>();
    Lessons.file("silent_student")
        .utterances()
        .forEach(
            u ->
                anonymous.add(
                    new Utterance(
                        u.index(),
                        "",
                        Role.UNKNOWN,
                        Utterance.UNKNOWN_TIME,
                        Utterance.UNKNOWN_TIME,
                        u.text())));
    ExerciseSet set = generator.generate(new LessonMaterial("x", 1, "he", anonymous, 10));

    assertThat(set.total()).isGreaterThan(10);
    assertThat(set.flashcards().get(0).provenance().second()).isNull();
    assertThat(set.mistakes()).isEmpty();
  }

  @Test
  void endlessTurnIsBounded() {
    String turn =
        "T: The farmer feeds the hungry animals in the morning. "
            .concat("and then the ".repeat(20_000));
    ExerciseSet set = generator.generate(Lessons.of(turn + "\nS: yes " + "i goed ".repeat(5_000)));

    for (JsonObject item : items(set.toJson())) {
      item.forEach(
          member -> {
            if (member.getValue() instanceof String text) {
              assertThat(text).hasSizeLessThanOrEqualTo(300);
            }
          });
    }
  }

  private static List<JsonObject> items(JsonObject set) {
    List<JsonObject> items = new ArrayList<>();
    for (String kind :
        List.of(
            "flashcards",
            "spelling",
            "fill_blank",
            "sentence_builder",
            "grammar_challenge",
            "advanced_cloze",
            "mistakes")) {
      set.getJsonArray(kind).forEach(item -> items.add((JsonObject) item));
    }
    return items;
  }

  /** Every complete sentence a learner sees, with its item. */
  private static Map<String, JsonObject> sentences(JsonObject set) {
    Map<String, JsonObject> found = new HashMap<>();
    each(set, "flashcards", i -> found.put(i.getString("example_sentence"), i));
    each(set, "spelling", i -> found.put(i.getString("sample_sentence"), i));
    each(set, "sentence_builder", i -> found.put(i.getString("english"), i));
    each(
        set,
        "fill_blank",
        i -> found.put(i.getString("sentence").replace("_____", i.getString("correct_answer")), i));
    each(
        set,
        "grammar_challenge",
        i -> found.put(i.getString("prompt").replace("_____", i.getString("correct_answer")), i));
    each(set, "advanced_cloze", i -> found.put(i.getString("source_sentence"), i));
    return found;
  }

  private static void each(JsonObject set, String kind, Consumer<JsonObject> use) {
    JsonArray items = set.getJsonArray(kind);
    items.forEach(item -> use.accept((JsonObject) item));
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}' ]", " ")
        .replaceAll("\\s+", " ")
        .strip();
  }

  @Test
  void warningsSpeakOfTheSetAsItIsNotAsItWasBeforeItWasCut() {
    for (String name : Lessons.ALL) {
      ExerciseSet set = new RuleBasedGenerator(Lessons.MODELS).generate(Lessons.file(name));
      boolean large = set.metadata().warnings().stream().anyMatch(w -> w.contains("more than"));
      assertThat(large).as(name + " has " + set.total()).isEqualTo(set.total() > 72);
    }
  }
}
