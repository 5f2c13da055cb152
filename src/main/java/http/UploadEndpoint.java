package http;

import courses.sources.DocumentKind;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.Optional;

/** {@code POST /api/upload-pdfs}: section 2.2 of the courses' contract. */
final class UploadEndpoint {
  private static final int LONGEST_TITLE = 300;
  private static final int LONGEST_COUNTRY = 100;

  private final Uploads uploads;
  private final Optional<SourceParts.CourseStarter> starter;

  UploadEndpoint(ApiParts parts) {
    this.uploads = new Uploads(parts);
    this.starter = parts.sources().starter();
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("uploadPdfs", this::upload);
  }

  private Future<Reply> upload(Call call) {
    String owner = CourseCaller.of(call);
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
              kept.stream().map(file -> file.id().toString()).distinct().forEach(ids::add);
              request.put("source", new JsonObject().put("type", "pdf").put("fileIds", ids));
              return maker.start(owner, request);
            })
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
