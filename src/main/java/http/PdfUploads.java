package http;

import courses.CourseRequest;
import courses.sources.DocumentKind;
import courses.sources.SourceFile;
import courses.sources.SourceFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.FileUpload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Uploaded files that become a course: section 2.2 of the courses' contract. */
final class PdfUploads {
  private static final int PIECE = 64 * 1024;

  private final Vertx vertx;
  private final CourseParts courses;
  private final int mostOpen;

  PdfUploads(Vertx vertx, ApiParts parts) {
    this.vertx = vertx;
    this.courses = parts.courses();
    this.mostOpen = parts.settings().courses().maxOpenJobs();
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("uploadPdfs", this::upload);
  }

  private Future<Reply> upload(Call call) {
    String owner = CourseCaller.of(call);
    List<FileUpload> files =
        call.files().stream().filter(file -> file.name().equals("files")).toList();
    if (files.isEmpty()) {
      throw ApiException.invalid("files", "is missing; send at least one PDF");
    }
    if (files.size() > courses.fileLimits().maxFiles()) {
      throw tooLarge("at most " + courses.fileLimits().maxFiles() + " files go into one course");
    }
    for (FileUpload file : files) {
      if (file.size() > courses.fileLimits().maxFileBytes()) {
        throw tooLarge("a file may have at most " + courses.fileLimits().maxFileBytes() + " bytes");
      }
    }
    JsonObject body = call.input().body();
    return kept(owner, files, 0, new ArrayList<>())
        .compose(
            kept ->
                CourseJobEndpoints.open(
                    courses.jobs(),
                    owner,
                    call.input().body("generationProcessId"),
                    request(body, kept),
                    mostOpen))
        .map(
            opened ->
                Reply.ok(
                    new JsonObject()
                        .put("message", "Upload accepted")
                        .put("job_id", opened.job().id().toString())
                        .put("task_id", opened.job().taskId().toString())
                        .put("status", "pending")
                        .put("status_url", "/api/jobs/" + opened.job().taskId())
                        .put("course_id", opened.job().courseId().toString())));
  }

  private static ApiException tooLarge(String detail) {
    return new ApiException(ErrorCode.PAYLOAD_TOO_LARGE, detail);
  }

  private static CourseRequest request(JsonObject body, List<SourceFile> kept) {
    JsonArray ids = new JsonArray();
    kept.stream().map(file -> file.id().toString()).distinct().forEach(ids::add);
    JsonObject wanted =
        new JsonObject()
            .put("source", new JsonObject().put("type", "files").put("fileIds", ids))
            .put("title", body.getString("course_title"))
            .put("country", body.getString("country"))
            .put("difficulty", "beginner")
            .put("targetLanguage", body.getString("language"));
    String priority = body.getString("priority", "");
    if (!priority.isBlank()) {
      if (!priority.strip().matches("[0-9]{1,2}")) {
        throw ApiException.invalid("priority", "must be a whole number from 1 to 10");
      }
      wanted.put("priority", Integer.valueOf(priority.strip()));
    }
    return CourseJobEndpoints.request(wanted);
  }

  private Future<List<SourceFile>> kept(
      String owner, List<FileUpload> files, int from, List<SourceFile> done) {
    if (from == files.size()) {
      return Future.succeededFuture(done);
    }
    FileUpload file = files.get(from);
    return vertx
        .executeBlocking(() -> arrived(file), false)
        .compose(arrived -> courses.files().keep(owner, arrived))
        .recover(
            failure ->
                failure instanceof SourceFiles.NoRoomException full
                    ? Future.failedFuture(
                        full.owners()
                            ? tooLarge(full.getMessage())
                            : new ApiException(ErrorCode.SERVICE_UNAVAILABLE, full.getMessage())
                                .header("Retry-After", "60"))
                    : Future.failedFuture(failure))
        .compose(
            kept -> {
              done.add(kept);
              return kept(owner, files, from + 1, done);
            });
  }

  /** What it is, by its bytes; a piece at a time is in memory. */
  private static SourceFiles.Arrived arrived(FileUpload file) throws IOException {
    Path path = Path.of(file.uploadedFileName());
    String label = SourceFile.label(file.fileName());
    MessageDigest digest = EntityTags.digest();
    byte[] head;
    try (InputStream in = Files.newInputStream(path)) {
      head = in.readNBytes(DocumentKind.HEAD);
      digest.update(head);
      byte[] piece = new byte[PIECE];
      for (int n = in.read(piece); n > 0; n = in.read(piece)) {
        digest.update(piece, 0, n);
      }
    }
    Optional<DocumentKind> kind = DocumentKind.of(head, label);
    if (kind.isEmpty()) {
      throw new ApiException(
          ErrorCode.VALIDATION_ERROR,
          "the file " + label + " is no PDF, DOCX or text, whatever its name says");
    }
    return new SourceFiles.Arrived(
        path, label, kind.get(), Files.size(path), HexFormat.of().formatHex(digest.digest()));
  }
}
