package http;

import courses.AssessmentStore;
import courses.CourseJobs;
import courses.CourseLibrary;
import courses.CourseWorkers;
import courses.JobControl;
import courses.content.Assessment;
import courses.sources.SourceFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.Optional;
import java.util.UUID;
import llm.ModelReports;
import settings.CourseSourceSettings;

/**
 * What the endpoints of courses work with.
 *
 * @param files what was uploaded
 * @param quizzes makes a quiz now
 * @param models what the language models' key pools do, and what was used
 */
public record CourseParts(
    CourseJobs jobs,
    JobControl control,
    CourseLibrary library,
    AssessmentStore assessments,
    CourseWorkers workers,
    SourceFiles files,
    CourseSourceSettings.Files fileLimits,
    QuizMaker quizzes,
    ModelReports models) {

  /** Makes a quiz of a finished course, or of one of its chapters, while somebody waits for it. */
  @FunctionalInterface
  public interface QuizMaker {
    /**
     * @param chapter empty: of the whole course
     */
    Future<Assessment> make(String owner, UUID course, Optional<Integer> chapter);
  }

  /** Over the stores in Postgres. */
  public static CourseParts over(
      Vertx vertx, Pool postgres, CourseSourceSettings sources, QuizMaker quizzes) {
    return new CourseParts(
        new CourseJobs(postgres),
        new JobControl(postgres),
        new CourseLibrary(postgres),
        new AssessmentStore(postgres),
        new CourseWorkers(postgres),
        new SourceFiles(vertx, postgres, sources.files()),
        sources.files(),
        quizzes,
        new ModelReports(postgres));
  }

  /**
   * Begins courses of what was uploaded.
   *
   * @param mostOpen unfinished courses of all users; beyond it nobody begins one
   */
  public SourceParts.CourseStarter starter(int mostOpen) {
    return (owner, wanted) ->
        CourseJobEndpoints.open(
                jobs, owner, Optional.empty(), CourseJobEndpoints.request(wanted), mostOpen)
            .map(
                opened ->
                    new JsonObject()
                        .put("jobId", opened.job().id().toString())
                        .put("taskId", opened.job().taskId().toString())
                        .put("courseId", opened.job().courseId().toString()));
  }
}
