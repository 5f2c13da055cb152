package courses.content;

import courses.sources.Segment;
import java.util.List;

/** A finished lesson with the segments of its own span, which is all that parts may draw on. */
public record WrittenLesson(LessonPlan plan, LessonText text, List<Segment> span) {
  /** The span; the lesson's own text stands in for it where there is no source. */
  List<Segment> source() {
    return span.isEmpty() ? List.of(Segment.of(0, SafeHtml.text(text.contentMarkdown()))) : span;
  }
}
