package courses;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.TreeMap;
import llm.PoolCount;

/** The nodes that make courses, and the upkeep that any one of them does for all. */
public final class CourseWorkers {
  private final Pool pool;

  public CourseWorkers(Pool postgres) {
    this.pool = postgres;
  }

  /**
   * Says that a node is alive.
   *
   * @param slots tasks it works on at a time
   */
  public Future<Void> heartbeat(String name, int slots) {
    return CourseJobs.run(
            pool,
            """
            INSERT INTO course_worker (name, slots) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET heartbeat_at = now(), slots = excluded.slots
            """,
            Tuple.of(name, slots))
        .compose(
            alive ->
                CourseJobs.run(
                    pool,
                    "DELETE FROM course_worker WHERE heartbeat_at < now() - interval '1 day'",
                    Tuple.tuple()))
        .mapEmpty();
  }

  /** A node goes. */
  public Future<Void> leave(String name) {
    return CourseJobs.run(pool, "DELETE FROM course_worker WHERE name = $1", Tuple.of(name))
        .mapEmpty();
  }

  /** Raises the priority of what has waited long enough; gives of how many tasks. */
  public Future<Integer> age() {
    return CourseJobs.run(pool, "SELECT course_age() AS raised", Tuple.tuple())
        .map(rows -> rows.iterator().next().getInteger("raised"));
  }

  /** Measures anew how long tasks of each kind take. */
  public Future<Void> measure() {
    return CourseJobs.run(pool, "SELECT course_measure()::text", Tuple.tuple()).mapEmpty();
  }

  /** The usual duration of tasks by kind, in ms, as last measured. */
  public Future<Map<String, Long>> medians() {
    return CourseJobs.run(pool, "SELECT kind, median_ms FROM course_timing", Tuple.tuple())
        .map(
            rows -> {
              Map<String, Long> medians = new TreeMap<>();
              rows.forEach(row -> medians.put(row.getString("kind"), row.getLong("median_ms")));
              return medians;
            });
  }

  /**
   * How many there are, of everybody.
   *
   * @param nodes that make courses and were seen within the last minute
   */
  public record Counts(long courses, long nodes) {}

  public Future<Counts> counts() {
    return CourseJobs.run(
            pool,
            "SELECT (SELECT count(*) FROM course) AS courses, (SELECT count(*) FROM course_worker"
                + " WHERE heartbeat_at > now() - interval '1 minute') AS nodes",
            Tuple.tuple())
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Counts(row.getLong("courses"), row.getLong("nodes"));
            });
  }

  /** The models' pools of all nodes, by service. */
  public Future<Map<String, PoolCount>> pools() {
    return PoolCount.running(pool);
  }

  /**
   * Section 2.2's object of workers, tasks, queues and the models' pools; of nodes seen within the
   * last minute.
   */
  public Future<JsonObject> stats() {
    return pools()
        .compose(
            running -> {
              JsonObject pools = new JsonObject();
              running.forEach((service, count) -> pools.put(service, count.toJson()));
              return tasks().map(stats -> stats.put("pools", pools));
            });
  }

  private Future<JsonObject> tasks() {
    return CourseJobs.run(
            pool,
            """
            SELECT w.name, coalesce(jsonb_agg(jsonb_build_object('id', j.task_id, 'name', 'course.' || t.step || '.' || t.kind, 'args', '[]'::jsonb,
                'time_start', extract(epoch FROM t.claimed_at)) ORDER BY t.id) FILTER (WHERE t.id IS NOT NULL), '[]') AS tasks
            FROM course_worker w
            LEFT JOIN course_task t ON t.status = 'processing' AND t.due_at IS NOT NULL AND split_part(t.lease_owner, '/', 1) = w.name
            LEFT JOIN course_job j ON j.id = t.job_id
            WHERE w.heartbeat_at > now() - interval '1 minute'
            GROUP BY w.name ORDER BY w.name
            """,
            Tuple.tuple())
        .compose(
            nodes ->
                CourseJobs.run(
                        pool,
                        """
                        SELECT step, count(*) FILTER (WHERE status <> 'processing') AS ready, count(*) FILTER (WHERE status = 'processing') AS running
                        FROM course_task WHERE due_at IS NOT NULL GROUP BY step
                        """,
                        Tuple.tuple())
                    .map(
                        queues -> {
                          JsonObject idle = new JsonObject();
                          JsonObject tasks = new JsonObject();
                          for (Row row : nodes) {
                            String name = "course@" + row.getString("name");
                            idle.put(name, new JsonArray());
                            tasks.put(name, row.getJsonArray("tasks"));
                          }
                          JsonObject steps = new JsonObject();
                          for (Row row : queues) {
                            steps.put(
                                row.getString("step"),
                                new JsonObject()
                                    .put("ready", row.getLong("ready"))
                                    .put("running", row.getLong("running")));
                          }
                          return new JsonObject()
                              .put("active_workers", idle)
                              .put("active_tasks", tasks)
                              .put("scheduled_tasks", idle.copy())
                              .put("reserved_tasks", idle.copy())
                              .put("queues", steps);
                        }));
  }
}
