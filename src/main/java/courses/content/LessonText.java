package courses.content;

import java.util.List;

/**
 * A written lesson.
 *
 * @param contentMarkdown without the title; {@code SafeHtml} renders it
 * @param keyConcepts 0 to 5
 * @param sourceRefs ordinals of the segments it was written from, rising
 * @param words of the content
 */
public record LessonText(
    int chapterIndex,
    int lessonIndex,
    String title,
    String description,
    String contentMarkdown,
    List<KeyConcept> keyConcepts,
    List<Integer> sourceRefs,
    int words)
    implements Content {}
