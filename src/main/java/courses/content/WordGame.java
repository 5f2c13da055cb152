package courses.content;

import java.util.List;

/** The word game of a course. */
public record WordGame(List<GameWord> words) implements Content {}
