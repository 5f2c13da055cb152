package courses.content;

import static org.assertj.core.api.Assertions.assertThat;

import courses.sources.Segment;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Courses of texts that tell how something is done. */
class RuleInstructionsTest {
  private static final String STEPS =
      """
      Pull the plug before you begin. Empty the tank into a bucket. Mix the vinegar with two litres of water. Pour the mixture \
      into the tank and close the lid.

      Press the button until the lamp blinks. Limescale is a hard white crust that water leaves behind. Wait ten minutes while \
      the vinegar works. Open the tap over the bucket and let the mixture run out.

      Fill the tank with fresh water. Rinse the pipe three times. Wipe the outside with a soft cloth. Put the lid back on \
      and plug the machine in. Make one cup of water without coffee and throw it away.
      """;
  private static Vertx vertx;
  private static WholeCourse course;

  @BeforeAll
  static void write() throws Exception {
    vertx = Vertx.vertx();
    Authors authors = new Authors(Optional.empty(), new RuleAuthor(vertx, Sources.MODELS));
    course =
        WholeCourse.whatCanBe(
            authors,
            new Material(Sources.brief("How to descale a machine"), List.of(Segment.of(0, STEPS))));
  }

  @AfterAll
  static void stop() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void nobodyIsAskedWhetherAStepIsTrue() {
    assertThat(course.part(Assessment.class).questions())
        .filteredOn(question -> question.type() == QuestionType.TRUE_FALSE)
        .extracting(AssessmentQuestion::text)
        .noneMatch(text -> text.matches("(?:Pull|Press|Empty|Mix|Rinse|Wipe|Fill|Put|Make) .*"));
  }

  @Test
  void theOrderOfStepsIsAskedFor() {
    assertThat(course.part(Mcqs.class).questions())
        .filteredOn(question -> question.question().startsWith("Which step comes right after"))
        .isNotEmpty()
        .anySatisfy(
            question -> {
              assertThat(question.question()).contains("“Fill the tank with fresh water.”");
              assertThat(question.options().get(question.correctIndex()))
                  .isEqualTo("Rinse the pipe three times.");
            });
  }

  @Test
  void stepsStandForTheText() {
    List<String> points =
        course.parts().stream()
            .map(Written::content)
            .filter(Article.class::isInstance)
            .map(Article.class::cast)
            .filter(article -> article.kind() == ArticleKind.KEY_TAKEAWAYS)
            .findFirst()
            .orElseThrow()
            .points();
    assertThat(points).hasSizeGreaterThan(3);
  }
}
