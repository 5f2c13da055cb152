package courses;

import courses.content.Assessment;
import courses.content.AssessmentKind;
import courses.content.AssessmentPlan;
import courses.content.Authors;
import courses.content.Brief;
import courses.content.CannotWrite;
import courses.content.CourseSoFar;
import courses.content.LessonPlan;
import courses.content.LessonText;
import courses.content.Level;
import courses.content.Notes;
import courses.content.QuestionType;
import courses.content.Written;
import courses.content.WrittenLesson;
import courses.sources.Extracted;
import courses.sources.SourceExtractor;
import courses.sources.SourceRequest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What is made while somebody waits for it: quizzes, assessments of uploaded notes, and chapters
 * explained again. Clients give up after 30 s, so each ends, well or badly, before.
 */
public final class OnDemand {
  private static final int MODULE_QUIZ = 20;
  private static final int COURSE_QUIZ = 40;
  private static final int PASSING = 60;
  private static final int MOST_PARTS_OF_NOTES = 12;
  // What a model has not written by then the rules write, which takes a second or two.
  private static final Duration WRITING = Duration.ofSeconds(20);
  private static final Duration READING_NOTES = Duration.ofSeconds(10);
  private static final Duration WRITING_NOTES = Duration.ofSeconds(13);

  private final Pool pool;
  private final SourceExtractor extractor;
  private final Supplier<Future<Authors>> loading;

  /**
   * @param authors asked for before each piece of work
   */
  public OnDemand(Pool postgres, SourceExtractor extractor, Supplier<Future<Authors>> authors) {
    this.pool = postgres;
    this.extractor = extractor;
    this.loading = authors;
  }

  private Future<CourseSoFar> course(String owner, UUID course) {
    OwnerScope scope = OwnerScope.of(pool, owner);
    return scope
        .run(
            "SELECT id FROM course_task WHERE owner_id = $1 AND course_id = $2 AND part ="
                + " 'structure' AND status = 'completed'",
            Tuple.of(owner, course))
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.failedFuture(new CannotWrite("the course has no lessons yet"))
                    : TaskContext.load(scope, rows.iterator().next().getLong("id")))
        .compose(
            found ->
                found.isEmpty()
                    ? Future.failedFuture(new CannotWrite("the course was deleted"))
                    : found.get().courseSoFar());
  }

  private static CourseSoFar chapter(CourseSoFar course, int number) {
    return new CourseSoFar(
        course.brief(),
        course.outline(),
        course.lessons().stream()
            .filter(lesson -> lesson.plan().chapterIndex() == number - 1)
            .toList());
  }

  /**
   * A quiz of a course, or of one of its chapters.
   *
   * @param chapter from 1; empty: of the whole course
   */
  public Future<Assessment> quiz(String owner, UUID course, Optional<Integer> chapter) {
    AssessmentPlan plan =
        chapter.isPresent()
            ? AssessmentPlan.quiz(AssessmentKind.MODULE_QUIZ, MODULE_QUIZ)
            : AssessmentPlan.quiz(AssessmentKind.COURSE_QUIZ, COURSE_QUIZ);
    return course(owner, course)
        .map(all -> chapter.map(number -> chapter(all, number)).orElse(all))
        .compose(
            wanted -> loading.get().compose(authors -> authors.assessment(wanted, plan, WRITING)))
        .map(Written::content);
  }

  /**
   * An assessment of uploaded files: multiple choice, passed at 60 %.
   *
   * @param files the owner's
   * @param questions 1 to 50; fewer come out of short notes
   */
  public Future<Assessment> notes(String owner, List<UUID> files, int questions, Level difficulty) {
    AssessmentPlan plan =
        new AssessmentPlan(
            AssessmentKind.NOTES,
            questions,
            List.of(QuestionType.MULTIPLE_CHOICE),
            PASSING,
            Optional.empty(),
            Optional.of(difficulty));
    return extractor
        .extract(new SourceRequest.Files(files), owner, READING_NOTES)
        .compose(
            notes ->
                loading
                    .get()
                    .compose(
                        authors ->
                            authors.assessment(
                                Notes.lessons(
                                    brief(owner, notes, difficulty),
                                    notes.segments(),
                                    Math.min(MOST_PARTS_OF_NOTES, questions)),
                                plan,
                                WRITING_NOTES)))
        .map(Written::content);
  }

  private static Brief brief(String owner, Extracted notes, Level difficulty) {
    return new Brief(
        "notes:" + owner,
        notes.title(),
        notes.language(),
        notes.language().equals(Extracted.UNDETERMINED) ? "en" : notes.language(),
        difficulty,
        "practice",
        Optional.empty());
  }

  /**
   * The lessons of a chapter again, shorter and in simpler words.
   *
   * @param number of the chapter, from 1
   */
  public Future<List<Written<LessonText>>> again(String owner, UUID course, int number) {
    return course(owner, course)
        .compose(
            all -> {
              List<WrittenLesson> lessons = chapter(all, number).lessons();
              if (lessons.isEmpty()) {
                return Future.failedFuture(
                    new CannotWrite("no lesson of this chapter has been written yet"));
              }
              return loading.get().compose(authors -> again(authors, all, lessons));
            });
  }

  private static Future<List<Written<LessonText>>> again(
      Authors authors, CourseSoFar course, List<WrittenLesson> lessons) {
    Brief brief = course.brief();
    Brief simpler =
        new Brief(
            brief.account(),
            brief.title(),
            brief.language(),
            brief.targetLanguage(),
            Level.BEGINNER,
            Brief.REMEDIATION,
            brief.customPrompt());
    List<Future<Written<LessonText>>> all = new ArrayList<>();
    for (WrittenLesson lesson : lessons) {
      LessonPlan plan = lesson.plan();
      all.add(authors.lesson(simpler, course.outline(), plan, lesson.span(), WRITING));
    }
    return Future.join(all)
        .transform(
            done -> {
              List<Written<LessonText>> written =
                  all.stream().filter(Future::succeeded).map(Future::result).toList();
              return written.isEmpty()
                  ? Future.failedFuture(done.cause())
                  : Future.succeededFuture(written);
            });
  }
}
