package http;

import courses.CourseJob;
import courses.CourseJobs;
import courses.CourseRequest;
import courses.JobControl;
import courses.sources.InvalidSource;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.BiFunction;

/** Jobs that make courses: section 2.8 of the courses' contract. */
final class CourseJobEndpoints {
  private static final int MAX_PARTS = 200;

  private final CourseParts courses;
  private final CourseForm forms;
  private final int mostOpen;

  CourseJobEndpoints(ApiParts parts) {
    this.courses = parts.courses();
    this.forms = new CourseForm(new Uploads(parts));
    this.mostOpen = parts.settings().courses().maxOpenJobs();
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("createCourseJob", this::create)
        .add("listCourseJobs", this::list)
        .add("getCourseJob", this::get)
        .add("courseJobEvents", this::events)
        .add(
            "pauseCourseJob",
            call -> steer(call, (owner, job) -> courses.control().pause(owner, job)))
        .add("resumeCourseJob", this::resume)
        .add(
            "cancelCourseJob",
            call ->
                steer(
                    call,
                    (owner, job) ->
                        courses
                            .control()
                            .cancel(owner, job, call.input().query().getBoolean("discard", false))))
        .add("retryCourseJob", this::retry);
  }

  private Future<Reply> create(Call call) {
    return (CourseForm.sent(call)
            ? forms.request(call)
            : Future.succeededFuture(call.input().body()))
        .compose(
            body ->
                courses.open(
                    call.learner(),
                    Optional.ofNullable(body.getString("generationProcessId")),
                    request(body),
                    mostOpen))
        .map(
            opened -> {
              JsonObject accepted = CourseJobRendering.accepted(opened.job(), opened.existed());
              return new Reply(
                  opened.existed() ? 200 : 202,
                  accepted,
                  null,
                  Map.of("Location", accepted.getString("statusUrl")));
            });
  }

  /** Reads a request; what is wrong with it names its member. */
  static CourseRequest request(JsonObject body) {
    try {
      return CourseRequest.read(body);
    } catch (InvalidSource invalid) {
      throw ApiException.invalid(invalid.field(), invalid.rule());
    }
  }

  private Future<Reply> list(Call call) {
    int limit = call.input().limit();
    Optional<UUID> cursor = call.input().query("cursor").flatMap(CourseJobs::uuid);
    return courses
        .jobs()
        .list(call.learner(), call.input().query("status"), cursor, limit)
        .map(
            jobs -> {
              JsonArray data = new JsonArray();
              jobs.forEach(job -> data.add(CourseJobRendering.job(job)));
              JsonObject body = new JsonObject().put("data", data);
              if (jobs.size() == limit) {
                body.put("nextCursor", jobs.get(jobs.size() - 1).id().toString());
              }
              return Reply.ok(body);
            });
  }

  private Future<CourseJob> job(Call call) {
    return courses
        .jobs()
        .find(call.learner(), call.pathSegment("jobId"))
        .map(found -> found.orElseThrow(CourseJobEndpoints::unknown));
  }

  static ApiException unknown() {
    return new ApiException(ErrorCode.JOB_NOT_FOUND, "Job not found");
  }

  private Future<Reply> get(Call call) {
    return job(call)
        .compose(
            job -> {
              Future<List<CourseJobs.Part>> parts = courses.jobs().parts(call.learner(), job.id());
              Future<JsonObject> usage = courses.usage().apply("course:" + job.courseId());
              return Future.all(parts, usage)
                  .map(
                      both ->
                          Reply.ok(
                              CourseJobRendering.withParts(job, parts.result(), usage.result())));
            });
  }

  private Future<Reply> events(Call call) {
    return job(call)
        .map(
            job ->
                CourseEventStream.of(
                    call,
                    courses.jobs(),
                    call.learner(),
                    job.id(),
                    event ->
                        Future.succeededFuture(
                            event.data().put("at", event.at().toInstant().toString()))));
  }

  private Future<Reply> resume(Call call) {
    Double most = call.input().body().getDouble("maxCostUsd");
    OptionalDouble raised = most == null ? OptionalDouble.empty() : OptionalDouble.of(most);
    return steer(call, (owner, job) -> courses.control().resume(owner, job, raised));
  }

  private Future<Reply> retry(Call call) {
    JsonArray named = call.input().body().getJsonArray("parts");
    Optional<List<String>> parts =
        Optional.ofNullable(named)
            .map(list -> list.stream().limit(MAX_PARTS).map(String::valueOf).toList());
    return steer(call, (owner, job) -> courses.control().retry(owner, job, parts));
  }

  private Future<Reply> steer(
      Call call, BiFunction<String, UUID, Future<JobControl.Result>> command) {
    String owner = call.learner();
    return job(call)
        .compose(
            job ->
                command
                    .apply(owner, job.id())
                    .compose(
                        result ->
                            switch (result) {
                              case UNKNOWN -> Future.failedFuture(unknown());
                              case CONFLICT ->
                                  Future.failedFuture(
                                      new ApiException(
                                          ErrorCode.CONFLICT,
                                          "the job is "
                                              + job.status()
                                              + ", so this can't be done with it"));
                              case DONE, UNCHANGED ->
                                  courses
                                      .jobs()
                                      .find(owner, job.id().toString())
                                      .map(
                                          now ->
                                              Reply.of(
                                                  202,
                                                  CourseJobRendering.job(
                                                      now.orElseThrow(
                                                          CourseJobEndpoints::unknown))));
                            }));
  }
}
