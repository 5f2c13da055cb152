package courses;

import static lessons.LessonDatabases.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import work.Lease;
import work.WorkQueue;

/** Whose turn it is: priority, waiting, and one owner after the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FairTurnsTest {
  private LessonDatabases databases;
  private CourseJobs jobs;
  private WorkQueue queue;

  @BeforeAll
  void open() {
    databases = new LessonDatabases();
    jobs = new CourseJobs(databases.postgres);
    queue = CourseStages.queue(databases.postgres, 3, Duration.ofMillis(10));
  }

  @AfterAll
  void close() {
    databases.close();
  }

  @BeforeEach
  void empty() {
    databases.postgres("DELETE FROM course");
    databases.postgres("DELETE FROM course_turn");
  }

  private void open(String owner, int count, int priority) {
    for (int i = 0; i < count; i++) {
      await(
          jobs.open(
              owner,
              Optional.empty(),
              CourseRequest.read(
                  new JsonObject()
                      .put("source", new JsonObject().put("type", "topic").put("topic", "Rivers"))
                      .put("priority", priority)),
              true,
              10_000));
    }
  }

  private List<String> claimed(int count) {
    List<String> owners = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Lease> leases =
          await(queue.claim(CourseStages.WRITE, 1, "test", Duration.ofMinutes(1)));
      owners.add(
          databases
              .postgres("SELECT owner_id FROM course_task WHERE id = $1", leases.get(0).id())
              .iterator()
              .next()
              .getString("owner_id"));
    }
    return owners;
  }

  @Test
  void anOwnerWithManyJobsAlternatesWithTheOthers() {
    open("many", 20, 5);
    assertThat(claimed(5)).containsOnly("many");
    open("few", 3, 5);
    assertThat(claimed(6).stream().filter("few"::equals)).hasSize(3);
    assertThat(claimed(3)).containsOnly("many");
  }

  @Test
  void higherPriorityGoesFirstUntilTheOthersHaveWaited() {
    open("low", 2, 3);
    open("high", 2, 8);
    assertThat(claimed(1)).containsExactly("high");
    databases.postgres(
        "UPDATE course_task SET ready_at = ready_at - interval '181 seconds' WHERE owner_id ="
            + " 'low'");
    assertThat(await(new CourseWorkers(databases.postgres).age())).isEqualTo(2);
    assertThat(claimed(3)).containsExactly("low", "low", "high");
  }

  @Test
  void waitingIsCountedInStepsOfHalfAMinute() {
    open("low", 1, 1);
    CourseWorkers workers = new CourseWorkers(databases.postgres);
    assertThat(await(workers.age())).isZero();
    databases.postgres("UPDATE course_task SET ready_at = ready_at - interval '61 seconds'");
    assertThat(await(workers.age())).isOne();
    assertThat(await(workers.age())).isZero();
    assertThat(databases.count("SELECT aged FROM course_task")).isEqualTo(2);
  }
}
