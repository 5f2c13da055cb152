package courses.sources;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An uploaded file.
 *
 * @param label what it was called by its owner: for people, never a path
 * @param sha256 in lower-case hexadecimal
 * @param pages known once it was read, and only where its kind has pages
 */
public record SourceFile(
    UUID id,
    String label,
    DocumentKind kind,
    long bytes,
    String sha256,
    Optional<Integer> pages,
    Instant createdAt,
    Instant usedAt) {

  static final String COLUMNS =
      "id, label, media_type, size_bytes, sha256, pages, created_at, used_at";

  private static final int LONGEST_LABEL = 200;

  static SourceFile of(Row row) {
    return new SourceFile(
        row.getUUID("id"),
        row.getString("label"),
        DocumentKind.of(row.getString("media_type")),
        row.getLong("size_bytes"),
        row.getString("sha256"),
        Optional.ofNullable(row.getInteger("pages")),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("used_at").toInstant());
  }

  /**
   * What a file may be called here: the last segment of the name it was sent with, in whichever
   * system's way of writing paths, without what does not show.
   */
  public static String label(String name) {
    String line = CleanText.line(name == null ? "" : name.replace('\\', '/'));
    String last = line.substring(line.lastIndexOf('/') + 1).strip();
    String kept = last.matches("\\.*") ? "document" : last;
    return VideoFacts.cut(kept, LONGEST_LABEL);
  }

  /** For clients. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("id", id.toString())
        .put("label", label)
        .put("mediaType", kind.mediaType())
        .put("bytes", bytes)
        .put("sha256", sha256)
        .put("pages", pages.orElse(null))
        .put("createdAt", createdAt.toString());
  }
}
