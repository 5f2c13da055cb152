package courses.content;

/** A choice. Ids say nothing of which is right. */
public record Option(String id, String text) implements Content {}
