package lessons;

import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import messages.Addresses;
import work.RetryPolicy;
import work.Stage;
import work.WorkQueue;
import work.WorkTable;

/** The stages of a class that the school's workflow is told of, over {@code workflow_triggers}. */
public final class WorkflowStages {
  /** 60 s, doubling, at most an hour: section 5.1 of the wire contract. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(60);

  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final double JITTER = 0.1;

  private WorkflowStages() {}

  /** Call the workflow's webhook. */
  public static final Stage TRIGGER = new Stage("trigger", Addresses.LESSONS_TRIGGER, "pending");

  /** Wait for the lesson that it writes. */
  public static final Stage DELIVER = new Stage("deliver", Addresses.LESSONS_DELIVER, "accepted");

  public static final WorkTable TABLE =
      new WorkTable("workflow_triggers", "trigger_id", List.of(TRIGGER, DELIVER));

  /** A queue over the table; queues hold no state, so everybody may make their own. */
  public static WorkQueue queue(Pool postgres, int maxAttempts) {
    return new WorkQueue(
        postgres, TABLE, new RetryPolicy(FIRST_PAUSE, LONGEST_PAUSE, maxAttempts, JITTER));
  }
}
