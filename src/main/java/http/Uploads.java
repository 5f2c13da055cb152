package http;

import courses.sources.DocumentKind;
import courses.sources.SourceFile;
import courses.sources.SourceFiles;
import io.vertx.core.Future;
import io.vertx.ext.web.FileUpload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import settings.CourseSourceSettings;

/** Takes the files of a form into the store: all of them, or none when one is refused. */
final class Uploads {
  private static final int PIECE = 64 << 10;

  private final SourceFiles store;
  private final CourseSourceSettings.Files limits;

  Uploads(ApiParts parts) {
    this.store = parts.sources().files();
    this.limits = parts.settings().courseSources().files();
  }

  /**
   * Keeps what came as {@code files}; fails with {@link ApiException}.
   *
   * @param kinds what is taken
   */
  Future<List<SourceFile>> keep(Call call, String owner, Set<DocumentKind> kinds) {
    return keep(call, call.files(), owner, kinds);
  }

  /**
   * Keeps some of what came; fails with {@link ApiException}.
   *
   * @param kinds what is taken
   */
  Future<List<SourceFile>> keep(
      Call call, List<FileUpload> files, String owner, Set<DocumentKind> kinds) {
    refuseBounds(files);
    return call.vertx()
        .executeBlocking(
            () -> {
              List<SourceFiles.Arrived> arrived = new ArrayList<>();
              for (FileUpload file : files) {
                arrived.add(examined(file, kinds));
              }
              return arrived;
            },
            false)
        .compose(
            arrived -> {
              Future<List<SourceFile>> all = Future.succeededFuture(new ArrayList<>());
              for (SourceFiles.Arrived file : arrived) {
                all =
                    all.compose(
                        kept ->
                            store
                                .keep(owner, file)
                                .map(
                                    one -> {
                                      kept.add(one);
                                      return kept;
                                    }));
              }
              return all;
            })
        .recover(error -> Future.failedFuture(told(error)));
  }

  private void refuseBounds(List<FileUpload> files) {
    if (files.isEmpty()) {
      throw ApiException.invalid("files", "is missing: send at least one file");
    }
    if (files.size() > limits.maxFiles()) {
      throw new ApiException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          "there are " + files.size() + " files; at most " + limits.maxFiles() + " are taken");
    }
    long all = 0;
    for (FileUpload file : files) {
      all += file.size();
      if (file.size() > limits.maxFileBytes()) {
        throw new ApiException(
            ErrorCode.PAYLOAD_TOO_LARGE,
            SourceFile.label(file.fileName())
                + " has more than the "
                + limits.maxFileBytes()
                + " bytes a file may have; split it");
      }
    }
    if (all > limits.maxRequestBytes()) {
      throw new ApiException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          "the files have more than "
              + limits.maxRequestBytes()
              + " bytes together; send them in several requests");
    }
  }

  private static SourceFiles.Arrived examined(FileUpload upload, Set<DocumentKind> kinds)
      throws IOException {
    Path file = Path.of(upload.uploadedFileName());
    String label = SourceFile.label(upload.fileName());
    MessageDigest digest = EntityTags.digest();
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(DocumentKind.HEAD);
      digest.update(head);
      byte[] piece = new byte[PIECE];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        digest.update(piece, 0, read);
      }
    }
    DocumentKind kind =
        DocumentKind.of(head, label)
            .filter(kinds::contains)
            .orElseThrow(
                () ->
                    new ApiException(
                        ErrorCode.VALIDATION_ERROR,
                        label
                            + " is not what is taken here, whatever its name says: send "
                            + kinds.stream()
                                .map(Enum::name)
                                .sorted()
                                .collect(Collectors.joining(", "))));
    return new SourceFiles.Arrived(
        file, label, kind, upload.size(), HexFormat.of().formatHex(digest.digest()));
  }

  private static Throwable told(Throwable error) {
    if (error instanceof SourceFiles.NoRoomException full) {
      return full.owners()
          ? new ApiException(ErrorCode.PAYLOAD_TOO_LARGE, full.getMessage())
          : new ApiException(ErrorCode.SERVICE_UNAVAILABLE, full.getMessage())
              .header("Retry-After", "600");
    }
    return error;
  }
}
