package http;

import courses.AssessmentStore.Stored;
import courses.AttemptStore.Attempt;
import courses.content.AssessmentQuestion;
import courses.content.Grading;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Assessments, attempted and graded here. */
final class CourseAssessments {
  /** Section 1.5: a time limit has this much grace. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final CourseParts courses;

  CourseAssessments(ApiParts parts) {
    this.courses = parts.courses();
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("getAssessment", this::get)
        .add("beginAttempt", this::begin)
        .add("submitAttempt", this::submit);
  }

  private Future<Stored> stored(Call call) {
    return courses
        .assessments()
        .find(call.learner(), call.pathSegment("assessmentId"))
        .map(found -> found.orElseThrow(CourseAssessments::unknown));
  }

  private static ApiException unknown() {
    return new ApiException(ErrorCode.NOT_FOUND, "nothing of yours has this id");
  }

  private Future<Reply> get(Call call) {
    return stored(call).map(stored -> Reply.ok(CourseContentRendering.assessment(stored, false)));
  }

  private Future<Reply> begin(Call call) {
    return stored(call)
        .compose(
            stored ->
                courses
                    .attempts()
                    .begin(call.learner(), stored)
                    .map(
                        attempt ->
                            Reply.of(
                                201,
                                attempt(attempt)
                                    .put(
                                        "assessment",
                                        CourseContentRendering.assessment(stored, false)))));
  }

  private static JsonObject attempt(Attempt attempt) {
    return new JsonObject()
        .put("attemptNumber", attempt.number())
        .put("status", attempt.status())
        .put("startedAt", attempt.startedAt().toInstant().toString())
        .put("deadlineAt", attempt.deadline().map(at -> at.toInstant().toString()).orElse(null))
        .put(
            "submittedAt", attempt.submittedAt().map(at -> at.toInstant().toString()).orElse(null));
  }

  private Future<Reply> submit(Call call) {
    String owner = call.learner();
    int number = call.pathId("attempt").filter(id -> id < 1_000_000).orElse(-1L).intValue();
    JsonObject answers = call.input().body().getJsonObject("answers", new JsonObject());
    return stored(call)
        .compose(
            stored ->
                courses
                    .attempts()
                    .find(owner, stored.id(), number)
                    .map(found -> found.orElseThrow(CourseAssessments::unknown))
                    .compose(attempt -> graded(owner, stored, attempt, answers)));
  }

  private Future<Reply> graded(String owner, Stored stored, Attempt attempt, JsonObject answers) {
    boolean waiting = attempt.status().equals("pending_review");
    if (!waiting && !attempt.status().equals("in_progress")) {
      // a repetition of what was submitted gets what was said then
      return Future.succeededFuture(
          Reply.ok(attempt(attempt).put("result", attempt.result().orElse(new JsonObject()))));
    }
    boolean late =
        !waiting
            && attempt
                .deadline()
                .filter(at -> OffsetDateTime.now().isAfter(at.plus(GRACE)))
                .isPresent();
    // what waits for a review is what was handed in, whatever comes now
    JsonObject counted =
        late ? new JsonObject() : waiting ? attempt.answers().orElse(answers) : answers;
    return courses
        .learning()
        .grades()
        .grade(
            owner,
            stored.course(),
            items(stored),
            values(counted),
            explanations(stored),
            stored.assessment().passingScore())
        .compose(result -> submit(owner, stored, attempt, late, counted, result));
  }

  private Future<Reply> submit(
      String owner,
      Stored stored,
      Attempt attempt,
      boolean late,
      JsonObject counted,
      Grading.Result result) {
    String status = late ? "expired" : result.pendingReview() ? "pending_review" : "graded";
    JsonObject json = result.toJson();
    for (int i = 0; i < stored.assessment().questions().size(); i++) {
      AssessmentQuestion question = stored.assessment().questions().get(i);
      json.getJsonArray("grades")
          .getJsonObject(i)
          .put("userAnswer", counted.getValue("q" + question.number()))
          .put("correctAnswer", question.answerKey().correct())
          .put("explanation", question.explanation());
    }
    return courses
        .attempts()
        .submit(owner, stored.id(), attempt.number(), attempt.status(), status, counted, json)
        .compose(mine -> courses.attempts().find(owner, stored.id(), attempt.number()))
        .map(
            now -> {
              Attempt after = now.orElseThrow(CourseAssessments::unknown);
              return Reply.ok(
                  attempt(after).put("result", after.result().orElse(new JsonObject())));
            });
  }

  static List<Grading.Item> items(Stored stored) {
    List<Grading.Item> items = new ArrayList<>();
    for (AssessmentQuestion question : stored.assessment().questions()) {
      items.add(
          new Grading.Item(
              "q" + question.number(),
              question.type(),
              question.text(),
              question.options(),
              question.answerKey(),
              question.points()));
    }
    return items;
  }

  private static Map<String, Object> values(JsonObject answers) {
    Map<String, Object> values = new LinkedHashMap<>();
    answers.forEach(answer -> values.put(answer.getKey(), answer.getValue()));
    return values;
  }

  private static Map<String, String> explanations(Stored stored) {
    Map<String, String> explanations = new LinkedHashMap<>();
    stored
        .assessment()
        .questions()
        .forEach(question -> explanations.put("q" + question.number(), question.explanation()));
    return explanations;
  }
}
