package courses.content;

import java.util.List;

/** The structure of a course: chapters in order, spans in order without overlap. */
public record Outline(String title, List<ChapterPlan> chapters) implements Content {
  /** All lessons in order. */
  public List<LessonPlan> lessons() {
    return chapters.stream().flatMap(chapter -> chapter.lessons().stream()).toList();
  }
}
