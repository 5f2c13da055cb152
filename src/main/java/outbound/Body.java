package outbound;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a request carries; everything can be sent again for the next attempt. */
public sealed interface Body {
  /** Nothing. */
  record None() implements Body {}

  /** Bytes in memory. */
  record Bytes(Buffer content, String contentType) implements Body {}

  /** A file, sent as it is and never held in memory. */
  record File(Path path, String contentType) implements Body {}

  /**
   * {@code multipart/form-data} with fields and one file, which comes last and is never held in
   * memory.
   *
   * @param fields names, which may repeat, and values
   * @param part the file's field
   * @param fileName as the service is to see it
   */
  record Multipart(
      List<Map.Entry<String, String>> fields,
      String part,
      String fileName,
      Path path,
      String contentType)
      implements Body {
    public Multipart {
      fields = List.copyOf(fields);
    }
  }
}
