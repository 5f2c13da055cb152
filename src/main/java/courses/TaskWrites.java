package courses;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Set;

/** What a task leaves, stored in the transaction that ends it. */
final class TaskWrites {
  /** What is run in the transaction that ends the task. */
  interface Statements {
    Future<?> run(SqlConnection connection);
  }

  /** What plans further tasks or changes the course's own row. */
  private static final Set<String> JOB_FIRST =
      Set.of("extract", "validate", "structure", "categorize", "assess", "course_quiz", "store");

  private final TaskContext task;
  private final JsonObject output;
  private final Statements statements;

  /**
   * @param output kept with the task
   */
  TaskWrites(TaskContext task, JsonObject output, Statements statements) {
    this.task = task;
    this.output = output;
    this.statements = statements;
  }

  /**
   * The content, then the task's own record. The job's row is locked when both are there, as the
   * transaction ends; by what plans further tasks at first, for who looks after a job has that row
   * and then takes turns; and by what changes the course's row, which who ends a job does with the
   * job's in hand.
   *
   * <p>A transaction that notifies keeps all others that do so waiting until it is on the disk. So
   * only the one that publishes the course waits for the disk, and with it all that came before: a
   * database that loses its power may forget tasks that ended just before, which are then done
   * again.
   */
  Future<?> store(SqlConnection connection, long millis) {
    Future<?> hasty =
        task.kind().equals("store")
            ? Future.succeededFuture()
            : connection.query("SET LOCAL synchronous_commit = off").execute();
    return task.rows()
        .within(connection, mine -> store(mine, Tuple.of(task.id(), output, millis)))
        .compose(stored -> hasty);
  }

  private Future<?> store(SqlConnection connection, Tuple record) {
    return (JOB_FIRST.contains(task.kind())
            ? CourseJobs.run(
                connection,
                "SELECT FROM course_job WHERE id = $1 FOR NO KEY UPDATE",
                Tuple.of(task.job()))
            : Future.succeededFuture())
        .compose(ready -> statements.run(connection))
        .compose(
            stored ->
                CourseJobs.run(
                    connection,
                    "UPDATE course_task SET output = $2, duration_ms = $3 WHERE id = $1",
                    record));
  }

  static Future<?> update(SqlConnection connection, String sql, Object... values) {
    Tuple parameters = Tuple.tuple();
    for (Object value : values) {
      parameters.addValue(value);
    }
    return CourseJobs.run(connection, sql, parameters);
  }

  static Future<?> plan(SqlConnection connection, TaskContext task, List<TaskPlan> plans) {
    return TaskPlan.insert(connection, task.job(), plans, task.inputHash());
  }
}
