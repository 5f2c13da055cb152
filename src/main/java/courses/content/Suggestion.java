package courses.content;

/**
 * What to learn next.
 *
 * @param relevance 5 (most) to 1
 */
public record Suggestion(String topic, String description, int relevance) implements Content {}
