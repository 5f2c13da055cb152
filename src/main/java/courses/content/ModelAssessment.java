package courses.content;

import static courses.content.ModelReplies.level;
import static courses.content.ModelReplies.objects;
import static courses.content.ModelReplies.refs;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tests and quizzes by a model, a few lessons a call, all calls at once. */
final class ModelAssessment {
  private static final int LESSONS_A_CALL = 3;

  private final ModelAsks asks;

  ModelAssessment(ModelAsks asks) {
    this.asks = asks;
  }

  Future<Mcqs> mcqs(CourseSoFar course, int count, Duration within) {
    AssessmentPlan plan = AssessmentPlan.quiz(AssessmentKind.COURSE_QUIZ, Math.min(50, count));
    return assessment(course, plan, within)
        .map(
            test ->
                new Mcqs(
                    test.questions().stream()
                        .filter(q -> q.options().size() == 4)
                        .map(
                            q ->
                                new Mcq(
                                    q.chapterIndex(),
                                    q.text(),
                                    q.options().stream().map(Option::text).toList(),
                                    q.options().stream()
                                        .map(Option::id)
                                        .toList()
                                        .indexOf(q.answerKey().correct()),
                                    q.explanation(),
                                    q.difficulty(),
                                    q.sourceRefs()))
                        .toList()));
  }

  Future<Assessment> assessment(CourseSoFar course, AssessmentPlan plan, Duration within) {
    List<List<WrittenLesson>> groups = new ArrayList<>();
    for (int i = 0; i < course.lessons().size(); i += LESSONS_A_CALL) {
      groups.add(
          course.lessons().subList(i, Math.min(course.lessons().size(), i + LESSONS_A_CALL)));
    }
    List<Future<List<AssessmentQuestion>>> calls = new ArrayList<>();
    int before = 0;
    for (int i = 0; i < groups.size(); i++) {
      int upTo = (int) Math.round((double) plan.questions() * (i + 1) / groups.size());
      if (upTo > before) {
        calls.add(questions(course.brief(), groups.get(i), plan, upTo - before, within));
      }
      before = upTo;
    }
    // Lessons whose questions fail leave a shorter test; the gate's warning says so.
    return Future.join(calls)
        .recover(
            some ->
                calls.stream().anyMatch(Future::succeeded)
                    ? Future.succeededFuture()
                    : Future.failedFuture(some))
        .map(
            done -> {
              List<AssessmentQuestion> all =
                  calls.stream()
                      .filter(Future::succeeded)
                      .flatMap(call -> call.result().stream())
                      .limit(plan.questions())
                      .toList();
              String title = course.outline().title();
              return new Assessment(
                  plan.kind(),
                  title,
                  all.size() + " questions on " + title,
                  plan.passingScore(),
                  plan.minutes(),
                  all);
            });
  }

  private Future<List<AssessmentQuestion>> questions(
      Brief brief, List<WrittenLesson> lessons, AssessmentPlan plan, int count, Duration within) {
    int output = Math.min(8_000, 600 + 250 * count);
    JsonArray types =
        new JsonArray(
            plan.types().stream().map(type -> type.name().toLowerCase(Locale.ROOT)).toList());
    JsonObject shown =
        ModelAsks.order(brief)
            .put("lessons", ModelMaterial.lessons(lessons, asks.room("quiz", output)));
    return asks.fill(
            "quiz",
            brief,
            ModelAsks.source(lessons),
            "course-questions",
            (number, have) -> {
              JsonObject wanted = new JsonObject().put("questions", number).put("types", types);
              plan.difficulty()
                  .ifPresent(
                      level -> wanted.put("difficulty", level.name().toLowerCase(Locale.ROOT)));
              return shown.copy().put("wanted", wanted).put("have", have);
            },
            output,
            within,
            count,
            test -> test.questions().size(),
            test -> test.questions().stream().map(AssessmentQuestion::text).toList(),
            reply -> {
              List<AssessmentQuestion> list = new ArrayList<>();
              objects(reply, "questions")
                  .filter(q -> plan.types().contains(ModelReplies.type(q)))
                  .limit(count)
                  .forEach(
                      q -> {
                        LessonPlan lesson = ModelReplies.lesson(q, lessons).plan();
                        list.add(
                            new AssessmentQuestion(
                                list.size() + 1,
                                ModelReplies.type(q),
                                q.getString("question"),
                                ModelReplies.options(q),
                                ModelReplies.key(q),
                                q.getString("explanation"),
                                Optional.of(q.getString("hint")).filter(hint -> !hint.isBlank()),
                                Math.min(5, Math.max(1, q.getInteger("points"))),
                                level(q, "difficulty"),
                                lesson.title(),
                                lesson.chapterIndex(),
                                lesson.lessonIndex(),
                                refs(q, "refs")));
                      });
              return new Assessment(
                  plan.kind(), "Questions", "Questions", plan.passingScore(), plan.minutes(), list);
            },
            (one, more) ->
                new Assessment(
                    one.kind(),
                    one.title(),
                    one.description(),
                    one.passingScore(),
                    one.timeLimitMinutes(),
                    ModelAsks.both(one.questions(), more.questions(), count)))
        .map(Assessment::questions);
  }
}
