package courses.content;

import java.util.List;

/**
 * A practice question.
 *
 * @param options four texts
 * @param correctIndex 0 to 3
 */
public record Mcq(
    int chapterIndex,
    String question,
    List<String> options,
    int correctIndex,
    String explanation,
    Level difficulty,
    List<Integer> sourceRefs)
    implements Content {}
