package http;

import courses.AssessmentStore;
import courses.CourseJobs;
import courses.CourseLibrary;
import courses.CourseWorkers;
import courses.JobControl;
import courses.content.Assessment;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.Optional;
import java.util.UUID;

/**
 * What the endpoints of courses work with.
 *
 * @param quizzes makes a quiz now
 */
public record CourseParts(
    CourseJobs jobs,
    JobControl control,
    CourseLibrary library,
    AssessmentStore assessments,
    CourseWorkers workers,
    QuizMaker quizzes) {

  /** Makes a quiz of a finished course, or of one of its chapters, while somebody waits for it. */
  @FunctionalInterface
  public interface QuizMaker {
    /**
     * @param chapter empty: of the whole course
     */
    Future<Assessment> make(String owner, UUID course, Optional<Integer> chapter);
  }

  /** Over the stores in Postgres. */
  public static CourseParts over(Pool postgres, QuizMaker quizzes) {
    return new CourseParts(
        new CourseJobs(postgres),
        new JobControl(postgres),
        new CourseLibrary(postgres),
        new AssessmentStore(postgres),
        new CourseWorkers(postgres),
        quizzes);
  }
}
