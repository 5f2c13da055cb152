package courses;

import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import messages.Addresses;
import work.RetryPolicy;
import work.Stage;
import work.WorkQueue;
import work.WorkTable;

/** The kinds of work in a course's job, over {@code course_task}. */
public final class CourseStages {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);
  private static final double JITTER = 0.2;

  private CourseStages() {}

  /** Read the source: bound by this machine's processors and by foreign servers. */
  public static final Stage EXTRACT =
      new Stage("course_extract", Addresses.COURSES_EXTRACT, "pending");

  /** Everything that an author does: bound by the models' quotas, or by nothing. */
  public static final Stage WRITE = new Stage("course_write", Addresses.COURSES_WRITE, "pending");

  /** Have scripts read aloud: bound by what speech services and processors bear. */
  public static final Stage SPEECH =
      new Stage("course_speech", Addresses.COURSES_SPEECH, "pending");

  /**
   * Tasks are taken by class of priority, within it those before a course's first lesson first, and
   * of either kind from one owner after the other.
   */
  public static final WorkTable TABLE =
      new WorkTable("course_task", "course_task", List.of(EXTRACT, WRITE, SPEECH), "place");

  /**
   * A queue over the table; queues hold no state, so everybody may make their own.
   *
   * @param maxAttempts runs of one task before it is failed
   * @param firstPause wait after the first failure, doubled after each further one
   */
  public static WorkQueue queue(Pool postgres, int maxAttempts, Duration firstPause) {
    Duration longest = firstPause.compareTo(LONGEST_PAUSE) > 0 ? firstPause : LONGEST_PAUSE;
    return new WorkQueue(
        postgres, TABLE, new RetryPolicy(firstPause, longest, maxAttempts, JITTER));
  }
}
