package http;

import courses.content.Assessment;
import courses.content.AssessmentQuestion;
import courses.content.Grading;
import courses.content.Option;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Tests whose answers are letters, each question worth one, as clients of PDF courses know them:
 * section 2.4 of the courses' contract.
 */
final class LetterTest {
  private final Assessment test;
  private final Function<AssessmentQuestion, String> id;

  /**
   * @param id what answers name a question by
   */
  LetterTest(Assessment test, Function<AssessmentQuestion, String> id) {
    this.test = test;
    this.id = id;
  }

  /** One marked question. */
  record Marked(
      AssessmentQuestion question, String id, String given, String right, boolean correct) {}

  /**
   * A marked test.
   *
   * @param answered questions with an answer
   * @param percentage two decimals
   */
  record Result(
      List<Marked> questions, int correct, int answered, double percentage, boolean passed) {}

  /**
   * Marks answers: letters without regard to case. What was not answered is not right; answers to
   * questions that the test does not have count for nothing.
   */
  Result mark(JsonObject answers) {
    List<Grading.Item> items = new ArrayList<>();
    Map<String, Object> given = new LinkedHashMap<>();
    for (AssessmentQuestion question : test.questions()) {
      String name = id.apply(question);
      items.add(
          new Grading.Item(
              name, question.type(), question.text(), question.options(), question.answerKey(), 1));
      given.put(name, answers.getValue(name));
    }
    Grading.Result graded = Grading.grade(items, given, test.passingScore(), "en");
    List<Marked> marked = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Object answer = given.get(items.get(i).id());
      marked.add(
          new Marked(
              test.questions().get(i),
              items.get(i).id(),
              answer == null ? "" : String.valueOf(answer),
              letter(test.questions().get(i)),
              graded.grades().get(i).outcome() == Grading.Outcome.CORRECT));
    }
    double percentage =
        items.isEmpty() ? 0 : Math.round(graded.correct() * 10_000.0 / items.size()) / 100.0;
    return new Result(
        marked,
        graded.correct(),
        items.size() - graded.unanswered(),
        percentage,
        !items.isEmpty() && percentage >= test.passingScore());
  }

  /** Options by letter. */
  static JsonObject options(AssessmentQuestion question) {
    JsonObject options = new JsonObject();
    for (int i = 0; i < question.options().size(); i++) {
      options.put(Grading.letter(i), question.options().get(i).text());
    }
    return options;
  }

  /** Options in the letters' order. */
  static JsonArray optionTexts(AssessmentQuestion question) {
    JsonArray texts = new JsonArray();
    question.options().forEach(option -> texts.add(option.text()));
    return texts;
  }

  private static String letter(AssessmentQuestion question) {
    List<Option> options = question.options();
    for (int i = 0; i < options.size(); i++) {
      if (options.get(i).id().equals(question.answerKey().correct())) {
        return Grading.letter(i);
      }
    }
    return question.answerKey().correct();
  }
}
