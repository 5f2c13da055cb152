package courses.content;

import java.util.List;

/** The practice questions of a course. */
public record Mcqs(List<Mcq> questions) implements Content {}
