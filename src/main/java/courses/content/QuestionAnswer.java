package courses.content;

import java.util.List;

/** A question people ask, and its answer. */
public record QuestionAnswer(String question, String answer, List<Integer> sourceRefs)
    implements Content {}
