package courses.content;

import java.util.List;

/** The exercises of one lesson, in order. */
public record Exercises(List<Exercise> exercises) implements Content {}
