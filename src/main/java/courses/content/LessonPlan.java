package courses.content;

import java.util.List;
import java.util.Optional;

/**
 * A lesson to be written.
 *
 * @param chapterIndex from 0
 * @param lessonIndex within its chapter, from 0
 * @param span its segments; absent for a bare topic
 */
public record LessonPlan(
    int chapterIndex,
    int lessonIndex,
    String title,
    String description,
    Optional<Span> span,
    int estimatedMinutes,
    List<ExerciseBlueprint> exerciseBlueprints)
    implements Content {}
