package games;

import java.util.Optional;

/**
 * What changes of a list; null stays as it is, an empty {@code Optional} is cleared.
 *
 * @param name 1 to 120 characters
 * @param description up to 10,000 characters
 * @param classId up to 64 characters
 */
public record WordListChange(
    String name, Optional<String> description, Optional<String> classId, Boolean favorite) {}
