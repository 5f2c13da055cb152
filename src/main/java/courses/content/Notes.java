package courses.content;

import courses.sources.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Somebody's notes as if they were a course's lessons, so that questions can be asked of them. */
public final class Notes {
  /** Beyond this notes are sampled from their beginning, middle and end. */
  private static final int MOST_TOKENS = 15_000;

  private static final int PART_TOKENS = 900;

  private Notes() {}

  /**
   * Cuts notes into parts of about equal size.
   *
   * @param most parts at most, at least 1
   */
  public static CourseSoFar lessons(Brief brief, List<Segment> notes, int most) {
    List<Segment> all = LocalVerdict.sample(notes, MOST_TOKENS);
    int tokens = all.stream().mapToInt(Segment::tokens).sum();
    int parts = Math.max(1, Math.min(most, tokens / PART_TOKENS));
    List<WrittenLesson> lessons = new ArrayList<>();
    List<Segment> part = new ArrayList<>();
    int before = 0;
    for (Segment segment : all) {
      part.add(segment);
      before += segment.tokens();
      if ((long) before * parts >= (lessons.size() + 1L) * tokens) {
        lessons.add(lesson(brief, lessons.size(), part));
        part = new ArrayList<>();
      }
    }
    if (!part.isEmpty()) {
      lessons.add(lesson(brief, lessons.size(), part));
    }
    List<LessonPlan> plans = lessons.stream().map(WrittenLesson::plan).toList();
    ChapterPlan chapter =
        new ChapterPlan(
            brief.title(),
            "",
            brief.difficulty(),
            List.of(),
            List.of(),
            Optional.empty(),
            plans.size(),
            plans);
    return new CourseSoFar(brief, new Outline(brief.title(), List.of(chapter)), lessons);
  }

  private static WrittenLesson lesson(Brief brief, int index, List<Segment> part) {
    List<Integer> refs = part.stream().map(Segment::ordinal).toList();
    String text = part.stream().map(Segment::text).collect(Collectors.joining("\n\n"));
    Span span = new Span(refs.get(0), refs.get(refs.size() - 1));
    return new WrittenLesson(
        new LessonPlan(0, index, brief.title(), "", Optional.of(span), 1, List.of()),
        new LessonText(0, index, brief.title(), "", text, List.of(), refs, Sentences.count(text)),
        List.copyOf(part));
  }
}
