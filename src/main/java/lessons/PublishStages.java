package lessons;

import io.vertx.sqlclient.Pool;
import java.util.List;
import messages.Addresses;
import settings.Settings;
import work.RetryPolicy;
import work.Stage;
import work.WorkQueue;
import work.WorkTable;

/** The one stage a judged set passes, over its row in {@code lesson_publications}. */
public final class PublishStages {
  private static final double BACKOFF_JITTER = 0.1;

  private PublishStages() {}

  /** Bring MySQL into line with what was decided about a set. */
  public static final Stage PUBLISH = new Stage("publish", Addresses.LESSONS_PUBLISH, "pending");

  public static final WorkTable TABLE =
      new WorkTable("lesson_publications", "exercises_id", List.of(PUBLISH));

  /** A queue over the table; queues hold no state, so everybody may make their own. */
  public static WorkQueue queue(Pool postgres, Settings.Work work) {
    return new WorkQueue(
        postgres,
        TABLE,
        new RetryPolicy(work.backoffBase(), work.backoffMax(), work.maxAttempts(), BACKOFF_JITTER));
  }
}
