package http;

import courses.AssessmentStore;
import courses.CourseJobs;
import courses.CourseLibrary;
import courses.content.AssessmentKind;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    return listed(courses.library(), call, call.learner())
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

  /** The rows that a list's parameters choose. */
  static Future<List<JsonObject>> listed(CourseLibrary library, Call call, String owner) {
    return library.list(
        owner,
        call.input().query("q"),
        call.input().query("level"),
        call.input().query("country"),
        call.input().query("cursor").flatMap(CourseJobs::uuid),
        call.input().limit());
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

  private Future<CourseCaller.Found> readable(Call call) {
    return CourseCaller.readable(call, courses.library(), call.pathSegment("courseId"))
        .map(found -> found.orElseThrow(TopicCourseEndpoints::unknown));
  }

  private Future<Reply> get(Call call) {
    return readable(call).map(found -> Reply.ok(course(found.course())));
  }

  private Future<Reply> content(Call call) {
    Set<String> parts = parts(call);
    boolean tested = parts.isEmpty() || parts.contains("assessment");
    return readable(call)
        .compose(
            found -> {
              boolean answers =
                  found.own() && call.input().query().getBoolean("withAnswers", false);
              return Future.all(
                      courses.library().chapters(found.reader(), found.id()),
                      courses.library().items(found.reader(), found.id()),
                      tested && found.own()
                          ? courses
                              .assessments()
                              .newest(
                                  found.reader(),
                                  found.id(),
                                  Optional.empty(),
                                  AssessmentKind.FINAL)
                          : Future.succeededFuture(Optional.<AssessmentStore.Stored>empty()),
                      courses.audio().ofCourse(found.course().getString("owner_id"), found.id()),
                      courses.library().leftOut(found.reader(), found.id()))
                  .map(
                      all -> {
                        List<JsonObject> items = all.resultAt(1);
                        items.forEach(item -> audio.addTo(item, all.resultAt(3), call));
                        JsonObject body =
                            CourseContentRendering.content(
                                course(found.course()), all.resultAt(0), items, answers, parts);
                        if (parts.isEmpty()) {
                          body.put("leftOut", all.<JsonArray>resultAt(4));
                        }
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

  private static Set<String> parts(Call call) {
    Set<String> parts = new LinkedHashSet<>();
    for (String part : call.input().query("parts").orElse("").split(",")) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    if (!CourseContentRendering.PARTS.containsAll(parts)) {
      throw ApiException.invalid(
          "parts", "knows only " + String.join(", ", CourseContentRendering.PARTS));
    }
    return parts;
  }

  private Future<Reply> edit(Call call) {
    JsonObject body = call.input().body();
    Optional<List<String>> tags =
        Optional.ofNullable(body.getJsonArray("tags"))
            .map(list -> list.stream().map(String::valueOf).toList());
    return row(call)
        .compose(
            row ->
                courses
                    .library()
                    .edit(
                        call.learner(),
                        UUID.fromString(row.getString("id")),
                        new CourseLibrary.Edit(
                            call.input().body("title"),
                            tags,
                            Optional.ofNullable(body.getBoolean("published")),
                            Optional.ofNullable(body.getBoolean("isPublic")))))
        .compose(done -> row(call))
        .map(
            row -> {
              courses.jobs().courseChanged(UUID.fromString(row.getString("id")));
              return Reply.ok(course(row));
            });
  }

  private Future<Reply> delete(Call call) {
    return row(call)
        .compose(
            row -> {
              UUID course = UUID.fromString(row.getString("id"));
              return courses
                  .library()
                  .delete(call.learner(), course)
                  .onComplete(gone -> courses.jobs().courseChanged(course));
            })
        .map(gone -> new Reply(204, null, io.vertx.core.buffer.Buffer.buffer(), Map.of()));
  }
}
