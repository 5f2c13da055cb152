package http;

import courses.sources.DocumentKind;
import courses.sources.SourceFiles;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Uploaded files, of which courses can be made by their ids. */
final class SourceFileEndpoints {
  private final SourceFiles files;
  private final Uploads uploads;

  SourceFileEndpoints(ApiParts parts) {
    this.files = parts.sources().files();
    this.uploads = new Uploads(parts);
    files.cleanHourly();
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("uploadSourceFiles", this::upload)
        .add("listSourceFiles", this::list)
        .add("getSourceFile", this::get)
        .add("deleteSourceFile", this::delete);
  }

  private Future<Reply> upload(Call call) {
    return uploads
        .keep(call, call.learner(), EnumSet.allOf(DocumentKind.class))
        .map(kept -> Reply.of(201, rendered(kept)));
  }

  private Future<Reply> list(Call call) {
    return files.list(call.learner(), call.input().limit()).map(found -> Reply.ok(rendered(found)));
  }

  private static JsonObject rendered(List<courses.sources.SourceFile> found) {
    JsonArray list = new JsonArray();
    found.forEach(file -> list.add(file.toJson()));
    return new JsonObject().put("files", list);
  }

  private Future<Reply> get(Call call) {
    return id(call)
        .map(id -> files.find(id, call.learner()))
        .orElse(Future.succeededFuture(Optional.empty()))
        .map(file -> Reply.ok(file.orElseThrow(SourceFileEndpoints::unknown).toJson()));
  }

  private Future<Reply> delete(Call call) {
    return id(call)
        .map(id -> files.delete(id, call.learner()))
        .orElse(Future.succeededFuture(false))
        .map(
            gone -> {
              if (!gone) {
                throw unknown();
              }
              return Reply.noContent();
            });
  }

  private static Optional<UUID> id(Call call) {
    String text = call.pathSegment("fileId");
    return text.matches("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }

  private static ApiException unknown() {
    return new ApiException(
        ErrorCode.NOT_FOUND, "there is no such file of yours (any more); upload it again");
  }
}
