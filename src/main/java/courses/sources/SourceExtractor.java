package courses.sources;

import io.vertx.core.Future;
import java.time.Duration;

/** Takes title, language and text out of a source. */
@FunctionalInterface
public interface SourceExtractor {
  /**
   * Reads the source.
   *
   * <p>Fails with {@link SourceRefused} when the source itself is at fault, which is final; with
   * {@link outbound.Failure}, {@link java.io.IOException} or a timeout when trying again later may
   * help.
   *
   * @param ownerId whose files and lessons may be read; those of others do not exist
   * @param deadline for all of it
   */
  Future<Extracted> extract(SourceRequest source, String ownerId, Duration deadline);
}
