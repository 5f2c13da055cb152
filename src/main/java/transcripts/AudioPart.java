package transcripts;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A file of a lesson's sound as the lesson's row names it.
 *
 * @param path relative to one of the folders where recordings are kept
 * @param type its media type
 * @param offset of its beginning from the recording's
 */
public record AudioPart(String path, long bytes, String type, Duration offset) {
  /**
   * Of a file on this node.
   *
   * @param folders where recordings are kept; the first one that holds the file counts
   * @throws IllegalArgumentException when none does
   */
  public static AudioPart of(
      Path file, long bytes, String type, Duration offset, List<Path> folders) {
    Path absolute = file.toAbsolutePath().normalize();
    for (Path folder : folders) {
      Path root = folder.toAbsolutePath().normalize();
      if (absolute.startsWith(root)) {
        return new AudioPart(
            root.relativize(absolute).toString().replace('\\', '/'), bytes, type, offset);
      }
    }
    throw new IllegalArgumentException(file + " is in none of the folders of recordings");
  }

  /** The stored form; {@link #fromJson} reads it back. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("path", path)
        .put("bytes", bytes)
        .put("type", type)
        .put("offset_ms", offset.toMillis());
  }

  public static AudioPart fromJson(JsonObject json) {
    return new AudioPart(
        json.getString("path"),
        json.getLong("bytes", 0L),
        json.getString("type", ""),
        Duration.ofMillis(json.getLong("offset_ms", 0L)));
  }
}
