package courses;

import courses.sources.SourceRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import work.Stage;

/**
 * A task to come.
 *
 * @param part its name within its job
 * @param kind the part without what it is of
 * @param input what beside the course it is made from
 * @param needs parts that must have ended before
 * @param needsAll whether they must have been written too; the task is skipped otherwise
 */
record TaskPlan(
    Stage stage,
    String step,
    String part,
    String kind,
    JsonObject input,
    List<String> needs,
    boolean needsAll) {

  /** The first step; a topic has nothing to be read, and does not wait behind what has. */
  static TaskPlan extract(SourceRequest source) {
    return step(
        "extract",
        source instanceof SourceRequest.Topic ? CourseStages.WRITE : CourseStages.EXTRACT);
  }

  /** A step that is one task of writing and can run now. */
  static TaskPlan step(String name) {
    return step(name, CourseStages.WRITE);
  }

  private static TaskPlan step(String name, Stage stage) {
    return new TaskPlan(stage, name, name, name, new JsonObject(), List.of(), false);
  }

  /** A step that is one task and comes after others. */
  static TaskPlan after(String name, List<String> needs) {
    return new TaskPlan(CourseStages.WRITE, name, name, name, new JsonObject(), needs, false);
  }

  /** A part of the content; {@code of} is empty or such as {@code :3}. */
  static TaskPlan content(
      String kind, String of, JsonObject input, List<String> needs, boolean needsAll) {
    return new TaskPlan(CourseStages.WRITE, "content", kind + of, kind, input, needs, needsAll);
  }

  /**
   * Adds tasks to a job inside a transaction; those that are there are left as they are. A paused
   * job's tasks begin paused.
   *
   * @param madeFrom what the inputs themselves come from, for the tasks' {@code input_hash}
   */
  static Future<Void> insert(
      SqlConnection connection, UUID job, List<TaskPlan> tasks, String madeFrom) {
    JsonArray rows = new JsonArray();
    for (TaskPlan task : tasks) {
      rows.add(
          new JsonObject()
              .put("stage", task.stage.name())
              .put("step", task.step)
              .put("part", task.part)
              .put("kind", task.kind)
              .put("input", task.input)
              .put("needs", new JsonArray(task.needs))
              .put("needs_all", task.needsAll)
              .put(
                  "hash",
                  CourseRequest.sha256(
                      madeFrom.toLowerCase(Locale.ROOT) + task.part + task.input.encode())));
    }
    return connection
        .preparedQuery(
            """
            INSERT INTO course_task (job_id, course_id, owner_id, step, part, kind, needs, needs_all, input, input_hash, priority,
                stage, status, due_at, paused_at)
            SELECT j.id, j.course_id, j.owner_id, t.step, t.part, t.kind, ARRAY(SELECT jsonb_array_elements_text(t.needs)), t.needs_all,
                t.input, t.hash, j.priority, t.stage, CASE WHEN t.needs = '[]' THEN 'pending' ELSE 'blocked' END,
                CASE WHEN t.needs = '[]' THEN now() END, CASE WHEN j.status = 'paused' THEN now() END
            FROM course_job j,
                ROWS FROM (jsonb_to_recordset($2::jsonb) AS (stage text, step text, part text, kind text, input jsonb, needs jsonb,
                    needs_all boolean, hash text)) WITH ORDINALITY AS t (stage, step, part, kind, input, needs, needs_all, hash, place)
            WHERE j.id = $1
            ORDER BY t.place
            ON CONFLICT (job_id, part) DO NOTHING
            """)
        .execute(Tuple.of(job, rows))
        .mapEmpty();
  }
}
