package http;

import courses.sources.SourceFiles;
import courses.sources.Videos;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.Optional;
import settings.Settings;

/**
 * What the endpoints of courses' sources work with.
 *
 * @param starter begins a course of uploaded files; empty: this installation makes none
 */
public record SourceParts(SourceFiles files, Videos videos, Optional<CourseStarter> starter) {

  /** Begins to make a course. */
  @FunctionalInterface
  public interface CourseStarter {
    /**
     * Begins it; fails with {@link ApiException}.
     *
     * @param request as the body of {@code POST /v1/course-jobs}
     * @return {@code jobId} and {@code taskId}, as that answers
     */
    Future<JsonObject> start(String owner, JsonObject request);
  }

  /** Over the store in Postgres; nobody makes courses of what is uploaded. */
  public static SourceParts of(
      Vertx vertx, Settings settings, Pool postgres, MeterRegistry metrics) {
    return new SourceParts(
        new SourceFiles(vertx, postgres, settings.courseSources().files()),
        Videos.of(vertx, settings.courseSources(), settings.dataDir(), metrics),
        Optional.empty());
  }

  /** The same with somebody who makes courses. */
  public SourceParts with(CourseStarter maker) {
    return new SourceParts(files, videos, Optional.of(maker));
  }
}
