package courses.content;

import java.util.List;

/** What to learn next, most relevant first. */
public record Suggestions(List<Suggestion> suggestions) implements Content {}
