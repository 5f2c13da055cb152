package http;

import courses.CourseJobs;
import courses.ProgressStore;
import courses.ProgressStore.Lesson;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Progress as the PDF system's clients know it: section 2.5 of the courses' contract. */
final class PdfProgress {
  private static final List<String> NEEDED =
      List.of("user_id", "course_id", "module_id", "topic_id");

  private final CourseParts courses;
  private final ProgressStore progress;

  PdfProgress(ApiParts parts) {
    this.courses = parts.courses();
    this.progress = parts.courses().learning().progress();
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("markComplete", this::complete).add("pdfProgress", this::get);
  }

  /**
   * A course with its lessons.
   *
   * @param owner whose it is, which need not be who learns from it
   */
  private record Course(UUID id, String owner, JsonObject row, List<Lesson> lessons) {}

  private Future<Course> course(Call call, String name) {
    return CourseCaller.course(call, courses.library(), name)
        .compose(
            found -> {
              JsonObject row = found.orElseThrow(() -> PdfCourseEndpoints.unknown(name));
              UUID id = UUID.fromString(row.getString("id"));
              String owner = row.getString("owner_id");
              return progress
                  .lessons(owner, id)
                  .map(lessons -> new Course(id, owner, row, lessons));
            });
  }

  private Future<Reply> complete(Call call) {
    JsonObject body = call.input().body();
    for (String member : NEEDED) {
      Object value = body.getValue(member);
      if (value == null || value.toString().isBlank()) {
        // what its clients were told, where everything else is 422
        throw new ApiException(ErrorCode.VALIDATION_ERROR, member + " is missing");
      }
    }
    String learner = CourseCaller.of(call);
    return course(call, body.getValue("course_id").toString())
        .compose(
            course -> {
              Lesson topic =
                  course.lessons().stream()
                      .filter(
                          lesson -> named(body.getValue("topic_id"), lesson.number(), lesson.id()))
                      .filter(
                          lesson ->
                              named(
                                  body.getValue("module_id"),
                                  lesson.chapterNumber(),
                                  lesson.chapter()))
                      .findFirst()
                      .orElseThrow(
                          () ->
                              new ApiException(
                                  ErrorCode.NOT_FOUND, "the course has no such topic"));
              return progress
                  .lesson(learner, course.owner(), topic.id(), "completed", 0)
                  .compose(done -> progress.ofLessons(learner, course.id()))
                  .map(
                      done ->
                          Reply.ok(
                              new JsonObject()
                                  .put("status", "success")
                                  .put("message", "Topic completed")
                                  .put("completion_stats", stats(course.lessons(), done))));
            });
  }

  /** Its clients know everything by number; ours by id. */
  private static boolean named(Object name, long number, UUID id) {
    String text = name.toString();
    return text.equals(String.valueOf(number))
        || CourseJobs.uuid(text).filter(id::equals).isPresent();
  }

  private static JsonObject stats(List<Lesson> all, Map<UUID, JsonObject> done) {
    List<Lesson> lessons = ProgressStore.counted(all);
    long completed =
        lessons.stream().filter(lesson -> ProgressStore.completed(done.get(lesson.id()))).count();
    return new JsonObject()
        .put("total_topics", lessons.size())
        .put("completed_topics", completed)
        .put(
            "completion_percentage",
            lessons.isEmpty() ? 0.0 : Math.round(completed * 10_000.0 / lessons.size()) / 100.0);
  }

  private Future<Reply> get(Call call) {
    String learner = CourseCaller.of(call);
    return course(call, call.pathSegment("courseId"))
        .compose(
            course ->
                progress
                    .ofLessons(learner, course.id())
                    .map(
                        done ->
                            Reply.ok(
                                new JsonObject()
                                    .put("status", "success")
                                    .put("user_id", learner)
                                    .put("course_id", course.id().toString())
                                    .put("completion_stats", stats(course.lessons(), done))
                                    .put("progress", rows(course, done)))));
  }

  private static JsonArray rows(Course course, Map<UUID, JsonObject> done) {
    JsonArray rows = new JsonArray();
    for (Lesson lesson : course.lessons()) {
      JsonObject report = done.get(lesson.id());
      if (report != null) {
        boolean completed = ProgressStore.completed(report);
        rows.add(
            new JsonObject()
                .put("course_id", course.id().toString())
                .put("module_id", lesson.chapterNumber())
                .put("module_title", lesson.chapterTitle())
                .put("topic_id", lesson.number())
                .put("topic_title", lesson.title())
                .put("status", report.getString("status"))
                .put("progress_percentage", completed ? 100 : 0)
                .put("last_accessed", report.getString("updatedAt"))
                .put("completion_date", report.getString("completedAt")));
      }
    }
    return rows;
  }
}
