package courses.content;

/**
 * An exercise that a lesson shall have.
 *
 * @param count 1 to 3
 */
public record ExerciseBlueprint(QuestionType type, String concept, Level difficulty, int count)
    implements Content {}
