package courses.content;

import courses.sources.Segment;
import java.util.List;

/** A finished lesson with the segments of its own span, which is all that parts may draw on. */
public record WrittenLesson(LessonPlan plan, LessonText text, List<Segment> span) {}
