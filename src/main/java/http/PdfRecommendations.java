package http;

import courses.ProgressStore;
import courses.QuizRecords;
import courses.QuizRecords.Quiz;
import courses.QuizRecords.Taken;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a learner might do next, as the PDF system's clients know it: section 2.5 of the courses'
 * contract.
 */
final class PdfRecommendations {
  /** Below this percentage a module is weak, and a quiz is to be taken again. */
  private static final int WEAK = 60;

  private static final int TOPICS = 3;
  private static final int COURSES = 100;

  private final ProgressStore progress;
  private final QuizRecords quizzes;

  PdfRecommendations(ApiParts parts) {
    this.progress = parts.courses().learning().progress();
    this.quizzes = parts.courses().learning().quizzes();
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("courseRecommendations", this::get);
  }

  private Future<Reply> get(Call call) {
    String learner = CourseCaller.of(call);
    return Future.all(
            quizzes.quizzes(learner),
            quizzes.taken(learner),
            progress.overview(learner, learner, TOPICS, COURSES))
        .map(
            all ->
                Reply.ok(recommended(learner, all.resultAt(0), all.resultAt(1), all.resultAt(2))));
  }

  private static JsonObject recommended(
      String learner, List<Quiz> quizzes, Map<UUID, Taken> taken, JsonArray courses) {
    JsonArray weak = new JsonArray();
    JsonArray again = new JsonArray();
    for (Quiz quiz : quizzes) {
      Taken result = taken.get(quiz.id());
      if (result != null && result.last() >= WEAK) {
        continue;
      }
      JsonObject one =
          new JsonObject()
              .put("quiz_id", quiz.code())
              .put("title", quiz.title())
              .put("course_id", quiz.course().toString())
              .put("module_id", quiz.module().orElse(null))
              .put("module_title", quiz.moduleTitle().orElse(null))
              .put("last_score", result == null ? null : result.last());
      again.add(one.copy().put("reason", result == null ? "not_attempted" : "failed"));
      if (result != null && quiz.module().isPresent()) {
        weak.add(one);
      }
    }
    JsonArray topics = new JsonArray();
    JsonArray fresh = new JsonArray();
    for (Object entry : courses) {
      JsonObject course = (JsonObject) entry;
      JsonObject named =
          new JsonObject()
              .put("course_id", course.getString("course_id"))
              .put("course_number", course.getLong("course_number"))
              .put("course_title", course.getString("course_title"));
      if (course.getBoolean("begun")) {
        course
            .getJsonArray("next")
            .forEach(topic -> topics.add(named.copy().mergeIn((JsonObject) topic)));
      } else {
        fresh.add(named.put("total_topics", course.getInteger("lessons")));
      }
    }
    return new JsonObject()
        .put("status", "success")
        .put("user_id", learner)
        .put("quiz_stats", stats(taken.values()))
        .put("weak_modules", weak)
        .put("recommended_quizzes", again)
        .put("next_topics", topics)
        .put("next_courses", fresh)
        .put(
            "summary",
            new JsonObject()
                .put("weak_modules", weak.size())
                .put("recommended_quizzes", again.size())
                .put("next_topics", topics.size())
                .put("next_courses", fresh.size()));
  }

  private static JsonObject stats(Collection<Taken> taken) {
    int attempts = taken.stream().mapToInt(Taken::attempts).sum();
    double sum = taken.stream().mapToDouble(Taken::sum).sum();
    return new JsonObject()
        .put("total_attempts", attempts)
        .put("avg_score", attempts == 0 ? 0.0 : Math.round(sum * 100 / attempts) / 100.0)
        .put("best_score", taken.stream().mapToDouble(Taken::best).max().orElse(0))
        .put("passed_count", taken.stream().mapToInt(Taken::passed).sum());
  }
}
