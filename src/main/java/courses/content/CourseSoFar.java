package courses.content;

import java.util.List;

/**
 * What the parts of a course are made from: its structure and the lessons that are finished (for a
 * module's quiz only that module's).
 */
public record CourseSoFar(Brief brief, Outline outline, List<WrittenLesson> lessons) {
  public CourseSoFar {
    lessons = List.copyOf(lessons);
  }
}
