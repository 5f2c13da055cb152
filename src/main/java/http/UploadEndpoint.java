package http;

import courses.CourseJob;
import courses.sources.DocumentKind;
import courses.sources.SourceFile;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code POST /api/upload-pdfs}, and the same for older pages that wait for the course: section 2.2
 * of the courses' contract.
 */
final class UploadEndpoint {
  private static final int LONGEST_TITLE = 300;
  private static final int LONGEST_COUNTRY = 100;

  // The server closes connections on which nothing moves for 75 s.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Uploads uploads;
  private final CourseParts courses;
  private final Optional<SourceParts.CourseStarter> starter;

  UploadEndpoint(ApiParts parts) {
    this.uploads = new Uploads(parts);
    this.courses = parts.courses();
    this.starter = parts.sources().starter();
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("uploadPdfs", this::upload).add("uploadPdfsAndWait", this::uploadAndWait);
  }

  private Future<Reply> upload(Call call) {
    return begun(call, CourseCaller.of(call))
        .map(
            job ->
                Reply.ok(
                    new JsonObject()
                        .put("message", "Upload accepted")
                        .put("job_id", job.getString("jobId"))
                        .put("task_id", job.getString("taskId"))
                        .put("status", "pending")
                        .put("status_url", "/api/jobs/" + job.getString("taskId"))));
  }

  private Future<JsonObject> begun(Call call, String owner) {
    JsonObject form = call.input().body();
    JsonObject request = new JsonObject().put("priority", priority(form));
    text(form, "course_title", LONGEST_TITLE).ifPresent(title -> request.put("title", title));
    text(form, "country", LONGEST_COUNTRY).ifPresent(country -> request.put("country", country));
    SourceParts.CourseStarter maker =
        starter.orElseThrow(
            () ->
                Problems.unavailable("this installation makes no courses: deploy CourseGenerator"));
    return uploads
        .keep(call, owner, EnumSet.of(DocumentKind.PDF))
        .compose(
            kept -> {
              JsonArray ids = new JsonArray();
              kept.stream().map(SourceFile::id).distinct().forEach(id -> ids.add(id.toString()));
              request.put("source", new JsonObject().put("type", "pdf").put("fileIds", ids));
              return maker.start(owner, request);
            });
  }

  private Future<Reply> uploadAndWait(Call call) {
    String owner = CourseCaller.of(call);
    return begun(call, owner)
        .compose(
            begun ->
                CourseEnd.of(
                    call.vertx(),
                    courses.jobs(),
                    owner,
                    UUID.fromString(begun.getString("jobId")),
                    PATIENCE,
                    call.gone()))
        .map(job -> finished(job.orElseThrow(CourseJobEndpoints::unknown)))
        .compose(
            job ->
                Future.all(
                        courses.library().find(owner, job.courseId().toString()),
                        courses.library().chapters(owner, job.courseId()))
                    .map(
                        both -> {
                          Optional<JsonObject> course = both.resultAt(0);
                          return Reply.ok(
                              new JsonObject()
                                  .put("message", CourseJobRendering.told(job))
                                  .put(
                                      "course",
                                      PdfCourseEndpoints.pdf(
                                          course.orElseThrow(TopicCourseEndpoints::unknown),
                                          both.resultAt(1))));
                        }));
  }

  private static CourseJob finished(CourseJob job) {
    if (job.succeeded()) {
      return job;
    }
    if (!job.over()) {
      throw Problems.unavailable(
              "the course is not finished yet and goes on being made: see /api/jobs/"
                  + job.taskId())
          .header("Retry-After", "30");
    }
    String reason = job.reason().orElse("the course was " + job.status());
    throw job.status().equals("rejected")
        ? new ApiException(ErrorCode.VALIDATION_ERROR, reason)
        : new ApiException(ErrorCode.UPSTREAM_ERROR, "no course could be made: " + reason);
  }

  private static int priority(JsonObject form) {
    String said = form.getValue("priority") == null ? "5" : form.getValue("priority").toString();
    if (!said.strip().matches("[1-9]|10")) {
      throw ApiException.invalid("priority", "must be a whole number from 1 to 10");
    }
    return Integer.parseInt(said.strip());
  }

  private static Optional<String> text(JsonObject form, String name, int longest) {
    Object value = form.getValue(name);
    if (value == null || value.toString().isBlank()) {
      return Optional.empty();
    }
    String text = value.toString().strip();
    if (text.length() > longest || text.indexOf(0) >= 0) {
      throw ApiException.invalid(name, "must have at most " + longest + " characters");
    }
    return Optional.of(text);
  }
}
