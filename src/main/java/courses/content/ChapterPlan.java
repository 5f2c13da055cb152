package courses.content;

import java.util.List;
import java.util.Optional;

/**
 * A chapter to be written.
 *
 * @param objectives 2 to 5, what a learner can do afterwards
 * @param keyConcepts 1 to 5
 * @param span from its first to its last lesson; absent for a bare topic
 */
public record ChapterPlan(
    String title,
    String description,
    Level level,
    List<String> objectives,
    List<String> keyConcepts,
    Optional<Span> span,
    int estimatedMinutes,
    List<LessonPlan> lessons)
    implements Content {
  /** The same under another title. */
  ChapterPlan titled(String other) {
    return new ChapterPlan(
        other, description, level, objectives, keyConcepts, span, estimatedMinutes, lessons);
  }
}
