package courses.content;

import java.util.List;

/** A question that a chapter answers, and its answer in a sentence or two. */
public record Qna(int chapterIndex, String question, String answer, List<Integer> sourceRefs)
    implements Content {}
