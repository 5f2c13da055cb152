package outbound;

import io.vertx.core.MultiMap;
import java.nio.file.Path;

/**
 * A file that arrived whole.
 *
 * @param sha256 of its content, lower-case hexadecimal
 * @param lengthKnown false when the server did not say how long it is, so that a cut could have
 *     gone unnoticed
 * @param headers of the last answer
 */
public record Download(
    Path file, long bytes, String sha256, boolean lengthKnown, MultiMap headers) {}
