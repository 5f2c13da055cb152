package courses.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How many chapters a course is to have.
 *
 * @param min 1 to {@code max}
 * @param max at most {@link #MOST}
 */
public record ChapterRange(int min, int max) implements Content {
  /** More chapters make no course. */
  public static final int MOST = 16;

  private static final int MOST_OBJECTIVES = 5;
  private static final int LONGEST_TITLE = 200;

  public ChapterRange {
    if (min < 1 || max < min || max > MOST) {
      throw new IllegalArgumentException("chapters must be from 1 to " + MOST + ", min to max");
    }
  }

  /**
   * A structure with as many chapters as this allows: neighbours with the fewest lessons are
   * joined, chapters with the most are divided between two lessons. Where there are too few lessons
   * a warning says so; no lesson is lost or made up.
   */
  Written<Outline> fit(Written<Outline> written) {
    List<ChapterPlan> chapters = new ArrayList<>(written.content().chapters());
    while (chapters.size() > max) {
      join(chapters);
    }
    while (chapters.size() < min && divide(chapters)) {
      continue;
    }
    List<String> warnings = new ArrayList<>(written.warnings());
    if (chapters.size() < min) {
      warnings.add(
          "The course has "
              + chapters.size()
              + " chapters and not "
              + min
              + ": the source has no more lessons.");
    }
    return new Written<>(
        new Outline(written.content().title(), numbered(chapters)),
        written.author(),
        warnings,
        written.rejected());
  }

  private static void join(List<ChapterPlan> chapters) {
    int at = 0;
    for (int i = 1; i + 1 < chapters.size(); i++) {
      if (lessons(chapters, i) < lessons(chapters, at)) {
        at = i;
      }
    }
    ChapterPlan first = chapters.get(at);
    ChapterPlan second = chapters.remove(at + 1);
    String title = first.title() + "; " + second.title();
    chapters.set(
        at,
        new ChapterPlan(
            title.length() > LONGEST_TITLE ? first.title() : title,
            (first.description() + " " + second.description()).strip(),
            first.level().compareTo(second.level()) >= 0 ? first.level() : second.level(),
            some(first.objectives(), second.objectives()),
            some(first.keyConcepts(), second.keyConcepts()),
            span(Stream.concat(first.lessons().stream(), second.lessons().stream()).toList()),
            first.estimatedMinutes() + second.estimatedMinutes(),
            Stream.concat(first.lessons().stream(), second.lessons().stream()).toList()));
  }

  private static int lessons(List<ChapterPlan> chapters, int at) {
    return chapters.get(at).lessons().size() + chapters.get(at + 1).lessons().size();
  }

  /** Some of both, the first of each first. */
  private static List<String> some(List<String> one, List<String> other) {
    List<String> both = new ArrayList<>();
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      if (i < one.size()) {
        both.add(one.get(i));
      }
      if (i < other.size()) {
        both.add(other.get(i));
      }
    }
    return both.stream().distinct().limit(MOST_OBJECTIVES).toList();
  }

  /** Whether there was a chapter of several lessons. */
  private static boolean divide(List<ChapterPlan> chapters) {
    int at = 0;
    for (int i = 1; i < chapters.size(); i++) {
      if (chapters.get(i).lessons().size() > chapters.get(at).lessons().size()) {
        at = i;
      }
    }
    ChapterPlan whole = chapters.get(at);
    int half = whole.lessons().size() / 2;
    if (half == 0) {
      return false;
    }
    chapters.set(at, part(whole, whole.lessons().subList(0, half), whole.title()));
    List<LessonPlan> rest = whole.lessons().subList(half, whole.lessons().size());
    chapters.add(at + 1, part(whole, rest, rest.get(0).title()));
    return true;
  }

  private static ChapterPlan part(ChapterPlan whole, List<LessonPlan> lessons, String title) {
    return new ChapterPlan(
        title,
        whole.description(),
        whole.level(),
        whole.objectives(),
        whole.keyConcepts(),
        span(lessons),
        lessons.stream().mapToInt(LessonPlan::estimatedMinutes).sum(),
        List.copyOf(lessons));
  }

  private static Optional<Span> span(List<LessonPlan> lessons) {
    Optional<Span> last = lessons.get(lessons.size() - 1).span();
    return lessons.get(0).span().flatMap(from -> last.map(to -> new Span(from.from(), to.to())));
  }

  private static List<ChapterPlan> numbered(List<ChapterPlan> chapters) {
    List<ChapterPlan> numbered = new ArrayList<>();
    for (ChapterPlan chapter : chapters) {
      List<LessonPlan> lessons = new ArrayList<>();
      for (LessonPlan lesson : chapter.lessons()) {
        lessons.add(
            new LessonPlan(
                numbered.size(),
                lessons.size(),
                lesson.title(),
                lesson.description(),
                lesson.span(),
                lesson.estimatedMinutes(),
                lesson.exerciseBlueprints()));
      }
      numbered.add(
          new ChapterPlan(
              chapter.title(),
              chapter.description(),
              chapter.level(),
              chapter.objectives(),
              chapter.keyConcepts(),
              chapter.span(),
              chapter.estimatedMinutes(),
              lessons));
    }
    return numbered;
  }
}
