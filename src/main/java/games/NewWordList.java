package games;

import java.util.Optional;

/**
 * A list that somebody wants.
 *
 * @param name 1 to 120 characters
 * @param description up to 10,000 characters
 * @param classId up to 64 characters
 */
public record NewWordList(
    String name, Optional<String> description, Optional<String> classId, boolean favorite) {}
