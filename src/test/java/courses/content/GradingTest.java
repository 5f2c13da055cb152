package courses.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import courses.content.Grading.Item;
import courses.content.Grading.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The grading rules of contract 1.5. */
class GradingTest {
  private static final List<Option> OPTIONS =
      List.of(new Option("o1", "x"), new Option("o2", "y"), new Option("o3", "z"));

  private static Item item(QuestionType type, String text, String correct, String regex) {
    return new Item(
        "q1",
        type,
        text,
        type == QuestionType.MULTIPLE_CHOICE ? OPTIONS : List.of(),
        new AnswerKey(correct, List.of(), Optional.ofNullable(regex), List.of()),
        2);
  }

  private static Outcome of(Item item, Object answer) {
    return Grading.grade(item, answer, "de").outcome();
  }

  @ParameterizedTest
  @CsvSource({
    "o2,CORRECT",
    "B,CORRECT",
    "b,CORRECT",
    "O2,CORRECT",
    "A,WRONG",
    "o1,WRONG",
    "E,WRONG",
    "y,WRONG",
    "' ',UNANSWERED"
  })
  void takesIdsAndLetters(String answer, Outcome outcome) {
    assertThat(of(item(QuestionType.MULTIPLE_CHOICE, "?", "o2", null), answer)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "true,CORRECT",
    "TRUE,CORRECT",
    "wahr,CORRECT",
    "Ja,CORRECT",
    "1,CORRECT",
    "falsch,WRONG",
    "0,WRONG",
    "vielleicht,WRONG"
  })
  void takesTheTargetLanguagesWords(String answer, Outcome outcome) {
    assertThat(of(item(QuestionType.TRUE_FALSE, "?", "true", null), answer)).isEqualTo(outcome);
  }

  @Test
  void fillsBlanksOneByOne() {
    Item two = item(QuestionType.FILL_BLANK, "___ and {blank}", "red|Blue", null);
    assertThat(of(two, "RED | blue ")).isEqualTo(Outcome.CORRECT);
    assertThat(of(two, new JsonArray().add("red").add("ｂｌｕｅ"))).isEqualTo(Outcome.CORRECT);
    assertThat(of(two, "blue|red")).isEqualTo(Outcome.WRONG);
    assertThat(of(two, "red")).isEqualTo(Outcome.WRONG);
    Item same = item(QuestionType.FILL_BLANK, "____ and ____", "red", null);
    assertThat(of(same, "red|red")).isEqualTo(Outcome.CORRECT);
    assertThat(of(same, "red|")).isEqualTo(Outcome.WRONG);
  }

  @Test
  void matchesExpressionsInLinearTime() {
    assertThat(of(item(QuestionType.FILL_BLANK, "___", "colour", "(?i)colou?r"), " COLOR "))
        .isEqualTo(Outcome.CORRECT);
    Item evil = item(QuestionType.FILL_BLANK, "___", "b", "(a+)+$");
    long begin = System.nanoTime();
    assertThat(of(evil, "a".repeat(9_000) + "!")).isEqualTo(Outcome.WRONG);
    assertThat((System.nanoTime() - begin) / 1e9).isLessThan(2);
    assertThat(of(item(QuestionType.FILL_BLANK, "___", "b", "(?=x)["), "b"))
        .isEqualTo(Outcome.CORRECT);
    assertThat(Grading.expression("a".repeat(501))).isEmpty();
  }

  @Test
  void leavesUnclearFreeAnswersToReview() {
    Item why =
        item(
            QuestionType.SHORT_ANSWER,
            "Why?",
            "Because yeast makes carbon dioxide in the dough.",
            null);
    assertThat(of(why, "because yeast makes carbon dioxide in the dough"))
        .isEqualTo(Outcome.CORRECT);
    assertThat(of(why, "The yeast makes carbon dioxide in dough")).isEqualTo(Outcome.CORRECT);
    assertThat(of(why, "Yeast never makes carbon dioxide in the dough"))
        .isEqualTo(Outcome.PENDING_REVIEW);
    assertThat(of(why, "magic")).isEqualTo(Outcome.PENDING_REVIEW);
  }

  @Test
  void givesPartsForPairs() {
    Item drag =
        new Item(
            "q1",
            QuestionType.DRAG_DROP,
            "?",
            List.of(),
            new AnswerKey(
                "",
                List.of(),
                Optional.empty(),
                List.of(new Pair("i1", "t2"), new Pair("i2", "t1"))),
            4);
    assertThat(Grading.grade(drag, new JsonObject().put("i1", "t2").put("i2", "t2"), "en").earned())
        .isEqualTo(2, within(1e-9));
    assertThat(of(drag, new JsonObject().put("i1", "t2").put("i2", "t1")))
        .isEqualTo(Outcome.CORRECT);
  }

  @Test
  void givesNothingForUnknownQuestions() {
    Item known = item(QuestionType.MULTIPLE_CHOICE, "?", "o2", null);
    Grading.Result result = Grading.grade(List.of(known), Map.of("x", "", "y", "A"), 60, "en");
    assertThat(result.score()).isZero();
    assertThat(result.passed()).isFalse();
    assertThat(result.unanswered()).isOne();
    assertThat(result.warnings()).hasSize(1);
  }
}
