package courses.content;

import java.util.List;

/**
 * A key concept explained.
 *
 * @param references addresses, 0 to 5, each given by the source itself
 */
public record Concept(
    String title,
    String searchParams,
    String researchedContent,
    List<String> references,
    List<Integer> sourceRefs)
    implements Content {}
