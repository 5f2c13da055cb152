package courses.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whole courses by rules from a text and from a talk. */
class RuleCourseTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static Vertx vertx;
  private static Authors authors;
  private static Course bread;
  private static Course tides;

  /** All parts of a course. */
  record Course(
      Material material,
      CourseSoFar sofar,
      List<Exercises> exercises,
      Flashcards cards,
      Mcqs mcqs,
      List<Article> articles,
      WordGame game,
      List<AudioScript> scripts,
      Suggestions suggestions,
      Assessment test,
      Category category) {}

  @BeforeAll
  static void write() throws Exception {
    vertx = Vertx.vertx();
    authors = new Authors(Optional.empty(), new RuleAuthor(vertx, Sources.MODELS));
    bread = course(Sources.bread());
    tides = course(Sources.tides());
  }

  @AfterAll
  static void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.await(30, TimeUnit.SECONDS);
  }

  private static Course course(Material material) throws Exception {
    Brief brief = material.brief();
    Outline outline = done(authors.structure(material, LONG)).content();
    List<WrittenLesson> lessons = new ArrayList<>();
    for (LessonPlan plan : outline.lessons()) {
      var span = material.within(plan.span());
      lessons.add(
          new WrittenLesson(
              plan, done(authors.lesson(brief, outline, plan, span, LONG)).content(), span));
    }
    CourseSoFar sofar = new CourseSoFar(brief, outline, lessons);
    List<Exercises> exercises = new ArrayList<>();
    for (WrittenLesson lesson : lessons) {
      exercises.add(done(authors.exercises(brief, lesson, LONG)).content());
    }
    List<Article> articles = new ArrayList<>();
    for (ArticleKind kind : ArticleKind.values()) {
      articles.add(done(authors.article(sofar, kind, LONG)).content());
    }
    List<AudioScript> scripts = new ArrayList<>();
    for (ScriptKind kind : ScriptKind.values()) {
      scripts.add(done(authors.script(sofar, kind, LONG)).content());
    }
    return new Course(
        material,
        sofar,
        exercises,
        done(authors.flashcards(sofar, 10, LONG)).content(),
        done(authors.mcqs(sofar, 10, LONG)).content(),
        articles,
        done(authors.wordGame(sofar, 15, LONG)).content(),
        scripts,
        done(authors.suggestions(sofar, LONG)).content(),
        done(authors.assessment(sofar, AssessmentPlan.FINAL_DEFAULT, LONG)).content(),
        done(authors.categorise(material, LONG)).content());
  }

  private static List<Course> both() {
    return List.of(bread, tides);
  }

  @Test
  void printsForReading() {
    if (System.getenv("SHOW_COURSE") != null) {
      for (Course c : both()) {
        System.out.println("#### " + c.category().toJson().encode());
        c.sofar().outline().chapters().forEach(ch -> {
          System.out.println("CHAPTER " + ch.title() + " | " + ch.description() + " | " + ch.objectives() + ch.keyConcepts());
          ch.lessons().forEach(l -> System.out.println("   LESSON " + l.title() + " " + l.span() + " | " + l.description()));
        });
        System.out.println(c.sofar().lessons().get(c.sofar().lessons().size() - 1).text().contentMarkdown());
        c.exercises().forEach(e -> e.exercises().forEach(x -> System.out.println("EX " + x.type() + " " + x.question() + " " + x.options().stream().map(o -> o.id() + ")" + o.text()).toList() + " = " + x.answerKey().correct())));
        c.cards().cards().forEach(x -> System.out.println("CARD " + x.question() + " => " + x.answer()));
        c.mcqs().questions().forEach(x -> System.out.println("MCQ " + x.question() + " " + x.options() + " = " + x.correctIndex()));
        c.game().words().forEach(x -> System.out.println("GAME " + x.word() + ": " + x.definition() + " / " + x.incorrectOptions()));
        c.articles().forEach(x -> System.out.println("ARTICLE " + x.kind() + "\n" + x.contentMarkdown() + "\n" + x.points() + "\n" + x.faq().stream().map(q -> q.question() + " => " + q.answer()).collect(Collectors.joining("\n"))));
        System.out.println("SCRIPT " + c.scripts().get(0).words() + " " + c.scripts().get(1).words() + "\n" + c.scripts().get(0).script());
        c.suggestions().suggestions().forEach(s -> System.out.println("NEXT " + s.topic() + ": " + s.description()));
        c.test().questions().forEach(x -> System.out.println("TEST " + x.number() + " " + x.type() + " " + x.text() + " " + x.options().stream().map(Option::text).toList() + " = " + x.answerKey().correct() + " [" + x.topic() + "]"));
      }
    }
    assertThat(both()).hasSize(2);
  }
}
