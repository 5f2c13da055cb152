package http;

import courses.AssessmentStore.Stored;
import courses.content.AssessmentKind;
import courses.content.AssessmentQuestion;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;

/** Quizzes of courses and their modules: section 2.4 of the courses' contract. */
final class PdfQuizzes {
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
    JsonObject body = call.input().body();
    String asked = String.valueOf(body.getValue("course_id"));
    return CourseCaller.course(call, courses.library(), asked)
        .map(found -> found.orElseThrow(() -> PdfCourseEndpoints.unknown(asked)))
        .compose(
            course -> {
              UUID id = UUID.fromString(course.getString("id"));
              String owner = course.getString("owner_id");
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
                        .maker()
                        .quiz(owner, course, week)
                        .recover(failure -> Future.failedFuture(unavailable(failure)))
                        .compose(
                            quiz ->
                                courses
                                    .assessments()
                                    .add(owner, course, chapter.orElse(null), quiz)));
  }

  /** Clients know 503 for a quiz that can't be made, whatever the reason. */
  private static ApiException unavailable(Throwable failure) {
    return new ApiException(ErrorCode.SERVICE_UNAVAILABLE, failure.getMessage())
        .header("Retry-After", "30");
  }

  private static String questionId(Stored stored, AssessmentQuestion question) {
    return stored.code() + "_q" + question.number();
  }

  private static JsonObject quiz(Stored stored) {
    JsonArray questions = new JsonArray();
    for (AssessmentQuestion question : stored.assessment().questions()) {
      questions.add(
          new JsonObject()
              .put("question_id", questionId(stored, question))
              .put("question_text", question.text())
              .put("options", LetterTest.optionTexts(question))
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
        .put("course_id", stored.course().map(UUID::toString).orElse(null));
  }

  private Future<Stored> stored(Call call, String code) {
    return CourseCaller.find(call, owner -> courses.assessments().find(owner, code))
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
    String learner = CourseCaller.of(call);
    return stored(call, body.getString("quiz_id"))
        .compose(
            quiz -> {
              JsonObject result = result(quiz, answers).put("user_id", learner);
              return courses
                  .attempts()
                  .graded(learner, quiz, answers, result, Optional.empty(), Optional.empty())
                  .map(
                      kept ->
                          Reply.ok(
                              new JsonObject()
                                  .put("message", "Quiz graded")
                                  .put("result", result)));
            });
  }

  private static JsonObject result(Stored stored, JsonObject answers) {
    LetterTest.Result marked =
        new LetterTest(stored.assessment(), question -> questionId(stored, question)).mark(answers);
    JsonArray details = new JsonArray();
    for (LetterTest.Marked question : marked.questions()) {
      details.add(
          new JsonObject()
              .put("question_id", question.id())
              .put("user_answer", question.given())
              .put("correct_answer", question.right())
              .put("is_correct", question.correct()));
    }
    return new JsonObject()
        .put("quiz_id", stored.code())
        .put("score", marked.correct())
        .put("total_questions", marked.questions().size())
        .put("percentage", marked.percentage())
        .put("passed", marked.passed())
        .put("detailed_results", details);
  }
}
