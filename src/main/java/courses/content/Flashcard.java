package courses.content;

import java.util.List;

/** A card of a chapter. */
public record Flashcard(
    int chapterIndex, String question, String answer, Level difficulty, List<Integer> sourceRefs)
    implements Content {}
