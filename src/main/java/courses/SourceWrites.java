package courses;

import static courses.TaskWrites.plan;
import static courses.TaskWrites.update;

import courses.content.Category;
import courses.content.Subject;
import courses.content.Verdict;
import courses.content.Written;
import courses.sources.Extracted;
import courses.sources.SourceRefused;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/** What reading, judging and naming a source leaves. */
final class SourceWrites {
  private SourceWrites() {}

  static TaskWrites extracted(TaskContext task, Extracted source) {
    JsonObject facts = new JsonObject();
    source.facts().forEach(facts::put);
    JsonArray segments = new JsonArray();
    source.segments().forEach(segment -> segments.add(segment.toJson()));
    JsonObject output =
        new JsonObject().put("segments", segments.size()).put("tokens", source.tokens());
    String title = task.request().title().orElse(source.title());
    return new TaskWrites(
        task,
        output,
        connection ->
            update(
                    connection,
                    "UPDATE course SET title = $2, thumbnail_url = $3, language = $4, source_facts"
                        + " = $5, summary = $6, updated_at = now() WHERE id = $1",
                    task.course(),
                    title,
                    source.thumbnailUrl().orElse(null),
                    source.language(),
                    facts,
                    Subject.summary(title))
                .compose(
                    named ->
                        update(
                            connection,
                            "DELETE FROM course_segment WHERE course_id = $1",
                            task.course()))
                .compose(
                    gone ->
                        update(
                            connection,
                            "INSERT INTO course_segment (course_id, owner_id, ordinal, body) SELECT"
                                + " $1, $2, (s ->> 'ordinal')::int, s FROM"
                                + " jsonb_array_elements($3::jsonb) s",
                            task.course(),
                            task.owner(),
                            segments))
                .compose(stored -> plan(connection, task, List.of(TaskPlan.step("validate")))));
  }

  /** The source itself is at fault: no failure, but the end. */
  static TaskWrites refused(TaskContext task, SourceRefused refused) {
    JsonObject verdict =
        new JsonObject()
            .put("suitable", false)
            .put("confidence", 1.0)
            .put("reasoning", refused.getMessage())
            .put("code", refused.code().word())
            .put("degraded", false);
    return new TaskWrites(task, verdict, connection -> reject(connection, task, verdict));
  }

  static TaskWrites validated(TaskContext task, Written<Verdict> written) {
    Verdict verdict = written.content();
    JsonObject json = verdict.toJson().put("author", written.author());
    if (verdict.rejects() && !task.request().force()) {
      return new TaskWrites(task, written.origin(), connection -> reject(connection, task, json));
    }
    return new TaskWrites(
        task,
        written.origin(),
        connection ->
            update(
                    connection,
                    "UPDATE course SET verdict = $2, language = CASE WHEN coalesce(language, 'und')"
                        + " = 'und' THEN $3 ELSE language END, updated_at = now() WHERE id = $1",
                    task.course(),
                    json,
                    verdict.language())
                .compose(
                    noted ->
                        plan(
                            connection,
                            task,
                            List.of(TaskPlan.step("structure"), TaskPlan.step("categorize")))));
  }

  private static Future<?> reject(SqlConnection connection, TaskContext task, JsonObject verdict) {
    return update(
            connection,
            "UPDATE course SET verdict = $2, status = 'rejected', status_reason = $2::jsonb ->>"
                + " 'reasoning', updated_at = now() WHERE id = $1",
            task.course(),
            verdict)
        .compose(
            noted ->
                update(
                    connection,
                    "UPDATE course_job SET status = 'rejected', finished_at = now(), remaining_ms ="
                        + " 0, updated_at = clock_timestamp() WHERE id = $1",
                    task.job()))
        .compose(
            ended ->
                update(
                    connection,
                    "SELECT course_tell($1, 'state', jsonb_build_object('status', 'rejected',"
                        + " 'validation', $2::jsonb))::text",
                    task.job(),
                    verdict));
  }

  static TaskWrites categorised(TaskContext task, Written<Category> written) {
    Category category = written.content();
    return new TaskWrites(
        task,
        written.origin(),
        connection ->
            update(
                connection,
                "UPDATE course SET category = $2, tags = $3, description = $4, updated_at = now()"
                    + " WHERE id = $1",
                task.course(),
                category.category(),
                category.tags().toArray(String[]::new),
                category.description()));
  }
}
