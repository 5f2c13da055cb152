package http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * Jobs and courses as the PDF system's clients know them: sections 2.2 and 2.3 of the courses'
 * contract.
 */
final class PdfCourseEndpoints {
  private final CourseParts courses;

  PdfCourseEndpoints(ApiParts parts) {
    this.courses = parts.courses();
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("getPdfJob", this::job)
        .add("courseWorkers", this::workers)
        .add("listPdfCourses", this::list)
        .add("getPdfCourse", this::get);
  }

  private Future<Reply> job(Call call) {
    String asked = call.pathSegment("jobId");
    return CourseCaller.find(call, owner -> courses.jobs().find(owner, asked))
        .map(found -> found.orElseThrow(CourseJobEndpoints::unknown))
        .map(job -> Reply.ok(CourseJobRendering.pdfStatus(job, asked)));
  }

  private Future<Reply> workers(Call call) {
    return courses.workers().stats().map(Reply::ok);
  }

  private Future<Reply> list(Call call) {
    return CourseEndpoints.listed(courses.library(), call, CourseCaller.of(call))
        .map(
            rows -> {
              JsonArray list = new JsonArray();
              rows.forEach(
                  row -> list.add(course(row).put("modules", row.getInteger("chapter_count"))));
              return Reply.bytes("application/json", list.toBuffer(), Map.of());
            });
  }

  private static JsonObject course(JsonObject row) {
    String level = row.getString("difficulty");
    return new JsonObject()
        .put("id", row.getString("id"))
        .put("course_id", row.getString("id"))
        .put("course_number", row.getLong("course_number"))
        .put("title", row.getString("title"))
        .put("course_title", row.getString("title"))
        .put("description", row.getString("description"))
        .put("level", Character.toUpperCase(level.charAt(0)) + level.substring(1))
        .put("teacher_id", row.getString("owner_id"))
        .putNull("course_order")
        .put("country", row.getString("country"))
        .put("file_metadata", row.getJsonObject("source_facts"))
        .put("created_by", row.getString("owner_id"))
        .put("status", row.getString("status"))
        .put("created_at", row.getString("created_at"))
        .put("updated_at", row.getString("updated_at"));
  }

  private Future<Reply> get(Call call) {
    String asked = call.pathSegment("courseId");
    return CourseCaller.readable(call, courses.library(), asked)
        .map(found -> found.orElseThrow(() -> unknown(asked)))
        .compose(
            found ->
                courses
                    .library()
                    .chapters(found.reader(), found.id())
                    .map(chapters -> Reply.ok(pdf(found.course(), chapters))));
  }

  /** The whole course in the PDF system's shape. */
  static JsonObject pdf(JsonObject course, JsonArray chapters) {
    return course(course).put("modules", modules(chapters));
  }

  static ApiException unknown(String asked) {
    String name = asked.length() > 40 ? "of this id" : asked;
    return new ApiException(ErrorCode.COURSE_NOT_FOUND, "Course " + name + " not found");
  }

  /** Lessons under two names: each generation of clients reads another one. */
  private static JsonArray modules(JsonArray chapters) {
    JsonArray modules = new JsonArray();
    for (Object entry : chapters) {
      JsonObject chapter = (JsonObject) entry;
      JsonArray topics = new JsonArray();
      for (Object inner : chapter.getJsonArray("lessons")) {
        JsonObject lesson = (JsonObject) inner;
        if (lesson.getString("content_md") != null) {
          topics.add(
              new JsonObject()
                  .put("id", lesson.getLong("legacy_id"))
                  .put("title", lesson.getString("title"))
                  .put("content", lesson.getString("content_md"))
                  .put("order_index", lesson.getInteger("order_index"))
                  .put("estimated_time", lesson.getInteger("estimated_minutes")));
        }
      }
      modules.add(
          new JsonObject()
              .put("id", chapter.getLong("legacy_id"))
              .put("week", chapter.getInteger("order_index"))
              .put("title", chapter.getString("title"))
              .put("description", chapter.getString("description"))
              .put("learning_objectives", chapter.getJsonArray("objectives"))
              .put("order_index", chapter.getInteger("order_index"))
              .put("topics", topics)
              .put("sub_topics", topics.copy()));
    }
    return modules;
  }
}
