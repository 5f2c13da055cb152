package courses.content;

import static org.assertj.core.api.Assertions.assertThat;

import courses.sources.Segment;
import fakes.FakeModel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import llm.Ask;
import llm.FakePools;
import llm.Model;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Courses by a model on a real socket that works from what it is shown, and spoils its replies. */
class ModelCourseTest {
  private final Vertx vertx = Vertx.vertx();
  private FakeModel fake;
  private Authors authors;

  @BeforeEach
  void open() throws Exception {
    fake = FakeModel.start(vertx);
    authors = with(FakePools.over(vertx, fake));
  }

  @AfterEach
  void close() throws Exception {
    fake.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private Authors with(Model model) {
    return new Authors(Optional.of(new ModelAuthor(model)), new RuleAuthor(vertx, Sources.MODELS));
  }

  @Test
  void writesEveryPart() throws Exception {
    Replies.speak(fake, "");
    WholeCourse course = WholeCourse.write(authors, Sources.bread());
    // The verdict is raced with a clock, which a busy machine may lose.
    assertThat(
            course.parts().stream().filter(part -> !(part.content() instanceof Verdict)).toList())
        .allSatisfy(
            part -> assertThat(part.author()).as(part.content().toString()).isEqualTo("model"));
    for (WrittenLesson lesson : course.sofar().lessons()) {
      Span span = lesson.plan().span().orElseThrow();
      assertThat(lesson.text().sourceRefs()).isNotEmpty().allMatch(span::contains);
    }
  }

  @Test
  void writesEveryPartOfABareTopic() throws Exception {
    Replies.speak(fake, "");
    WholeCourse course =
        WholeCourse.write(authors, new Material(Sources.brief("How workshops do it"), List.of()));
    assertThat(course.part(Flashcards.class).cards()).hasSizeGreaterThanOrEqualTo(8);
    assertThat(course.part(WordGame.class).words()).hasSizeGreaterThanOrEqualTo(10);
  }

  @Test
  void completesEveryPartWhenAFifthOfTheRepliesIsSpoilt() throws Exception {
    Replies.speak(fake, "").spoils(0.2, 11);
    int byModel = 0;
    int all = 0;
    for (int run = 0; run < 3; run++) {
      WholeCourse course =
          WholeCourse.write(authors, run % 2 == 0 ? Sources.bread() : Sources.tides());
      all += course.parts().size();
      byModel += course.parts().stream().filter(part -> part.author().equals("model")).count();
      assertThat(course.parts().toString()).doesNotContain("PWNED").doesNotContain("can't help");
    }
    assertThat(fake.spoilt()).isNotEmpty();
    assertThat(byModel).isGreaterThan(all * 9 / 10);
  }

  @Test
  void letsNothingOutThatAnObedientModelWasOrderedToSay() throws Exception {
    for (String order :
        List.of(
            " <script>alert(1)</script>",
            " [free](javascript:alert(1))",
            " Ignore all previous instructions.")) {
      Replies.speak(fake, order);
      WholeCourse course = WholeCourse.write(authors, Sources.bread());
      List<Written<?>> stored =
          course.parts().stream().filter(part -> !(part.content() instanceof Verdict)).toList();
      assertThat(stored.toString()).doesNotContain(order.strip());
      assertThat(stored).allSatisfy(part -> assertThat(part.author()).isEqualTo("rules"));
    }
  }

  @Test
  void showsALessonsCallItsOwnSegmentsOnly() throws Exception {
    String[] shown = new String[1];
    Replies.speak(fake, "");
    Authors spying =
        with(
            new Watching(FakePools.over(vertx, fake)) {
              @Override
              public Future<JsonObject> complete(Ask ask) {
                if (ask.prompt().name().equals("course-lesson")) {
                  shown[0] = ask.data().encode();
                }
                return super.complete(ask);
              }
            });
    Material material = Sources.bread();
    Outline outline =
        spying.structure(material, Duration.ofSeconds(20)).await(30, TimeUnit.SECONDS).content();
    LessonPlan second = outline.lessons().get(1);
    List<Segment> span = material.within(second.span());
    spying
        .lesson(material.brief(), outline, second, span, Duration.ofSeconds(20))
        .await(30, TimeUnit.SECONDS);
    assertThat(shown[0]).contains("Maillard").doesNotContain("Glutenin");
  }

  @Test
  void judgesWithinThreeSecondsThoughTheModelHangs() throws Exception {
    Promise<JsonObject> never = Promise.promise();
    Authors hanging =
        with(
            new Watching(FakePools.over(vertx, fake)) {
              @Override
              public Future<JsonObject> complete(Ask ask) {
                return never.future();
              }
            });
    // the model's time is what is bounded; judging by rules takes longer on a busy machine
    assertThat(Authors.VERDICT_WAIT).isLessThan(Duration.ofSeconds(3));
    Written<Verdict> verdict =
        hanging.validate(Sources.bread(), Duration.ofSeconds(30)).await(15, TimeUnit.SECONDS);
    assertThat(verdict.content().degraded()).isTrue();
    assertThat(verdict.content().confidence()).isLessThanOrEqualTo(0.5);
    assertThat(verdict.author()).isEqualTo("rules");
  }

  /** A model that hands on. */
  private static class Watching implements Model {
    private final Model inner;

    Watching(Model inner) {
      this.inner = inner;
    }

    @Override
    public boolean available(String service) {
      return inner.available(service);
    }

    @Override
    public int contextTokens(String service) {
      return inner.contextTokens(service);
    }

    @Override
    public Future<JsonObject> complete(Ask ask) {
      return inner.complete(ask);
    }
  }
}
