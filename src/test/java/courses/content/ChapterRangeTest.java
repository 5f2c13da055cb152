package courses.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A structure brought to the wanted number of chapters without losing a lesson. */
class ChapterRangeTest {
  /** Chapters of so many lessons each, two segments a lesson. */
  private static Written<Outline> outline(int... lessons) {
    List<ChapterPlan> chapters = new ArrayList<>();
    int next = 0;
    for (int count : lessons) {
      List<LessonPlan> plans = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        plans.add(
            new LessonPlan(
                chapters.size(),
                i,
                "Lesson " + next / 2,
                "",
                Optional.of(new Span(next, next + 1)),
                5,
                List.of()));
        next += 2;
      }
      chapters.add(
          new ChapterPlan(
              "Chapter " + chapters.size(),
              "",
              Level.BEGINNER,
              List.of("Explain it"),
              List.of("it"),
              Optional.of(
                  new Span(
                      plans.get(0).span().orElseThrow().from(),
                      plans.get(count - 1).span().orElseThrow().to())),
              5 * count,
              plans));
    }
    return new Written<>(new Outline("All", chapters), Written.RULES, List.of(), Map.of());
  }

  private static void whole(Written<Outline> fitted, int lessons) {
    List<LessonPlan> all = fitted.content().lessons();
    assertThat(all).extracting(LessonPlan::title).hasSize(lessons).doesNotHaveDuplicates();
    assertThat(all)
        .extracting(lesson -> lesson.span().orElseThrow().from())
        .containsExactlyElementsOf(IntStream.range(0, lessons).mapToObj(i -> 2 * i).toList());
    for (int i = 0; i < fitted.content().chapters().size(); i++) {
      ChapterPlan chapter = fitted.content().chapters().get(i);
      int own = i;
      assertThat(chapter.lessons()).allMatch(lesson -> lesson.chapterIndex() == own);
      assertThat(chapter.estimatedMinutes()).isEqualTo(5 * chapter.lessons().size());
      assertThat(chapter.span().orElseThrow().from())
          .isEqualTo(chapter.lessons().get(0).span().orElseThrow().from());
    }
  }

  @Test
  void joinsNeighboursWithTheFewestLessons() {
    Written<Outline> fitted = new ChapterRange(1, 2).fit(outline(3, 1, 1, 3));
    assertThat(fitted.content().chapters())
        .extracting(chapter -> chapter.lessons().size())
        .containsExactly(5, 3);
    whole(fitted, 8);
  }

  @Test
  void dividesChaptersWithTheMostLessonsAndSaysWhenThereAreNone() {
    Written<Outline> fitted = new ChapterRange(3, 5).fit(outline(4, 1));
    assertThat(fitted.content().chapters()).hasSize(3);
    assertThat(fitted.warnings()).isEmpty();
    whole(fitted, 5);
    Written<Outline> few = new ChapterRange(4, 5).fit(outline(1, 2));
    assertThat(few.content().chapters()).hasSize(3);
    assertThat(few.warnings()).singleElement().asString().contains("3 chapters and not 4");
  }

  @Test
  void leavesWhatFitsAsItIs() {
    Written<Outline> given = outline(2, 2);
    assertThat(new ChapterRange(1, 16).fit(given)).isEqualTo(given);
    assertThatThrownBy(() -> new ChapterRange(3, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
