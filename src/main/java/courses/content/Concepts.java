package courses.content;

import java.util.List;

/** The key concepts of one lesson. */
public record Concepts(List<Concept> concepts) implements Content {}
