package courses;

import static lessons.LessonDatabases.await;
import static org.assertj.core.api.Assertions.assertThat;

import courses.content.Category;
import courses.content.Written;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tasks of one job that end at the same moment. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TaskLocksTest {
  private LessonDatabases databases;

  @BeforeAll
  void open() {
    databases = new LessonDatabases();
  }

  @AfterAll
  void close() {
    databases.close();
  }

  @Test
  void namingTheCourseAndPlanningItsPartsWaitForEachOtherInOneOrder() throws Exception {
    UUID course = opened();
    long naming = task(course, "categorize");
    UUID job =
        databases
            .postgres("SELECT id FROM course_job WHERE course_id = $1", course)
            .iterator()
            .next()
            .getUUID(0);
    TaskContext context =
        await(TaskContext.load(OwnerScope.ofTask(databases.postgres, naming), naming))
            .orElseThrow();
    TaskWrites named =
        SourceWrites.categorised(
            context,
            new Written<>(
                new Category("Nature", List.of("rivers", "water"), "About rivers."),
                Written.RULES,
                List.of(),
                Map.of()));

    // the other task has the job's row, and wants the course's next, as whatever plans parts does
    SqlConnection planner = await(databases.postgres.getConnection());
    Transaction planning = await(planner.begin());
    await(
        planner
            .preparedQuery("SELECT FROM course_job WHERE id = $1 FOR NO KEY UPDATE")
            .execute(Tuple.of(job)));
    Future<Void> stored =
        databases.postgres.withTransaction(
            connection ->
                connection
                    .preparedQuery(
                        "UPDATE course_task SET status = 'completed', processed_at = now(),"
                            + " updated_at = now() WHERE id = $1")
                    .execute(Tuple.of(naming))
                    .compose(ended -> named.store(connection, 5))
                    .mapEmpty());
    waiting();
    await(
        planner
            .query("SET LOCAL lock_timeout = '2s'")
            .execute()
            .compose(
                set ->
                    planner
                        .preparedQuery("UPDATE course SET title = 'Rivers' WHERE id = $1")
                        .execute(Tuple.of(course))));
    await(planning.commit());
    await(planner.close());
    await(stored);
    assertThat(
            databases
                .postgres("SELECT title || category FROM course WHERE id = $1", course)
                .iterator()
                .next()
                .getString(0))
        .isEqualTo("RiversNature");
  }

  private UUID opened() {
    await(
        new CourseJobs(databases.postgres)
            .open(
                "owner",
                Optional.empty(),
                CourseRequest.read(
                    new JsonObject()
                        .put(
                            "source",
                            new JsonObject().put("type", "topic").put("topic", "Rivers"))),
                true,
                10_000));
    return databases
        .postgres("SELECT id FROM course WHERE owner_id = 'owner'")
        .iterator()
        .next()
        .getUUID(0);
  }

  private long task(UUID course, String kind) {
    return databases
        .postgres(
            "INSERT INTO course_task (job_id, course_id, owner_id, step, part, kind, stage, status,"
                + " input, input_hash, priority) SELECT job_id, course_id, owner_id, $2, $2, $2,"
                + " 'course_write', 'processing', '{}', input_hash, priority FROM course_task WHERE"
                + " course_id = $1 RETURNING id",
            course,
            kind)
        .iterator()
        .next()
        .getLong(0);
  }

  /** Until a transaction waits for a lock. */
  private void waiting() throws Exception {
    CompletableFuture<Void> seen = new CompletableFuture<>();
    databases.vertx.setPeriodic(
        20,
        timer ->
            databases
                .postgres
                .query("SELECT count(*) FROM pg_locks WHERE NOT granted")
                .execute()
                .onSuccess(
                    rows -> {
                      if (rows.iterator().next().getLong(0) > 0) {
                        databases.vertx.cancelTimer(timer);
                        seen.complete(null);
                      }
                    }));
    seen.get(10, TimeUnit.SECONDS);
  }
}
