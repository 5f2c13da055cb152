package http;

import courses.AssessmentStore;
import courses.AttemptStore;
import courses.CourseAudio;
import courses.CourseJobs;
import courses.CourseLibrary;
import courses.CourseWorkers;
import courses.JobControl;
import courses.sources.SourceFiles;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.Optional;
import settings.CourseSourceSettings;

/**
 * What the endpoints of courses work with.
 *
 * @param audio scripts as sound
 * @param learning what learners leave in courses
 * @param files what was uploaded
 * @param maker makes what somebody waits for
 */
public record CourseParts(
    CourseJobs jobs,
    JobControl control,
    CourseLibrary library,
    CourseAudio audio,
    CourseLearning learning,
    AssessmentStore assessments,
    AttemptStore attempts,
    CourseWorkers workers,
    SourceFiles files,
    CourseSourceSettings.Files fileLimits,
    CourseMaker maker) {

  /** Over the stores in Postgres, and whichever nodes make courses. */
  public static CourseParts over(Vertx vertx, Pool postgres, CourseSourceSettings sources) {
    return new CourseParts(
        new CourseJobs(postgres),
        new JobControl(postgres),
        new CourseLibrary(postgres),
        new CourseAudio(postgres),
        CourseLearning.over(vertx, postgres),
        new AssessmentStore(postgres),
        new AttemptStore(postgres),
        new CourseWorkers(postgres),
        new SourceFiles(vertx, postgres, sources.files()),
        sources.files(),
        new CourseMaker(vertx));
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
