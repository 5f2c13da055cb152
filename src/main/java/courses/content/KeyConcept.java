package courses.content;

/**
 * A concept of a lesson.
 *
 * @param searchParams words to look it up with
 */
public record KeyConcept(String title, String searchParams) implements Content {}
