package http;

import courses.AssessmentStore.Stored;
import courses.AttemptStore.Attempt;
import courses.content.AssessmentKind;
import courses.content.AssessmentQuestion;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An easier chapter for a learner who did badly in one (section 2.8 of the courses' contract): the
 * newest test with questions on the chapter decides.
 */
final class RemediationEndpoint {
  private static final double PASSABLE = 50;
  private static final Pattern NUMBER = Pattern.compile("q([0-9]{1,4})$");

  private final CourseParts courses;

  RemediationEndpoint(ApiParts parts) {
    this.courses = parts.courses();
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("remediateChapter", this::remediate);
  }

  private Future<Reply> remediate(Call call) {
    String owner = call.learner();
    boolean anew = call.input().body().getBoolean("regenerate", false);
    return courses
        .library()
        .find(owner, call.pathSegment("courseId"))
        .map(found -> found.orElseThrow(TopicCourseEndpoints::unknown))
        .compose(
            course -> {
              UUID id = UUID.fromString(course.getString("id"));
              return courses
                  .library()
                  .chapters(owner, id)
                  .compose(
                      chapters -> {
                        JsonObject chapter = chapter(chapters, call.pathSegment("chapterId"));
                        Optional<JsonObject> there = again(chapters, chapter.getString("id"));
                        if (there.isPresent() && !anew) {
                          return Future.succeededFuture(Reply.ok(rendered(there.get())));
                        }
                        return failed(owner, id, chapter)
                            .compose(low -> made(owner, id, chapter))
                            .map(made -> Reply.of(201, rendered(made)));
                      });
            });
  }

  private static JsonObject chapter(JsonArray chapters, String asked) {
    JsonObject chapter =
        all(chapters).stream()
            .filter(
                one ->
                    one.getString("id").equalsIgnoreCase(asked)
                        || one.getLong("legacy_id").toString().equals(asked))
            .findFirst()
            .orElseThrow(
                () -> new ApiException(ErrorCode.NOT_FOUND, "the course has no such chapter"));
    if (chapter.getString("remediates") != null) {
      throw new ApiException(
          ErrorCode.CONFLICT, "this chapter explains another one again; there is no easier one");
    }
    return chapter;
  }

  private static List<JsonObject> all(JsonArray chapters) {
    return chapters.stream().map(JsonObject.class::cast).toList();
  }

  private static Optional<JsonObject> again(JsonArray chapters, String of) {
    return all(chapters).stream().filter(one -> of.equals(one.getString("remediates"))).findFirst();
  }

  private static JsonObject rendered(JsonObject chapter) {
    return CourseContentRendering.chapter(chapter, Map.of());
  }

  /** Succeeds when the learner's newest score in the chapter is below 50 %. */
  private Future<Double> failed(String owner, UUID course, JsonObject chapter) {
    return Future.all(
            courses.assessments().ofCourse(owner, course),
            courses.attempts().ofCourse(owner, course))
        .map(
            both -> {
              List<Stored> tests = both.resultAt(0);
              List<Attempt> attempts = both.resultAt(1);
              double percent =
                  score(tests, attempts, chapter.getInteger("order_index"))
                      .orElseThrow(
                          () ->
                              new ApiException(
                                  ErrorCode.CONFLICT,
                                  "nothing was handed in yet that asks about this chapter"));
              if (percent >= PASSABLE) {
                throw new ApiException(
                    ErrorCode.CONFLICT,
                    "the newest score in this chapter is "
                        + Math.round(percent)
                        + " %; an easier one is for those below 50 %");
              }
              return percent;
            });
  }

  /**
   * Percentage of right answers among a chapter's questions in the newest test that has any.
   *
   * @param attempts newest first
   * @param number of the chapter, from 1
   */
  static OptionalDouble score(List<Stored> tests, List<Attempt> attempts, int number) {
    Map<UUID, Stored> byId =
        tests.stream().collect(Collectors.toMap(Stored::id, Function.identity()));
    for (Attempt attempt : attempts) {
      Stored test = byId.get(attempt.assessment());
      if (test == null || attempt.result().isEmpty()) {
        continue;
      }
      List<AssessmentQuestion> questions =
          test.assessment().questions().stream()
              .filter(
                  question ->
                      test.assessment().kind() == AssessmentKind.MODULE_QUIZ
                          ? test.week().filter(week -> week == number).isPresent()
                          : question.chapterIndex() == number - 1)
              .toList();
      if (!questions.isEmpty()) {
        Set<Integer> right = right(attempt.result().get());
        long good = questions.stream().filter(q -> right.contains(q.number())).count();
        return OptionalDouble.of(100.0 * good / questions.size());
      }
    }
    return OptionalDouble.empty();
  }

  /** Numbers of the questions that were answered rightly, from either shape of result. */
  private static Set<Integer> right(JsonObject result) {
    Set<Integer> right = new HashSet<>();
    for (Object entry : result.getJsonArray("grades", new JsonArray())) {
      JsonObject grade = (JsonObject) entry;
      if ("correct".equals(grade.getString("outcome"))) {
        number(grade.getString("questionId")).ifPresent(right::add);
      }
    }
    for (Object entry : result.getJsonArray("detailed_results", new JsonArray())) {
      JsonObject detail = (JsonObject) entry;
      if (detail.getBoolean("is_correct", false)) {
        number(detail.getString("question_id")).ifPresent(right::add);
      }
    }
    return right;
  }

  private static Optional<Integer> number(String questionId) {
    Matcher matcher = NUMBER.matcher(questionId);
    return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }

  private Future<JsonObject> made(String owner, UUID course, JsonObject chapter) {
    String title = "Again, more simply: " + chapter.getString("title");
    return courses
        .maker()
        .again(owner, course, chapter.getInteger("order_index"))
        .compose(lessons -> courses.library().explainAgain(owner, course, chapter, title, lessons))
        .compose(stored -> courses.library().chapters(owner, course))
        .map(
            chapters ->
                again(chapters, chapter.getString("id"))
                    .orElseThrow(TopicCourseEndpoints::unknown));
  }
}
