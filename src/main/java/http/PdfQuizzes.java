package http;

import courses.AssessmentStore.Stored;
import courses.content.AssessmentKind;
import courses.content.AssessmentQuestion;
import courses.content.Grading;
import courses.content.Option;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Quizzes with letters for answers: section 2.4 of the courses' contract. */
final class PdfQuizzes {
  private static final int PASSING = 60;

  private final CourseParts courses;

  PdfQuizzes(ApiParts parts) {
    this.courses = parts.courses();
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("moduleQuiz", this::ofModule)
        .add("courseQuiz", this::ofCourse)
        .add("getQuiz", this::get)
        .add("submitQuiz", this::submit);
  }

  private Future<Reply> ofModule(Call call) {
    int week = call.input().body().getInteger("module_week");
    return make(call, Optional.of(week));
  }

  private Future<Reply> ofCourse(Call call) {
    return make(call, Optional.empty());
  }

  private Future<Reply> make(Call call, Optional<Integer> week) {
    String owner = CourseCaller.of(call);
    JsonObject body = call.input().body();
    String asked = String.valueOf(body.getValue("course_id"));
    return courses
        .library()
        .find(owner, asked)
        .map(found -> found.orElseThrow(() -> PdfCourseEndpoints.unknown(asked)))
        .compose(
            course -> {
              UUID id = UUID.fromString(course.getString("id"));
              return chapter(owner, id, week)
                  .compose(chapter -> quiz(owner, id, chapter, week, body));
            })
        .map(
            quiz ->
                Reply.ok(new JsonObject().put("message", "Quiz ready").put("quiz", quiz(quiz))));
  }

  private Future<Optional<UUID>> chapter(String owner, UUID course, Optional<Integer> week) {
    if (week.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    return courses
        .library()
        .chapters(owner, course)
        .map(
            chapters ->
                Optional.of(
                    chapters.stream()
                        .map(JsonObject.class::cast)
                        .filter(chapter -> chapter.getInteger("order_index").equals(week.get()))
                        .findFirst()
                        .map(chapter -> UUID.fromString(chapter.getString("id")))
                        .orElseThrow(
                            () ->
                                new ApiException(
                                    ErrorCode.NOT_FOUND,
                                    "Module of week " + week.get() + " not found"))));
  }

  /** The one that is there; a new one only when it is asked for, or there is none. */
  private Future<Stored> quiz(
      String owner, UUID course, Optional<UUID> chapter, Optional<Integer> week, JsonObject body) {
    AssessmentKind kind =
        week.isPresent() ? AssessmentKind.MODULE_QUIZ : AssessmentKind.COURSE_QUIZ;
    return courses
        .assessments()
        .newest(owner, course, chapter, kind)
        .compose(
            found ->
                found.isPresent() && !body.getBoolean("regenerate", false)
                    ? Future.succeededFuture(found.get())
                    : courses
                        .quizzes()
                        .make(owner, course, week)
                        .recover(
                            failure ->
                                Future.failedFuture(
                                    new ApiException(
                                            ErrorCode.SERVICE_UNAVAILABLE,
                                            "no quiz can be made now; try again later")
                                        .header("Retry-After", "30")))
                        .compose(
                            quiz ->
                                courses
                                    .assessments()
                                    .add(owner, course, chapter.orElse(null), quiz)));
  }

  private static String questionId(Stored stored, AssessmentQuestion question) {
    return stored.code() + "_q" + question.number();
  }

  private static JsonObject quiz(Stored stored) {
    JsonArray questions = new JsonArray();
    for (AssessmentQuestion question : stored.assessment().questions()) {
      JsonArray options = new JsonArray();
      question.options().forEach(option -> options.add(option.text()));
      questions.add(
          new JsonObject()
              .put("question_id", questionId(stored, question))
              .put("question_text", question.text())
              .put("options", options)
              .put("topic", question.topic()));
    }
    return new JsonObject()
        .put("quiz_id", stored.code())
        .put("title", stored.assessment().title())
        .put("description", stored.assessment().description())
        .put("questions", questions)
        .put("total_questions", questions.size())
        .put("quiz_type", stored.week().isPresent() ? "module" : "course")
        .put("module_week", stored.week().orElse(null))
        .put("course_id", stored.course().toString());
  }

  private Future<Stored> stored(Call call, String code) {
    return courses
        .assessments()
        .find(CourseCaller.of(call), code)
        .map(
            found ->
                found.orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "Quiz not found")));
  }

  private Future<Reply> get(Call call) {
    return stored(call, call.pathSegment("quizId"))
        .map(quiz -> Reply.ok(new JsonObject().put("quiz", quiz(quiz))));
  }

  private Future<Reply> submit(Call call) {
    JsonObject body = call.input().body();
    JsonObject answers = body.getJsonObject("answers");
    String owner = CourseCaller.of(call);
    return stored(call, body.getString("quiz_id"))
        .compose(
            quiz ->
                courses
                    .assessments()
                    .begin(owner, quiz)
                    .compose(
                        attempt -> {
                          JsonObject result = result(quiz, answers, owner);
                          return courses
                              .assessments()
                              .submit(owner, quiz.id(), attempt.number(), "graded", answers, result)
                              .map(
                                  kept ->
                                      Reply.ok(
                                          new JsonObject()
                                              .put("message", "Quiz graded")
                                              .put("result", result)));
                        }));
  }

  /** Every question counts one; what was not answered is not right. */
  private static JsonObject result(Stored stored, JsonObject answers, String owner) {
    Map<String, Object> given = new LinkedHashMap<>();
    List<Grading.Item> items = new ArrayList<>();
    for (AssessmentQuestion question : stored.assessment().questions()) {
      String id = questionId(stored, question);
      items.add(
          new Grading.Item(
              id, question.type(), question.text(), question.options(), question.answerKey(), 1));
      given.put(id, answers.getValue(id));
    }
    Grading.Result graded = Grading.grade(items, given, PASSING, "en");
    JsonArray details = new JsonArray();
    for (int i = 0; i < items.size(); i++) {
      Grading.Item item = items.get(i);
      Object answer = given.get(item.id());
      details.add(
          new JsonObject()
              .put("question_id", item.id())
              .put("user_answer", answer == null ? "" : String.valueOf(answer))
              .put("correct_answer", letter(item))
              .put("is_correct", graded.grades().get(i).outcome() == Grading.Outcome.CORRECT));
    }
    double percentage =
        items.isEmpty() ? 0 : Math.round(graded.correct() * 10_000.0 / items.size()) / 100.0;
    return new JsonObject()
        .put("quiz_id", stored.code())
        .put("user_id", owner)
        .put("score", graded.correct())
        .put("total_questions", items.size())
        .put("percentage", percentage)
        .put("passed", !items.isEmpty() && percentage >= PASSING)
        .put("detailed_results", details);
  }

  private static String letter(Grading.Item item) {
    List<Option> options = item.options();
    for (int i = 0; i < options.size(); i++) {
      if (options.get(i).id().equals(item.key().correct())) {
        return Grading.letter(i);
      }
    }
    return item.key().correct();
  }
}
