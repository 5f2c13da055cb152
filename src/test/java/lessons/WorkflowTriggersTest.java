package lessons;

import static lessons.LessonDatabases.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import work.WorkQueue;

/** Which event a telling of the workflow is: a workflow that has no memory drops known ones. */
class WorkflowTriggersTest {
  private static final Duration HOLD = Duration.ofMinutes(1);
  private static final NewLesson LESSON =
      new NewLesson(
          "c1",
          LocalDate.of(2026, 2, 3),
          "16:00",
          "16:30",
          "7",
          "9",
          "t@example.org",
          Optional.empty(),
          Optional.empty(),
          1,
          "api");
  private static LessonDatabases databases;
  private WorkflowTriggers triggers;
  private WorkQueue queue;

  @BeforeAll
  static void open() {
    databases = new LessonDatabases();
  }

  @AfterAll
  static void close() {
    databases.close();
  }

  @BeforeEach
  void clean() {
    databases.postgres("DELETE FROM workflow_triggers");
    triggers = new WorkflowTriggers(databases.postgres);
    queue = WorkflowStages.queue(databases.postgres, 3);
  }

  private WorkflowTriggers.Trigger told(Duration remembered) {
    return await(triggers.take(LESSON, new JsonObject(), HOLD, remembered)).trigger();
  }

  private WorkflowTriggers.Trigger found(long id) {
    return await(triggers.find(id)).orElseThrow();
  }

  private String stage(long id) {
    return databases
        .postgres("SELECT stage FROM workflow_triggers WHERE id = $1", id)
        .iterator()
        .next()
        .getString("stage");
  }

  @Test
  void whatWasNotDeliveredIsToldAgainAsANewEvent() {
    WorkflowTriggers.Trigger first = told(HOLD);
    await(triggers.accepted(first.id()));
    databases.postgres("UPDATE workflow_triggers SET status = 'failed', due_at = NULL");

    assertThat(await(queue.redriveAll(WorkflowStages.DELIVER, 10))).isEqualTo(1);

    WorkflowTriggers.Trigger again = found(first.id());
    assertThat(stage(first.id())).isEqualTo("trigger");
    assertThat(again.status()).isEqualTo("pending");
    assertThat(again.acceptedAt()).isEmpty();
    assertThat(again.eventId()).isNotEqualTo(first.eventId());
  }

  @Test
  void whatWasNeverTakenKeepsItsEvent() {
    WorkflowTriggers.Trigger first = told(HOLD);
    await(triggers.refused(first.id(), "refused"));
    assertThat(await(queue.redrive(first.id()))).isTrue();
    assertThat(found(first.id()).eventId()).isEqualTo(first.eventId());
  }

  @Test
  void aClassAcceptedLongAgoIsToldAgainAsANewEvent() {
    WorkflowTriggers.Trigger first = told(HOLD);
    await(triggers.accepted(first.id()));
    WorkflowTriggers.Trigger again = told(Duration.ofMillis(-1));
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.eventId()).isNotEqualTo(first.eventId());
  }

  @Test
  void acceptingKeepsTheEvent() {
    WorkflowTriggers.Trigger first = told(HOLD);
    await(triggers.accepted(first.id()));
    WorkflowTriggers.Trigger accepted = found(first.id());
    assertThat(accepted.eventId()).isEqualTo(first.eventId());
    assertThat(accepted.status()).isEqualTo("accepted");
    assertThat(accepted.acceptedAt()).isPresent();
  }
}
