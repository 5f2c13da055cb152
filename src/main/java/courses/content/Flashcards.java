package courses.content;

import java.util.List;

/** The cards of a course. */
public record Flashcards(List<Flashcard> cards) implements Content {}
