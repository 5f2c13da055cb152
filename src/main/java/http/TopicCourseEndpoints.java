package http;

import courses.CourseJob;
import courses.CourseRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Topic courses as their first system's clients know them: section 2.1 of the courses' contract.
 */
final class TopicCourseEndpoints {
  private static final int USUAL_SECONDS = 40;
  private static final int LONGEST_LIST = 1_000;

  private final CourseParts courses;
  private final int mostOpen;
  private final CourseAudioRows audio;

  TopicCourseEndpoints(ApiParts parts) {
    this.audio = new CourseAudioRows(parts.settings());
    this.courses = parts.courses();
    this.mostOpen = parts.settings().courses().maxOpenJobs();
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("startTopicCourse", this::start)
        .add("listTopicCourses", this::list)
        .add("getTopicCourse", this::get)
        .add("topicCourseContent", this::content)
        .add("deleteTopicCourse", this::delete)
        .add("topicCourseJob", this::job)
        .add("topicCourseEvents", this::events);
  }

  private Future<Reply> start(Call call) {
    JsonObject body = call.input().body();
    String owner = CourseCaller.named(call, "userId");
    JsonObject wanted =
        body.copy()
            .put(
                "source",
                new JsonObject().put("type", "topic").put("topic", body.getValue("topic")));
    if (body.getValue("parts") != null) {
      wanted.put("options", new JsonObject().put("parts", body.getValue("parts")));
    }
    CourseRequest request;
    try {
      request = CourseJobEndpoints.request(wanted);
    } catch (ApiException invalid) {
      throw ApiException.invalid(topLevel(invalid));
    }
    return courses
        .open(owner, call.input().body("generationProcessId"), request, mostOpen)
        .compose(
            opened ->
                estimate()
                    .map(
                        seconds ->
                            Reply.ok(
                                new JsonObject()
                                    .put("success", true)
                                    .put("courseId", opened.job().courseId().toString())
                                    .put("jobId", opened.job().id().toString())
                                    .put("estimatedTime", seconds))));
  }

  /** The members are at the top here, not in a source. */
  private static java.util.List<ApiException.Field> topLevel(ApiException invalid) {
    return invalid.details().getJsonArray("fields").stream()
        .map(JsonObject.class::cast)
        .map(
            field ->
                new ApiException.Field(
                    field.getString("field").replaceFirst("^(source|options)\\.", ""),
                    field.getString("reason")))
        .toList();
  }

  /** What the steps take one after the other, as measured; a constant before anything was. */
  private Future<Integer> estimate() {
    return courses
        .workers()
        .medians()
        .map(
            medians -> {
              long millis =
                  java.util.stream.Stream.of(
                          "validate", "structure", "lesson", "exercises", "assess", "store")
                      .mapToLong(kind -> medians.getOrDefault(kind, 0L))
                      .sum();
              return millis == 0 ? USUAL_SECONDS : Math.max(1, (int) Math.ceil(millis / 1_000.0));
            });
  }

  static ApiException unknown() {
    return new ApiException(ErrorCode.COURSE_NOT_FOUND, "Course not found");
  }

  private Future<JsonObject> course(Call call) {
    return CourseCaller.course(call, courses.library(), call.pathSegment("courseId"))
        .map(found -> found.orElseThrow(TopicCourseEndpoints::unknown));
  }

  private Future<CourseCaller.Found> readable(Call call) {
    return CourseCaller.readable(call, courses.library(), call.pathSegment("courseId"))
        .map(found -> found.orElseThrow(TopicCourseEndpoints::unknown));
  }

  private static String owner(JsonObject course) {
    return course.getString("owner_id");
  }

  private static UUID id(JsonObject course) {
    return UUID.fromString(course.getString("id"));
  }

  private Future<Reply> list(Call call) {
    return courses
        .library()
        .list(
            CourseCaller.named(call, "user_id"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            LONGEST_LIST)
        .map(
            rows -> {
              JsonArray list = new JsonArray();
              rows.forEach(row -> list.add(TopicCourseRendering.course(row)));
              return Reply.bytes("application/json", list.toBuffer(), Map.of());
            });
  }

  private Future<Reply> get(Call call) {
    return readable(call).map(found -> Reply.ok(TopicCourseRendering.course(found.course())));
  }

  private Future<Reply> content(Call call) {
    return readable(call)
        .compose(
            found ->
                Future.all(
                        courses.library().chapters(found.reader(), found.id()),
                        courses.library().items(found.reader(), found.id()),
                        courses.audio().ofCourse(owner(found.course()), found.id()))
                    .map(
                        all -> {
                          List<JsonObject> items = all.resultAt(1);
                          items.forEach(item -> audio.addTo(item, all.resultAt(2), call));
                          return Reply.ok(
                              TopicCourseRendering.content(all.resultAt(0), items, found.own()));
                        }));
  }

  /** What is not there is told in both ways that clients read. */
  private Future<Reply> delete(Call call) {
    return CourseCaller.course(call, courses.library(), call.pathSegment("courseId"))
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(false)
                    : courses
                        .library()
                        .delete(owner(found.get()), id(found.get()))
                        .onComplete(gone -> courses.jobs().courseChanged(id(found.get()))))
        .map(
            gone ->
                gone
                    ? Reply.ok(
                        new JsonObject().put("success", true).put("message", "Course removed"))
                    : Reply.of(
                        404,
                        new JsonObject()
                            .put("success", false)
                            .put("message", "No such course")
                            .put("detail", unknown().getMessage())));
  }

  private Future<CourseJob> newest(Call call) {
    return course(call)
        .compose(course -> courses.jobs().ofCourse(owner(course), id(course)))
        .map(found -> found.orElseThrow(TopicCourseEndpoints::unknown));
  }

  private Future<Reply> job(Call call) {
    return newest(call).map(job -> Reply.ok(CourseJobRendering.topicRow(job)));
  }

  private Future<Reply> events(Call call) {
    return newest(call)
        .map(
            job ->
                CourseEventStream.of(
                    call,
                    courses.jobs(),
                    job.ownerId(),
                    job.id(),
                    event -> row(job.ownerId(), job.id())));
  }

  /** The row as it is by now: what clients of the database's change feed were told. */
  private Future<JsonObject> row(String owner, UUID job) {
    return courses
        .jobs()
        .now(owner, job)
        .map(found -> found.map(CourseJobRendering::topicRow).orElse(new JsonObject()));
  }
}
