package http;

import courses.sources.DocumentKind;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.FileUpload;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A request for a course as a form: a part {@code request} that holds its JSON, and the files it is
 * made of as further parts. What is wrong with the request is told before a file is kept.
 */
final class CourseForm {
  private static final String REQUEST = "request";
  private static final int MOST_BYTES = 4 << 20;

  private final Uploads uploads;

  CourseForm(Uploads uploads) {
    this.uploads = uploads;
  }

  static boolean sent(Call call) {
    return call.input().body().containsKey(MultipartForm.FILES);
  }

  /** The request with the ids of the files that came with it; fails with {@link ApiException}. */
  Future<JsonObject> request(Call call) {
    List<FileUpload> files =
        call.files().stream().filter(file -> !file.name().equals(REQUEST)).toList();
    return json(call)
        .compose(
            request -> {
              if (files.isEmpty()) {
                return Future.succeededFuture(request);
              }
              JsonObject source = source(request);
              Set<DocumentKind> kinds = kinds(source);
              withIds(request, source, new JsonArray().add(new UUID(0, 0).toString()));
              CourseJobEndpoints.request(request);
              return uploads
                  .keep(call, files, call.learner(), kinds)
                  .map(
                      kept -> {
                        JsonArray ids = new JsonArray();
                        kept.stream()
                            .map(file -> file.id().toString())
                            .distinct()
                            .forEach(ids::add);
                        return withIds(request, source, ids);
                      });
            });
  }

  private static JsonObject source(JsonObject request) {
    Object source = request.getValue("source");
    if (source != null && !(source instanceof JsonObject)) {
      throw ApiException.invalid("source", "must be an object");
    }
    JsonObject given =
        source == null ? new JsonObject().put("type", "files") : ((JsonObject) source).copy();
    if (given.getValue("fileIds") != null) {
      throw ApiException.invalid(
          "source.fileIds", "must not be there when the files come with the request");
    }
    return given;
  }

  private static Set<DocumentKind> kinds(JsonObject source) {
    return switch (String.valueOf(source.getValue("type"))) {
      case "files" -> EnumSet.allOf(DocumentKind.class);
      case "pdf" -> EnumSet.of(DocumentKind.PDF);
      case "docx" -> EnumSet.of(DocumentKind.DOCX);
      case "txt" -> EnumSet.of(DocumentKind.TEXT);
      default ->
          throw ApiException.invalid(
              "source.type", "must be one of files, pdf, docx and txt where files come with it");
    };
  }

  private static JsonObject withIds(JsonObject request, JsonObject source, JsonArray ids) {
    return request.put("source", source.put("fileIds", ids));
  }

  /** As a text of the form, or as a file of it when the client gave the part a file's name. */
  private static Future<JsonObject> json(Call call) {
    Object text = call.input().body().getValue(REQUEST);
    if (text != null) {
      return Future.succeededFuture(parsed(text.toString()));
    }
    FileUpload file =
        call.files().stream()
            .filter(one -> one.name().equals(REQUEST))
            .findFirst()
            .orElseThrow(
                () ->
                    ApiException.invalid(
                        REQUEST, "is missing: send the request's JSON as a part of this name"));
    if (file.size() > MOST_BYTES) {
      throw ApiException.invalid(REQUEST, "must have at most " + MOST_BYTES + " bytes");
    }
    return call.vertx()
        .fileSystem()
        .readFile(file.uploadedFileName())
        .map(bytes -> parsed(bytes.toString()));
  }

  private static JsonObject parsed(String text) {
    try {
      return new JsonObject(text);
    } catch (DecodeException | ClassCastException broken) {
      throw ApiException.invalid(REQUEST, "must be a JSON object");
    }
  }
}
