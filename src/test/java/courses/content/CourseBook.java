package courses.content;

import courses.sources.SampleSources;
import courses.sources.Segment;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A whole course written out as a learner would meet it, for people to read: {@code java
 * courses.content.CourseBook bicycle headphones bread tides}.
 */
final class CourseBook {
  private final StringBuilder book = new StringBuilder();

  private CourseBook() {}

  public static void main(String[] arguments) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      Authors authors = new Authors(Optional.empty(), new RuleAuthor(vertx, Sources.MODELS));
      for (String name : arguments) {
        WholeCourse course = WholeCourse.whatCanBe(authors, material(vertx, name));
        System.out.println(of(course) + "\nMISSING " + course.missing());
      }
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }

  static Material material(Vertx vertx, String name) {
    return switch (name) {
      case "bicycle" ->
          new Material(
              Sources.brief("Keep It Rolling: A Home Mechanic's Handbook"),
              SampleSources.book(vertx, "courses/bicycle.md", text -> text));
      case "headphones" ->
          new Material(
              Sources.brief("How noise-cancelling headphones work"),
              SampleSources.clip("courses/headphones.vtt", text -> text));
      case "bread" -> Sources.bread();
      case "tides" -> Sources.tides();
      default -> Shelf.material(name);
    };
  }

  static String of(WholeCourse course) {
    CourseBook book = new CourseBook();
    book.source(course.material().segments());
    for (Written<?> part : course.parts()) {
      book.part(part, course);
    }
    return book.book.toString();
  }

  private void source(List<Segment> segments) {
    line("SOURCE: " + segments.size() + " segments");
    for (Segment segment : segments) {
      line(
          "  ["
              + segment.ordinal()
              + segment.pageFrom().map(page -> " p." + page).orElse("")
              + "] "
              + segment.text().replace("\n", " / "));
    }
  }

  private void part(Written<?> part, WholeCourse course) {
    line("");
    line("=== " + part.content().getClass().getSimpleName() + " by " + part.author());
    if (!part.warnings().isEmpty() || !part.rejected().isEmpty()) {
      line("    warnings " + part.warnings() + " rejected " + part.rejected());
    }
    Content content = part.content();
    if (content instanceof Outline outline) {
      line(outline.title());
      for (ChapterPlan chapter : outline.chapters()) {
        line("CHAPTER " + chapter.title() + " (" + chapter.estimatedMinutes() + " min)");
        line("   " + chapter.description());
        chapter.objectives().forEach(objective -> line("   * " + objective));
        line("   concepts: " + chapter.keyConcepts());
        for (LessonPlan lesson : chapter.lessons()) {
          line(
              "   LESSON "
                  + lesson.title()
                  + " "
                  + lesson.span()
                  + " "
                  + lesson.estimatedMinutes()
                  + " min: "
                  + lesson.description());
        }
      }
    } else if (content instanceof LessonText lesson) {
      line("# " + lesson.title() + " (" + lesson.words() + " words, refs " + lesson.sourceRefs());
      line("  " + lesson.description());
      line(lesson.contentMarkdown());
      line("  look up: " + lesson.keyConcepts());
    } else if (content instanceof Exercises list) {
      list.exercises()
          .forEach(
              e -> question(e.type(), e.question(), e.options(), e.answerKey(), e.explanation()));
    } else if (content instanceof Assessment test) {
      line(
          test.title()
              + " | "
              + test.description()
              + " | pass "
              + test.passingScore()
              + " in "
              + test.timeLimitMinutes()
              + " min");
      for (AssessmentQuestion q : test.questions()) {
        line(
            q.number()
                + ". ["
                + q.topic()
                + ", "
                + q.points()
                + " p, "
                + q.difficulty()
                + ", hint "
                + q.hint().orElse("-")
                + "]");
        question(q.type(), q.text(), q.options(), q.answerKey(), q.explanation());
      }
    } else if (content instanceof Mcqs mcqs) {
      for (Mcq q : mcqs.questions()) {
        line("(" + q.chapterIndex() + ") " + q.question());
        for (int i = 0; i < q.options().size(); i++) {
          line((i == q.correctIndex() ? "   [x] " : "   [ ] ") + q.options().get(i));
        }
        line("   because: " + q.explanation());
      }
    } else if (content instanceof Flashcards cards) {
      cards
          .cards()
          .forEach(
              c -> line("(" + c.chapterIndex() + ") " + c.question() + "\n     → " + c.answer()));
    } else if (content instanceof WordGame game) {
      game.words()
          .forEach(
              w ->
                  line(
                      w.word()
                          + ": "
                          + w.definition()
                          + "\n     wrong: "
                          + String.join(" / ", w.incorrectOptions())));
    } else if (content instanceof Article article) {
      line(article.title());
      line(article.contentMarkdown());
      article.points().forEach(point -> line(" - " + point));
      article.faq().forEach(q -> line(" Q " + q.question() + "\n   A " + q.answer()));
    } else if (content instanceof AudioScript script) {
      line(script.kind() + ", " + script.words() + " words\n" + script.script());
    } else {
      line(content.toJson().encodePrettily());
    }
  }

  private void question(
      QuestionType type, String text, List<Option> options, AnswerKey key, String explanation) {
    line("   " + type + ": " + text);
    options.forEach(
        option ->
            line(
                (option.id().equals(key.correct()) ? "     [x] " : "     [ ] ")
                    + option.id()
                    + " "
                    + option.text()));
    if (options.isEmpty() || !key.pairs().isEmpty()) {
      line("     answer: " + key.correct() + " " + key.accepted() + " " + key.pairs());
    }
    line("     because: " + explanation);
  }

  private void line(String text) {
    book.append(text).append('\n');
  }
}
