package http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.file.Path;
import java.util.Locale;

/** Forms with files: the files are streamed to a folder and go with the request. */
final class MultipartForm {
  /** What stands for the files among the form's texts. */
  static final String FILES = "x-files";

  private MultipartForm() {}

  static boolean wanted(HttpServerRequest request) {
    String type = request.getHeader("Content-Type");
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
  }

  /**
   * @param limit bytes of the whole form
   */
  static BodyHandler handler(Path folder, long limit) {
    return BodyHandler.create(folder.toString())
        .setBodyLimit(limit)
        .setDeleteUploadedFilesOnEnd(true);
  }

  /** What stands for the body: the form's texts, and of the files their names and sizes. */
  static JsonObject standIn(RoutingContext context) {
    JsonObject body = new JsonObject();
    context.request().formAttributes().forEach(entry -> body.put(entry.getKey(), entry.getValue()));
    JsonArray files = new JsonArray();
    for (FileUpload file : context.fileUploads()) {
      files.add(
          new JsonObject()
              .put("part", file.name())
              .put("name", file.fileName())
              .put("size", file.size()));
    }
    return body.put(FILES, files);
  }
}
