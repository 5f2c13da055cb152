package http;

import courses.AssessmentStore;
import courses.CourseJobs;
import courses.content.AssessmentKind;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Finished and unfinished courses with all they consist of: section 2.8 of the contract. */
final class CourseEndpoints {
  private final CourseParts courses;
  private final CourseAudioRows audio;

  CourseEndpoints(ApiParts parts) {
    this.audio = new CourseAudioRows(parts.settings());
    this.courses = parts.courses();
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("listCourses", this::list)
        .add("getCourse", this::get)
        .add("getCourseContent", this::content)
        .add("editCourse", this::edit)
        .add("deleteCourse", this::delete);
  }

  private Future<Reply> list(Call call) {
    int limit = call.input().limit();
    return courses
        .library()
        .list(
            call.learner(),
            call.input().query("q"),
            call.input().query("level"),
            call.input().query("country"),
            call.input().query("cursor").flatMap(CourseJobs::uuid),
            limit)
        .map(
            rows -> {
              JsonArray data = new JsonArray();
              rows.forEach(row -> data.add(course(row)));
              JsonObject body = new JsonObject().put("data", data);
              if (rows.size() == limit) {
                body.put("nextCursor", rows.get(rows.size() - 1).getString("id"));
              }
              return Reply.ok(body);
            });
  }

  private Future<JsonObject> row(Call call) {
    return courses
        .library()
        .find(call.learner(), call.pathSegment("courseId"))
        .map(found -> found.orElseThrow(TopicCourseEndpoints::unknown));
  }

  /** In camelCase; whose it is needs not be said. */
  private static JsonObject course(JsonObject row) {
    JsonObject course = new JsonObject();
    for (String name : row.fieldNames()) {
      if (!name.equals("owner_id") && !name.endsWith("_generated")) {
        course.put(camel(name), row.getValue(name));
      }
    }
    return course;
  }

  private static String camel(String name) {
    StringBuilder camel = new StringBuilder();
    for (String word : name.split("_")) {
      camel.append(
          camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return camel.toString();
  }

  private Future<Reply> get(Call call) {
    return row(call).map(row -> Reply.ok(course(row)));
  }

  private Future<Reply> content(Call call) {
    boolean answers = call.input().query().getBoolean("withAnswers", false);
    Optional<List<String>> parts =
        call.input().query("parts").map(names -> List.of(names.split("\\s*,\\s*")));
    return row(call)
        .compose(
            row -> {
              UUID id = UUID.fromString(row.getString("id"));
              return Future.all(
                      courses.library().chapters(call.learner(), id),
                      courses.library().items(call.learner(), id),
                      courses
                          .assessments()
                          .newest(call.learner(), id, Optional.empty(), AssessmentKind.FINAL),
                      courses.audio().ofCourse(call.learner(), id))
                  .map(
                      all -> {
                        List<JsonObject> items = all.resultAt(1);
                        items.forEach(item -> audio.addTo(item, all.resultAt(3), call));
                        JsonObject body =
                            CourseContentRendering.content(
                                course(row), all.resultAt(0), items, answers, parts);
                        Optional<AssessmentStore.Stored> test = all.resultAt(2);
                        test.ifPresent(
                            stored ->
                                body.put(
                                    "assessment",
                                    CourseContentRendering.assessment(stored, answers)));
                        return Reply.ok(body);
                      });
            });
  }

  private Future<Reply> edit(Call call) {
    JsonObject body = call.input().body();
    JsonArray tags = body.getJsonArray("tags");
    return row(call)
        .compose(
            row ->
                courses
                    .library()
                    .edit(
                        call.learner(),
                        UUID.fromString(row.getString("id")),
                        body.getString("title"),
                        tags == null ? null : tags.stream().map(String::valueOf).toList(),
                        body.getBoolean("published")))
        .compose(done -> row(call))
        .map(row -> Reply.ok(course(row)));
  }

  private Future<Reply> delete(Call call) {
    return row(call)
        .compose(
            row -> courses.library().delete(call.learner(), UUID.fromString(row.getString("id"))))
        .map(gone -> new Reply(204, null, io.vertx.core.buffer.Buffer.buffer(), Map.of()));
  }
}
