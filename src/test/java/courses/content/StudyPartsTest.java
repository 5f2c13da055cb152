package courses.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import courses.sources.Segment;
import fakes.FakeModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import llm.FakePools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Questions and answers, notebooks, notes, and lessons explained again; by rules and by a model.
 */
class StudyPartsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private final RuleAuthor rules = new RuleAuthor(vertx, Sources.MODELS);
  private final Authors byRules = new Authors(Optional.empty(), rules);
  private final Material bread = Sources.bread();
  private final CourseSoFar course = Notes.lessons(bread.brief(), bread.segments(), 4);

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static <T> T done(io.vertx.core.Future<T> future) throws Exception {
    return future.await(60, TimeUnit.SECONDS);
  }

  @Test
  void notesAreCutIntoPartsThatHoldAllOfThem() {
    assertThat(course.lessons().size()).isBetween(2, 4);
    List<Integer> refs = new ArrayList<>();
    course.lessons().forEach(lesson -> refs.addAll(lesson.text().sourceRefs()));
    assertThat(refs).isEqualTo(bread.segments().stream().map(Segment::ordinal).toList());
    assertThat(Notes.lessons(bread.brief(), bread.segments(), 1).lessons()).hasSize(1);
  }

  @Test
  void theRulesAskWhatTheSourceAnswers() throws Exception {
    Written<Qnas> written = done(byRules.qnas(course, 6, LONG));
    assertThat(written.author()).isEqualTo("rules");
    assertThat(written.content().pairs()).isNotEmpty().hasSizeLessThanOrEqualTo(6);
    String source =
        String.join(" ", bread.segments().stream().map(Segment::text).toList())
            .replaceAll("\\s+", " ");
    for (Qna pair : written.content().pairs()) {
      assertThat(pair.question()).endsWith("?");
      assertThat(source).contains(pair.answer());
      assertThat(pair.sourceRefs()).isNotEmpty();
    }
    assertThat(Content.read(Qnas.class, written.content().toJson())).isEqualTo(written.content());
  }

  @Test
  void theRulesKeepANotebook() throws Exception {
    Notebook notebook = done(byRules.notebook(course, LONG)).content();
    assertThat(notebook.keyConcepts()).isNotEmpty();
    assertThat(notebook.analogy()).isEmpty();
    assertThat(notebook.mindMap().root()).isEqualTo("How Bread Rises");
    assertThat(notebook.mindMap().children()).isNotEmpty();
    assertThat(notebook.studyGuide()).startsWith("## ");
    assertThat(Content.read(Notebook.class, notebook.toJson())).isEqualTo(notebook);
  }

  private static Brief simpler(Brief brief) {
    return new Brief(
        brief.account(),
        brief.title(),
        brief.language(),
        brief.targetLanguage(),
        Level.BEGINNER,
        Brief.REMEDIATION,
        brief.customPrompt());
  }

  @Test
  void whatIsExplainedAgainIsShorterAndBeginsWithTheWords() throws Exception {
    for (WrittenLesson lesson : course.lessons()) {
      LessonText usual =
          done(rules.lesson(bread.brief(), course.outline(), lesson.plan(), lesson.span(), LONG));
      Written<LessonText> again =
          done(
              byRules.lesson(
                  simpler(bread.brief()), course.outline(), lesson.plan(), lesson.span(), LONG));
      assertThat(again.content().words()).isLessThan(usual.words());
      assertThat(again.content().contentMarkdown()).startsWith("## ").contains("- ");
      String steps =
          again.content().contentMarkdown().replaceAll("(?s).*## Step by step\n\n|\n## Why.*", "");
      assertThat(Arrays.stream(steps.split("\n")).filter(line -> line.startsWith("- ")))
          .isNotEmpty();
      assertThat(again.content().sourceRefs())
          .isNotEmpty()
          .allMatch(lesson.plan().span().orElseThrow()::contains);
    }
  }

  @Test
  void aModelsPairsNotebookAndEasierLessonAreTaken() throws Exception {
    FakeModel fake = FakeModel.start(vertx);
    try {
      List<String> facts = new ArrayList<>();
      for (Segment segment : course.lessons().get(0).span()) {
        for (String sentence : segment.text().split("(?<=[.])\\s+")) {
          if (sentence.matches("[A-Z][^#\n]{40,160}[.]")) {
            facts.add(sentence);
          }
        }
      }
      JsonArray pairs = new JsonArray();
      JsonArray terms = new JsonArray();
      for (int i = 0; i < 5; i++) {
        String fact = facts.get(i);
        pairs.add(
            new JsonObject()
                .put(
                    "question",
                    "What does sentence " + "abcde".charAt(i) + fact.hashCode() + " tell?")
                .put("answer", fact)
                .put("lesson", 0)
                .put("refs", new JsonArray().add(0)));
        terms.add(
            new JsonObject().put("term", fact.split(" ")[1] + " " + i).put("definition", fact));
      }
      fake.says("course-qna", request -> new JsonObject().put("pairs", pairs));
      fake.says(
          "course-notebook",
          request ->
              new JsonObject()
                  .put("keyConcepts", terms)
                  .put("analogy", "Dough is like a balloon that slowly fills with air.")
                  .put(
                      "mindMap",
                      new JsonObject()
                          .put("root", "Bread")
                          .put(
                              "children",
                              new JsonArray()
                                  .add(
                                      new JsonObject()
                                          .put("title", "Flour")
                                          .put("children", new JsonArray().add("Gluten")))))
                  .put("studyGuide", "## Flour\n\n- Explain what gluten does."));
      fake.says(
          "course-remediation",
          request ->
              new JsonObject()
                  .put("title", "Again")
                  .put("description", "More simply.")
                  .put("contentMarkdown", "## Slowly\n\n" + String.join(" ", facts.subList(0, 6)))
                  .put("keyConcepts", new JsonArray())
                  .put("sourceRefs", new JsonArray().add(0)));
      Authors authors =
          new Authors(Optional.of(new ModelAuthor(FakePools.over(vertx, fake))), rules);
      Written<Qnas> qnas = done(authors.qnas(course, 5, LONG));
      assertThat(qnas.author()).isEqualTo("model");
      assertThat(qnas.content().pairs()).hasSizeBetween(3, 5);
      Written<Notebook> notebook = done(authors.notebook(course, LONG));
      assertThat(notebook.author()).isEqualTo("model");
      assertThat(notebook.content().analogy()).isPresent();
      WrittenLesson first = course.lessons().get(0);
      Written<LessonText> again =
          done(
              authors.lesson(
                  simpler(bread.brief()), course.outline(), first.plan(), first.span(), LONG));
      assertThat(again.author()).isEqualTo("model");
      assertThat(again.content().contentMarkdown()).startsWith("## Slowly");
    } finally {
      fake.close();
    }
  }

  @Test
  void whatExplainsNothingGivesNoNotebook() {
    CourseSoFar empty =
        Notes.lessons(
            Sources.brief("Chatter"),
            List.of(Segment.of(0, "Hello there. How nice. We came and went home again.")),
            1);
    assertThatThrownBy(() -> done(byRules.notebook(empty, LONG))).isInstanceOf(CannotWrite.class);
  }
}
