package courses.content;

/** What belongs together, by option id. */
public record Pair(String item, String target) implements Content {}
