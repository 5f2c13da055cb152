package courses.content;

import java.util.List;

/**
 * Where a course belongs.
 *
 * @param category one of {@link Categories#NAMES}
 * @param tags 2 to 5
 * @param description 2 or 3 sentences
 */
public record Category(String category, List<String> tags, String description) implements Content {}
