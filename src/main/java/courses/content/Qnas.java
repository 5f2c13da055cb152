package courses.content;

import java.util.List;

/** Questions and answers of a course. */
public record Qnas(List<Qna> pairs) implements Content {}
