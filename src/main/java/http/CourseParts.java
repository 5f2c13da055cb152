package http;

import courses.AssessmentStore;
import courses.AttemptStore;
import courses.CourseAudio;
import courses.CourseJobs;
import courses.CourseLibrary;
import courses.CourseRequest;
import courses.CourseWorkers;
import courses.JobControl;
import courses.sources.SourceFiles;
import courses.sources.SourceRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import llm.ModelReports;
import llm.UsageBook;
import settings.CourseSourceSettings;

/**
 * What the endpoints of courses work with.
 *
 * @param audio scripts as sound
 * @param learning what learners leave in courses
 * @param files what was uploaded
 * @param maker makes what somebody waits for
 * @param modelsPresent whether any language model is set up
 * @param models what the language models' key pools do, and what was used
 * @param usage what an account used of models, see {@link UsageBook#of}
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
    CourseMaker maker,
    Supplier<Future<Boolean>> modelsPresent,
    ModelReports models,
    Function<String, Future<JsonObject>> usage) {

  /** Over the stores in Postgres, and whichever nodes make courses; models count as set up. */
  public static CourseParts over(Vertx vertx, Pool postgres, CourseSourceSettings sources) {
    return over(vertx, postgres, postgres, sources);
  }

  /**
   * The same.
   *
   * @param looks connections to the same database for what is asked all the time
   */
  public static CourseParts over(
      Vertx vertx, Pool postgres, Pool looks, CourseSourceSettings sources) {
    CourseJobs jobs = CourseJobs.listening(vertx, postgres, looks);
    return new CourseParts(
        jobs,
        new JobControl(postgres, jobs::changed),
        new CourseLibrary(postgres),
        new CourseAudio(postgres),
        CourseLearning.over(vertx, postgres),
        new AssessmentStore(postgres),
        new AttemptStore(postgres),
        new CourseWorkers(postgres),
        new SourceFiles(vertx, postgres, sources.files()),
        sources.files(),
        new CourseMaker(vertx),
        () -> Future.succeededFuture(true),
        new ModelReports(postgres),
        account -> UsageBook.of(postgres, account));
  }

  /**
   * The same where models may be missing.
   *
   * @param present whether any is set up, here or on another node; asked for each bare topic
   */
  public CourseParts withModels(Supplier<Future<Boolean>> present) {
    return new CourseParts(
        jobs,
        control,
        library,
        audio,
        learning,
        assessments,
        attempts,
        workers,
        files,
        fileLimits,
        maker,
        present,
        models,
        usage);
  }

  /**
   * Opens a job; what stands against it is told in the interface's codes.
   *
   * @param processId the client's own name of the job; blank or empty: none
   * @param mostOpen unfinished courses of all users; beyond it nobody begins one
   */
  Future<CourseJobs.Opened> open(
      String owner, Optional<String> processId, CourseRequest request, int mostOpen) {
    return (request.source() instanceof SourceRequest.Topic
            ? modelsPresent.get()
            : Future.succeededFuture(true))
        .compose(
            present ->
                jobs.open(owner, processId.filter(id -> !id.isBlank()), request, present, mostOpen))
        .recover(failure -> Future.failedFuture(told(failure)));
  }

  private static Throwable told(Throwable failure) {
    if (failure instanceof CourseJobs.OtherRequest) {
      return new ApiException(
          ErrorCode.IDEMPOTENCY_CONFLICT,
          failure.getMessage() + ": send a new one, or the same request");
    }
    if (failure instanceof CourseJobs.QueueFull) {
      return new ApiException(
              ErrorCode.SERVICE_UNAVAILABLE, failure.getMessage() + ": try again later")
          .header("Retry-After", "60");
    }
    if (failure instanceof CourseJobs.NoSource missing) {
      return new ApiException(
          missing.lesson() ? ErrorCode.LESSON_NOT_FOUND : ErrorCode.NOT_FOUND,
          failure.getMessage());
    }
    return failure instanceof CourseJobs.NoModel
        ? new ApiException(ErrorCode.SERVICE_UNAVAILABLE, failure.getMessage())
            .header("Retry-After", "3600")
        : failure;
  }

  /**
   * Begins courses of what was uploaded.
   *
   * @param mostOpen unfinished courses of all users; beyond it nobody begins one
   */
  public SourceParts.CourseStarter starter(int mostOpen) {
    return (owner, wanted) ->
        open(owner, Optional.empty(), CourseJobEndpoints.request(wanted), mostOpen)
            .map(
                opened ->
                    new JsonObject()
                        .put("jobId", opened.job().id().toString())
                        .put("taskId", opened.job().taskId().toString())
                        .put("courseId", opened.job().courseId().toString()));
  }
}
