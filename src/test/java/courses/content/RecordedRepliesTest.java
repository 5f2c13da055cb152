package courses.content;

import static org.assertj.core.api.Assertions.assertThat;

import courses.sources.Segment;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import llm.Chat;
import llm.ChatReply;
import llm.Question;
import llm.StructuredCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recorded replies to every prompt of courses, good ones and those with a defect, through reading,
 * mending, schema and gate: {@code courses/replies/cases.tsv} says of each what must happen.
 */
class RecordedRepliesTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final List<Segment> SPAN = Sources.bread().segments().subList(11, 17);
  private static final Material MATERIAL = new Material(Sources.brief("Yeast at work"), SPAN);
  private static final Brief BRIEF = MATERIAL.brief();
  private static final LessonPlan PLAN =
      new LessonPlan(
          0,
          0,
          "Yeast at work",
          "On yeast.",
          Optional.of(new Span(11, 16)),
          5,
          List.of(
              new ExerciseBlueprint(QuestionType.MULTIPLE_CHOICE, "yeast", Level.BEGINNER, 1),
              new ExerciseBlueprint(QuestionType.TRUE_FALSE, "heat", Level.BEGINNER, 1),
              new ExerciseBlueprint(QuestionType.FILL_BLANK, "proofing", Level.BEGINNER, 1)));
  private static final Outline OUTLINE =
      new Outline(
          "Yeast at work",
          List.of(
              new ChapterPlan(
                  "Yeast",
                  "On yeast.",
                  Level.BEGINNER,
                  List.of("Explain it"),
                  List.of("yeast"),
                  PLAN.span(),
                  5,
                  List.of(PLAN))));
  private static final WrittenLesson LESSON =
      new WrittenLesson(
          PLAN,
          new LessonText(
              0,
              0,
              "Yeast at work",
              "On yeast.",
              "Yeast is a tiny fungus that feeds on sugar.",
              List.of(new KeyConcept("Fermentation", "fermentation")),
              List.of(11),
              9),
          SPAN);
  private static final CourseSoFar COURSE = new CourseSoFar(BRIEF, OUTLINE, List.of(LESSON));

  /** Says what was recorded: first the case, then the good reply. */
  private static final class Recorder implements Chat {
    final List<Question> asked = new ArrayList<>();
    private final String first;

    Recorder(String first) {
      this.first = first;
    }

    @Override
    public boolean available(String service) {
      return true;
    }

    @Override
    public int contextTokens(String service) {
      return 32_000;
    }

    @Override
    public Future<ChatReply> ask(Question question) {
      asked.add(question);
      String text = asked.size() == 1 ? first : recorded(question.promptName(), "good");
      return Future.succeededFuture(
          new ChatReply(text, ChatReply.Ending.STOP, "", "recorded", "recorded", 1, 1));
    }
  }

  private static String recorded(String prompt, String name) {
    return Sources.resource("courses/replies/" + prompt + "/" + name + ".txt");
  }

  static Stream<Arguments> cases() {
    return Arrays.stream(Sources.resource("courses/replies/cases.tsv").split("\n"))
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t"))
        .map(cells -> Arguments.of(cells[0], cells[1], cells[2]));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void everyCase(String prompt, String name, String expected) throws Exception {
    Recorder recorder = new Recorder(recorded(prompt, name));
    Object content = author(prompt, recorder).await(10, TimeUnit.SECONDS);
    if (expected.equals("taken")) {
      assertThat(recorder.asked).as("asked again: %s", last(recorder)).hasSize(1);
    } else {
      assertThat(recorder.asked.size()).isGreaterThan(1);
      if (expected.startsWith("again: ")) {
        assertThat(complaint(recorder)).contains(expected.substring(7));
      }
    }
    if (content instanceof Record record && !(content instanceof Verdict)) {
      assertThat(CourseGate.complaints(BRIEF, SPAN, record)).isEmpty();
    }
    if (content instanceof Verdict verdict) {
      content = verdict.presentable(LocalVerdict.of(MATERIAL), BRIEF);
    }
    assertThat(content.toString())
        .doesNotContain("PWNED")
        .doesNotContain("<script")
        .doesNotContain("bait.test");
  }

  private static String complaint(Recorder recorder) {
    List<llm.ChatMessage> messages = recorder.asked.get(1).messages();
    return messages.get(messages.size() - 1).content();
  }

  private static String last(Recorder recorder) {
    return recorder.asked.size() > 1 ? complaint(recorder) : "";
  }

  @Test
  void everyPromptHasItsRecordedReplies() {
    Map<String, Integer> counts = new HashMap<>();
    cases().forEach(one -> counts.merge((String) one.get()[0], 1, Integer::sum));
    assertThat(counts.keySet()).containsExactlyInAnyOrderElementsOf(PROMPTS);
    assertThat(counts.values()).allMatch(count -> count >= 8);
  }

  private static final List<String> PROMPTS =
      List.of(
          "course-validate",
          "course-categorise",
          "course-outline",
          "course-summary",
          "course-lesson",
          "course-concepts",
          "course-exercises",
          "course-questions",
          "course-flashcards",
          "course-article",
          "course-takeaways",
          "course-faq",
          "course-game",
          "course-script",
          "course-suggestions");

  private static Future<?> author(String prompt, Chat chat) {
    StructuredCall model = new StructuredCall(chat);
    ModelAuthor author = new ModelAuthor(model);
    AssessmentPlan plan =
        new AssessmentPlan(
            AssessmentKind.FINAL,
            4,
            AssessmentPlan.FINAL_DEFAULT.types(),
            70,
            Optional.empty(),
            Optional.empty());
    return switch (prompt) {
      case "course-validate" -> author.validate(MATERIAL, LONG);
      case "course-categorise" -> author.categorise(MATERIAL, LONG);
      case "course-outline" -> author.structure(MATERIAL, LONG);
      case "course-summary" ->
          new ModelAsks(model, new java.util.concurrent.ConcurrentHashMap<>())
              .ask(
                  "chapter",
                  BRIEF,
                  prompt,
                  ModelAsks.order(BRIEF).put("segments", ModelMaterial.segments(SPAN, 8_000)),
                  1_200,
                  LONG,
                  reply -> List.of());
      case "course-lesson" -> author.lesson(BRIEF, OUTLINE, PLAN, SPAN, LONG);
      case "course-concepts" -> author.concepts(BRIEF, LESSON, LONG);
      case "course-exercises" -> author.exercises(BRIEF, LESSON, LONG);
      case "course-questions" -> author.assessment(COURSE, plan, LONG);
      case "course-flashcards" -> author.flashcards(COURSE, 5, LONG);
      case "course-article" -> author.article(COURSE, ArticleKind.DEEP_DIVE, LONG);
      case "course-takeaways" -> author.article(COURSE, ArticleKind.KEY_TAKEAWAYS, LONG);
      case "course-faq" -> author.article(COURSE, ArticleKind.FAQ, LONG);
      case "course-game" -> author.wordGame(COURSE, 4, LONG);
      case "course-script" -> author.script(COURSE, ScriptKind.SHORT_PODCAST, LONG);
      case "course-suggestions" -> author.suggestions(COURSE, LONG);
      default -> throw new IllegalArgumentException(prompt);
    };
  }

  @Test
  void missingItemsAreAskedForWithThoseThatAreThere() throws Exception {
    JsonObject good = new JsonObject(recorded("course-flashcards", "good"));
    good.getJsonArray("cards").remove(4);
    Recorder recorder = new Recorder(good.encode());
    Flashcards cards =
        new ModelAuthor(new StructuredCall(recorder))
            .flashcards(COURSE, 5, LONG)
            .await(10, TimeUnit.SECONDS);
    assertThat(cards.cards()).hasSize(5);
    assertThat(recorder.asked).hasSize(2);
    assertThat(complaint(recorder))
        .contains("Which enzyme breaks starch into sugar?")
        .contains("<data>1</data>");
  }

  @Test
  void aWrongReferenceIsPutRightAndAnItemGoesToTheLessonThatHasIt() {
    Flashcard card =
        new Flashcard(
            0, "Which enzyme?", "Amylase breaks starch into sugar.", Level.BEGINNER, List.of(16));
    assertThat(
            new CourseGate(BRIEF, SPAN)
                .check(new Flashcards(List.of(card)))
                .orElseThrow()
                .cards()
                .get(0)
                .sourceRefs())
        .containsExactly(12);
    WrittenLesson other =
        new WrittenLesson(PLAN, LESSON.text(), Sources.bread().segments().subList(0, 3));
    JsonObject reply =
        new JsonObject().put("lesson", 0).put("refs", new io.vertx.core.json.JsonArray().add(12));
    assertThat(ModelReplies.lesson(reply, List.of(other, LESSON))).isSameAs(LESSON);
  }
}
