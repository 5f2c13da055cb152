package courses.content;

import java.util.List;

/**
 * A word whose meaning is to be picked.
 *
 * @param incorrectOptions three other definitions
 */
public record GameWord(
    int chapterIndex,
    String word,
    String definition,
    List<String> incorrectOptions,
    List<Integer> sourceRefs)
    implements Content {}
