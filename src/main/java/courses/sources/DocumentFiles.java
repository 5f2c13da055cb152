package courses.sources;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import settings.CourseSourceSettings;

/** Uploaded files as sources: each is brought here, read, and its copy thrown away. */
final class DocumentFiles {
  private final Vertx vertx;
  private final SourceFiles files;
  private final DocumentReader reader;
  private final Path folder;

  DocumentFiles(
      Vertx vertx, SourceFiles files, CourseSourceSettings.Reading settings, Path dataDir) {
    this.vertx = vertx;
    this.files = files;
    this.reader = new DocumentReader(vertx, settings);
    this.folder = dataDir.resolve("documents").toAbsolutePath();
  }

  private record Read(SourceFile file, DocumentMain.Document document) {}

  Future<Extracted> extract(SourceRequest.Files source, String ownerId, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    Future<List<Read>> all = Future.succeededFuture(new ArrayList<>());
    for (UUID id : source.ids()) {
      all =
          all.compose(
              before ->
                  one(id, ownerId, deadline)
                      .map(
                          read -> {
                            before.add(read);
                            return before;
                          }));
    }
    return all.compose(read -> vertx.executeBlocking(() -> together(read), false));
  }

  private Future<Read> one(UUID id, String ownerId, long deadline) {
    return vertx
        .executeBlocking(
            () -> Files.createTempFile(Files.createDirectories(folder), "source-", ".file"), false)
        .compose(
            copy ->
                files
                    .fetch(id, ownerId, copy)
                    .compose(
                        found ->
                            found.isEmpty()
                                ? Future.failedFuture(missing(id))
                                : read(found.get(), copy, deadline))
                    .eventually(
                        () -> vertx.executeBlocking(() -> Files.deleteIfExists(copy), false)));
  }

  private Future<Read> read(SourceFile file, Path copy, long deadline) {
    return reader
        .read(copy, file.kind(), deadline)
        .recover(
            error ->
                Future.failedFuture(
                    error instanceof SourceRefused refused
                        ? new SourceRefused(
                            refused.code(), file.label() + ": " + refused.getMessage())
                        : error instanceof IOException
                            ? error
                            : new IOException("the document can't be read now", error)))
        .compose(
            document ->
                (document.pages() > 0
                        ? files.pages(file.id(), document.pages())
                        : Future.<Void>succeededFuture())
                    .map(new Read(file, document)));
  }

  private static SourceRefused missing(UUID id) {
    return new SourceRefused(
        SourceRefused.Code.NOT_FOUND,
        "there is no uploaded file " + id + " of yours (any more): upload it again");
  }

  /** Several files are one course: each begins with a heading, pages count in each anew. */
  private static Extracted together(List<Read> all) {
    List<Block> blocks = new ArrayList<>();
    TreeMap<String, String> facts = new TreeMap<>();
    for (int i = 0; i < all.size(); i++) {
      Read read = all.get(i);
      if (all.size() > 1) {
        int page = read.document().pages() > 0 ? 1 : 0;
        blocks.add(Block.heading(name(read.file().label()), 1).onPages(page, page));
      }
      blocks.addAll(read.document().blocks());
      facts.put("file" + (i + 1), read.file().label());
      if (read.document().pages() > 0) {
        facts.put("pages" + (i + 1), String.valueOf(read.document().pages()));
      }
    }
    if (blocks.stream().allMatch(block -> block.level() > 0)) {
      throw new SourceRefused(
          SourceRefused.Code.NO_TEXT, "the files hold no text that a course could be made of");
    }
    Read first = all.get(0);
    Optional<String> title =
        first
            .document()
            .title()
            .or(
                () ->
                    first.document().blocks().stream()
                        .filter(block -> block.level() == 1)
                        .map(Block::text)
                        .findFirst())
            .or(() -> Optional.of(name(first.file().label())));
    Extracted text = Sources.ofBlocks(blocks, title);
    facts.putAll(text.facts());
    return new Extracted(text.title(), Optional.empty(), text.language(), text.segments(), facts);
  }

  private static String name(String label) {
    String bare = label.replaceFirst("(?i)\\.(pdf|docx?|txt|md)$", "").replace('_', ' ').strip();
    return bare.isEmpty() ? label : bare;
  }

  Future<Void> close() {
    return reader.close();
  }
}
