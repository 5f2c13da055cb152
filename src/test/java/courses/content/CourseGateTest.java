package courses.content;

import static org.assertj.core.api.Assertions.assertThat;

import courses.sources.Segment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be stored and what is counted as refused; and HTML from strangers' Markdown. */
class CourseGateTest {
  private static final List<Segment> SOURCE =
      List.of(
          Segment.of(
              0,
              "Yeast is a tiny fungus that feeds on sugar. Starch, protein and water make the"
                  + " dough."));

  private static Mcq mcq(String question, List<String> options, int correct) {
    return new Mcq(0, question, options, correct, "", Level.BEGINNER, List.of(0, 99));
  }

  private static String reason(Mcq question) {
    CourseGate gate = new CourseGate(Sources.brief("x"), SOURCE);
    assertThat(gate.check(new Mcqs(List.of(question)))).isEmpty();
    return gate.rejected().keySet().iterator().next();
  }

  @Test
  void namesTheRuleThatIsBroken() {
    List<String> four = List.of("sugar", "water", "starch", "protein");
    assertThat(reason(mcq("What does it eat?", four, 4))).isEqualTo("option_count");
    assertThat(reason(mcq("What does it eat?", List.of("sugar", "Sugar ", "starch", "water"), 0)))
        .isEqualTo("equal_options");
    assertThat(
            reason(
                mcq(
                    "What does it eat?",
                    List.of("sugar", "water", "starch", "All of the above"),
                    0)))
        .isEqualTo("meta_option");
    assertThat(reason(mcq("What but sugar does it eat?", four, 0))).isEqualTo("given_away");
    assertThat(
            reason(mcq("What does it eat?", List.of("chocolate", "water", "starch", "protein"), 0)))
        .isEqualTo("ungrounded");
    assertThat(reason(mcq("Generation failed", four, 0))).isEqualTo("error_text");
    assertThat(reason(mcq("<b>What</b> does it eat?", four, 0))).isEqualTo("markup");
    assertThat(reason(mcq("See https://bait.test/ first?", four, 0))).isEqualTo("foreign_address");
    assertThat(
            reason(
                mcq(
                    "What does it eat?",
                    List.of(
                        "sugar that the tiny fungus feeds on in the dough with water",
                        "water",
                        "starch",
                        "protein"),
                    0)))
        .isEqualTo("option_length");
  }

  @Test
  void dropsNearDuplicatesAndForeignReferences() {
    List<String> four = List.of("sugar", "water", "starch", "protein");
    CourseGate gate = new CourseGate(Sources.brief("x"), SOURCE);
    Mcqs kept =
        gate.check(
                new Mcqs(
                    List.of(
                        mcq("What does tiny yeast feed on each day?", four, 0),
                        mcq("What does tiny yeast feed on, each day?", four, 0))))
            .orElseThrow();
    assertThat(kept.questions()).hasSize(1);
    assertThat(kept.questions().get(0).sourceRefs()).containsExactly(0);
    assertThat(kept.questions().get(0).options().get(kept.questions().get(0).correctIndex()))
        .isEqualTo("sugar");
    assertThat(gate.rejected()).containsEntry("duplicate", 1);
  }

  @Test
  void dropsUnusableExpressionsAndKeepsCodeAboutHtml() {
    CourseGate gate = new CourseGate(Sources.brief("x"), List.of());
    Exercise blank =
        new Exercise(
            "t",
            "",
            QuestionType.FILL_BLANK,
            "Write `<div>` as ___",
            List.of(),
            new AnswerKey("tag", List.of(), Optional.of("(?<=a)["), List.of()),
            "",
            List.of(),
            1,
            Optional.empty(),
            List.of());
    assertThat(
            gate.check(new Exercises(List.of(blank)))
                .orElseThrow()
                .exercises()
                .get(0)
                .answerKey()
                .regex())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "![a](https://tracker.test/p.png)",
        "![a](x \"onerror=alert(1)\")",
        "<svg/onload=alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        "<javascript:alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "```<script>\n</script>```",
        "[x](vbscript:x)",
        "[a](<javascript:alert(1)>)",
        "<iframe src=//evil.test>",
        "![\"><script>alert(1)</script>](x)",
        "| a |\n|---|\n| <script>alert(1)</script> |",
        "[x](java\nscript:alert(1))",
        "<!--><script>alert(1)</script>-->"
      })
  void rendersNothingThatRuns(String markdown) {
    String html = SafeHtml.render(markdown);
    assertThat(html).startsWith("<");
    assertThat(html.toLowerCase())
        .doesNotContain("<script", "<img", "<svg", "<iframe", "<!--")
        .doesNotContainPattern("<[^>]*(?:href|src)=\"?\\s*(?:javascript|data|vbscript|//)")
        .doesNotContainPattern("<[^>]*\\son\\w+=");
  }

  @Test
  void rendersWhatLessonsNeed() {
    assertThat(
            SafeHtml.render(
                "## A\n\n"
                    + "- *b*\n\n"
                    + "| c | d |\n"
                    + "|---|---|\n"
                    + "| 1 | 2 |\n\n"
                    + "`<x>` [y](https://example.org/)"))
        .contains(
            "<h2>A</h2>",
            "<em>b</em>",
            "<table>",
            "<code>&lt;x&gt;</code>",
            "href=\"https://example.org/\"");
  }
}
