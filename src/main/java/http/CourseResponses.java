package http;

import courses.AnswerGrades;
import courses.AnswerGrades.Graded;
import courses.CourseJobs;
import courses.ResponseStore;
import courses.ResponseStore.Response;
import courses.content.AnswerKey;
import courses.content.Content;
import courses.content.Exercise;
import courses.content.Grading;
import courses.content.Option;
import courses.content.QuestionType;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Answers to exercises and to practice questions: graded here, kept as attempts. */
final class CourseResponses {
  private final CourseParts courses;

  CourseResponses(ApiParts parts) {
    this.courses = parts.courses();
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("answerExercise", call -> answer(call, "exercise"))
        .add("answerMcq", call -> answer(call, "mcq"))
        .add("listExerciseResponses", call -> list(call, "exercise"))
        .add("listMcqResponses", call -> list(call, "mcq"));
  }

  /**
   * An item as it is answered.
   *
   * @param explanation shown with the grade
   */
  private record Asked(UUID id, UUID course, Grading.Item item, String explanation) {}

  private Future<Asked> asked(Call call, String kind) {
    Optional<UUID> id = CourseJobs.uuid(call.pathSegment("itemId"));
    return id.isEmpty()
        ? Future.failedFuture(unknown())
        : courses
            .library()
            .item(call.learner(), kind, id.get())
            .map(found -> asked(id.get(), kind, found.orElseThrow(CourseResponses::unknown)));
  }

  private static ApiException unknown() {
    return new ApiException(ErrorCode.NOT_FOUND, "nothing of yours has this id");
  }

  private static Asked asked(UUID id, String kind, JsonObject row) {
    UUID course = UUID.fromString(row.getString("course_id"));
    JsonObject data = row.getJsonObject("data");
    if (kind.equals("exercise")) {
      Exercise exercise = Content.read(Exercise.class, data);
      return new Asked(
          id,
          course,
          new Grading.Item(
              id.toString(),
              exercise.type(),
              exercise.question(),
              exercise.options(),
              exercise.answerKey(),
              exercise.points()),
          exercise.explanation());
    }
    JsonArray texts = data.getJsonArray("options");
    List<Option> options = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      options.add(new Option(Grading.letter(i), texts.getString(i)));
    }
    return new Asked(
        id,
        course,
        new Grading.Item(
            id.toString(),
            QuestionType.MULTIPLE_CHOICE,
            data.getString("question"),
            options,
            AnswerKey.of(Grading.letter(data.getInteger("correctIndex"))),
            1),
        data.getString("explanation"));
  }

  private Future<Reply> answer(Call call, String kind) {
    Object answer = call.input().body().getValue("answer");
    String owner = call.learner();
    return asked(call, kind)
        .compose(
            asked ->
                graded(owner, asked, answer)
                    .compose(
                        graded ->
                            courses
                                .learning()
                                .responses()
                                .add(owner, kind, asked.id(), answer, graded))
                    .map(
                        stored ->
                            Reply.ok(
                                response(
                                        stored.orElseThrow(
                                            () ->
                                                new ApiException(
                                                    ErrorCode.CONFLICT,
                                                    "this was answered "
                                                        + ResponseStore.MOST_ATTEMPTS
                                                        + " times already; no more attempts are"
                                                        + " kept")))
                                    .put("correctAnswer", asked.item().key().correct())
                                    .put("explanation", asked.explanation()))));
  }

  private Future<Graded> graded(String owner, Asked asked, Object answer) {
    AnswerGrades grades = courses.learning().grades();
    Optional<UUID> course = Optional.of(asked.course());
    return grades
        .language(owner, course)
        .compose(
            language ->
                grades.grade(
                    owner,
                    course,
                    language,
                    new AnswerGrades.Answered(
                        asked.item(), asked.explanation(), byLetter(asked.item(), answer))));
  }

  /** Options of practice questions have no ids, so clients name them by letter or by their text. */
  private static Object byLetter(Grading.Item item, Object answer) {
    List<Option> named =
        item.type() == QuestionType.MULTIPLE_CHOICE && answer instanceof String text
            ? item.options().stream().filter(option -> option.text().equals(text)).toList()
            : List.of();
    return named.size() == 1 ? named.get(0).id() : answer;
  }

  private static JsonObject response(Response response) {
    Object answer = response.answer();
    boolean pending = response.outcome().equals("pending_review");
    return new JsonObject()
        .put("attempt", response.number())
        .put("answer", answer == Tuple.JSON_NULL ? null : answer)
        .put("outcome", response.outcome())
        .put("isCorrect", pending ? null : response.outcome().equals("correct"))
        .put("earned", response.earned())
        .put("points", response.points())
        .put("gradedBy", response.grader())
        .put("feedback", response.feedback().orElse(null))
        .put("submittedAt", response.submittedAt().toString());
  }

  private Future<Reply> list(Call call, String kind) {
    return asked(call, kind)
        .compose(
            asked ->
                courses
                    .learning()
                    .responses()
                    .list(call.learner(), asked.id(), call.input().limit()))
        .map(
            responses -> {
              JsonArray data = new JsonArray();
              responses.forEach(one -> data.add(response(one)));
              return Reply.ok(new JsonObject().put("data", data));
            });
  }
}
