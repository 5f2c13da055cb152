package courses.content;

/** What a code exercise starts from; blanks as three or more underscores. */
public record CodeTemplate(String language, String template) implements Content {}
