package exercises.model;

import static org.assertj.core.api.Assertions.assertThat;

import exercises.ExerciseSet;
import exercises.FillBlank;
import exercises.Flashcard;
import exercises.GeneratedSet;
import exercises.Lessons;
import exercises.OptionRules;
import exercises.QualityGate;
import exercises.QualityLesson;
import exercises.language.Scripts;
import exercises.rulebased.RuleBasedGenerator;
import exercises.understanding.LessonMaterial;
import exercises.understanding.ModelSentences;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import llm.Chat;
import llm.ChatReply;
import llm.Question;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a transcript to a set with a model that answers well, badly, or not at all. */
class ModelGeneratorTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @AfterAll
  static void close() throws Exception {
    VERTX.close().await(10, TimeUnit.SECONDS);
  }

  static List<String> lessons() {
    return Lessons.ALL;
  }

  /** Answers questions by a function, over no network. */
  record FunctionChat(int context, Function<Question, Future<ChatReply>> answer) implements Chat {
    @Override
    public boolean available(String service) {
      return context > 0;
    }

    @Override
    public int contextTokens(String service) {
      return context;
    }

    @Override
    public Future<ChatReply> ask(Question question) {
      return answer.apply(question);
    }
  }

  static ChatReply reply(String text) {
    return new ChatReply(text, ChatReply.Ending.STOP, "", "fake", "school-1", 100, 50);
  }

  static JsonObject data(Question question) {
    return SchoolModel.data(question.messages().get(1).content());
  }

  static ModelGenerator generator(Chat chat) {
    return new ModelGenerator(
        () -> Lessons.MODELS,
        chat,
        Optional.empty(),
        new ModelGenerator.Cpu() {
          @Override
          public <T> Future<T> run(Callable<T> work) {
            return VERTX.executeBlocking(work, false);
          }
        });
  }

  static Chat school(int context) {
    SchoolModel school = new SchoolModel();
    return new FunctionChat(
        context,
        question ->
            Future.succeededFuture(
                reply(school.answer(question.promptName(), data(question)).encode())));
  }

  /** No key, no model. */
  static Chat nobody() {
    return new FunctionChat(0, question -> Future.failedFuture("nobody is to be asked"));
  }

  static GeneratedSet generate(Chat chat, LessonMaterial lesson) throws Exception {
    return generator(chat).generate(lesson, PATIENCE, () -> false).await(60, TimeUnit.SECONDS);
  }

  @Test
  void oneTranslationForSeveralWordsIsBelievedForNone() throws Exception {
    LessonMaterial lesson = Lessons.file("possessives");
    SchoolModel school = new SchoolModel();
    Chat lazy =
        new FunctionChat(
            20_000,
            question -> {
              String answer = school.answer(question.promptName(), data(question)).encode();
              return Future.succeededFuture(
                  reply(
                      question.promptName().equals("lesson-words")
                          ? answer.replaceAll(
                              "\"translation\":\"[^\"]*\"", "\"translation\":\"עפיפון\"")
                          : answer));
            });
    List<Flashcard> cards = generate(lazy, lesson).set().flashcards();

    assertThat(cards).hasSizeGreaterThan(2);
    assertThat(cards).filteredOn(card -> card.translation().equals("עפיפון")).hasSizeLessThan(2);
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void modelsItemsComeFirstAndPassTheGate(String name) throws Exception {
    LessonMaterial lesson = Lessons.file(name);
    GeneratedSet made = generate(school(8_000), lesson);
    JsonObject set = made.toJson();

    assertThat(set.getJsonObject("metadata").getString("generator")).startsWith("model/1");
    assertThat(set.getJsonObject("metadata").getString("model")).isEqualTo("school-1");
    assertThat(made.parts().get("flashcards")).contains("model");
    assertThat(made.parts().get("sentence_builder")).contains("model");
    int rules = new RuleBasedGenerator(Lessons.MODELS).generate(lesson).total();
    assertThat(made.set().total()).isGreaterThanOrEqualTo(Math.min(rules, 20));
    assertThat(new QualityGate(Lessons.MODELS).check(made.set(), lesson).rejected()).isEmpty();
    System.out.println(
        name
            + " "
            + made.parts()
            + " "
            + made.spending()
            + " rules="
            + rules
            + " all="
            + made.set().total()
            + " "
            + made.rejections());
  }

  /** Lessons in which a corrected or merely used word has no sentence of its own to show it. */
  @ParameterizedTest
  @ValueSource(strings = {"kid-articles", "adult-used-to", "adult-passive"})
  void aWordWithoutAnExampleDoesNotFailTheSet(String name) throws Exception {
    LessonMaterial lesson = QualityLesson.named(name).material();
    GeneratedSet made = generate(school(8_000), lesson);

    assertThat(made.model()).contains("school-1");
    assertThat(made.set().total()).isGreaterThanOrEqualTo(8);
    assertThat(new QualityGate(Lessons.MODELS).check(made.set(), lesson).rejected()).isEmpty();
  }

  @Test
  void theSameAnswersGiveTheSameSet() throws Exception {
    LessonMaterial lesson = Lessons.file("possessives");
    JsonObject first = generate(school(8_000), lesson).toJson();
    assertThat(generate(school(8_000), lesson).toJson()).isEqualTo(first);
  }

  @Test
  void aHangingModelIsNotWaitedForBeyondThePatience() throws Exception {
    LessonMaterial lesson = Lessons.file("possessives");
    Chat hanging = new FunctionChat(8_000, question -> Promise.<ChatReply>promise().future());
    GeneratedSet made =
        generator(hanging)
            .generate(lesson, Duration.ofSeconds(2), () -> false)
            .await(30, TimeUnit.SECONDS);
    assertThat(made.set().metadata().generator()).isEqualTo("rules/1");
    assertThat(made.set()).isEqualTo(new RuleBasedGenerator(Lessons.MODELS).generate(lesson));
  }

  @Test
  void nothingIsAskedOnceTheLeaseIsLost() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Chat school = school(8_000);
    Chat counting =
        new FunctionChat(
            8_000,
            question -> {
              asked.incrementAndGet();
              return school.ask(question);
            });
    GeneratedSet made =
        generator(counting)
            .generate(Lessons.file("possessives"), PATIENCE, () -> true)
            .await(30, TimeUnit.SECONDS);
    assertThat(asked).hasValue(0);
    assertThat(made.set().total()).isGreaterThan(20);
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void everySentenceWasSaidAndEveryTranslationIsInTheLearnersScript(String name) throws Exception {
    LessonMaterial lesson = Lessons.file(name);
    ExerciseSet set = generate(school(8_000), lesson).set();
    Set<String> corrected = new HashSet<>();
    set.mistakes().forEach(m -> corrected.add(ModelSentences.key(m.correct())));
    for (Flashcard card : set.flashcards()) {
      String turn = lesson.utterances().get(card.provenance().utterance()).text();
      assertThat(
              plain(turn).contains(plain(card.exampleSentence()))
                  || corrected.contains(ModelSentences.key(card.exampleSentence())))
          .as(card.exampleSentence())
          .isTrue();
      assertThat(Scripts.isIn(card.translation(), "he")).as(card.translation()).isTrue();
    }
    for (FillBlank item : set.fillBlank()) {
      String turn = plain(lesson.utterances().get(item.provenance().utterance()).text());
      String whole = OptionRules.fill(item.sentence(), List.of(item.correctAnswer()));
      assertThat(turn.contains(plain(whole)) || corrected.contains(ModelSentences.key(whole)))
          .as(whole)
          .isTrue();
    }
  }

  private static String plain(String text) {
    return " " + ModelSentences.key(text) + " ";
  }
}
