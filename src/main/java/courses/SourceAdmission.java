package courses;

import courses.sources.SourceRequest;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** Refuses at the request what could only fail later: what a source names must be its owner's. */
final class SourceAdmission {
  private SourceAdmission() {}

  /**
   * Fails with {@link CourseJobs.NoSource} when a file or a lesson is not there or somebody else's,
   * and with {@link CourseJobs.NoModel} for a topic that nobody could write about.
   *
   * @param models whether any language model is set up
   */
  static Future<Void> check(SqlClient client, String owner, SourceRequest source, boolean models) {
    if (source instanceof SourceRequest.Files files) {
      return CourseJobs.run(
              client,
              "SELECT w.id FROM unnest($1::uuid[]) AS w (id) WHERE NOT EXISTS (SELECT FROM"
                  + " source_file f WHERE f.id = w.id AND f.owner_id = $2) LIMIT 1",
              Tuple.tuple().addValue(files.ids().toArray(UUID[]::new)).addString(owner))
          .compose(
              missing ->
                  missing.size() == 0
                      ? Future.succeededFuture()
                      : Future.failedFuture(
                          new CourseJobs.NoSource(
                              false,
                              "there is no uploaded file "
                                  + missing.iterator().next().getUUID("id")
                                  + " of yours (any more): upload it again")));
    }
    if (source instanceof SourceRequest.Lesson lesson) {
      return CourseJobs.run(
              client,
              "SELECT FROM zoom_summaries WHERE id = $1 AND (user_id = $2 OR teacher_id = $2)",
              Tuple.of(lesson.id(), owner))
          .compose(
              found ->
                  found.size() > 0
                      ? Future.succeededFuture()
                      : Future.failedFuture(
                          new CourseJobs.NoSource(
                              true,
                              "there is no lesson "
                                  + lesson.id()
                                  + " of yours; see GET /v1/zoom-summaries")));
    }
    return source instanceof SourceRequest.Topic && !models
        ? Future.failedFuture(new CourseJobs.NoModel())
        : Future.succeededFuture();
  }
}
