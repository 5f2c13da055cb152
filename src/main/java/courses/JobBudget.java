package courses;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import llm.Budget;
import llm.ModelReports;
import llm.ModelUnavailable;
import llm.ModelUnavailable.Reason;

/**
 * What a job may cost: its own budget and its owner's of the day. With 80 % of one spent what
 * nobody misses is left out; when one is spent the job pauses, and goes on when it is resumed with
 * more, or on the next day (section 4.6 of the courses' contract).
 */
public final class JobBudget {
  private static final String OWN = "course-job:";

  private final Pool pool;

  public JobBudget(Pool postgres) {
    this.pool = postgres;
  }

  /** A part that was not made, to save money for the others. */
  static final class LeftOut extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeftOut() {
      super(
          "left out, because most of the budget is spent: retry the part with more",
          null,
          false,
          false);
    }
  }

  static List<Budget> of(TaskContext task) {
    List<Budget> budgets = new ArrayList<>();
    task.request().maxCostUsd().ifPresent(most -> budgets.add(new Budget(OWN + task.job(), most)));
    budgets.add(Budget.ofUser(task.owner()));
    return budgets;
  }

  /** Whether a part should be made; fails with {@link LeftOut} otherwise. */
  Future<Void> worthwhile(TaskContext task) {
    boolean optional =
        switch (task.kind()) {
          case "speech", "resources" -> true;
          case "article" -> !task.part().endsWith(":deep_dive");
          default -> false;
        };
    return !optional
        ? Future.succeededFuture()
        : new ModelReports(pool)
            .nearlySpent(of(task))
            .compose(
                nearly -> nearly ? Future.failedFuture(new LeftOut()) : Future.succeededFuture());
  }

  /** Whether a failure means that there is no money left for its job. */
  static boolean spent(Throwable failure) {
    return failure instanceof ModelUnavailable none
        && (none.reason() == Reason.BUDGET || none.reason() == Reason.USER_BUDGET);
  }

  /** Pauses the job of a task that failed so. */
  Future<Void> pause(TaskContext task, Throwable failure) {
    boolean tomorrow = ((ModelUnavailable) failure).reason() == Reason.USER_BUDGET;
    OffsetDateTime until =
        LocalDate.now(ZoneOffset.UTC).plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC);
    return control()
        .pauseForBudget(task.owner(), task.job(), tomorrow ? Optional.of(until) : Optional.empty())
        .mapEmpty();
  }

  // nobody waits for an answer here that must show the change at once: nodes hear of it from the
  // database
  private JobControl control() {
    return new JobControl(pool, job -> {});
  }

  /** Resumes jobs whose owners may spend again. */
  public Future<Void> resumeDue() {
    return pool.query(
            "SELECT id, owner_id FROM course_job WHERE status = 'paused' AND pause_until <= now()"
                + " LIMIT 100")
        .execute()
        .compose(
            rows -> {
              Future<?> done = Future.succeededFuture();
              JobControl control = control();
              for (Row row : rows) {
                done =
                    done.compose(
                        before -> control.resume(row.getString("owner_id"), row.getUUID("id")));
              }
              return done.mapEmpty();
            });
  }

  /**
   * Tells whoever follows a job that its budget is nearly spent, or spent.
   *
   * @param notice a message on {@link messages.Addresses#LLM_BUDGET}; others' budgets are ignored
   */
  public Future<Void> tell(JsonObject notice) {
    String id = notice.getString("budget", "");
    Optional<UUID> job =
        id.startsWith(OWN) ? CourseJobs.uuid(id.substring(OWN.length())) : Optional.empty();
    return job.isEmpty()
        ? Future.succeededFuture()
        : CourseJobs.run(
                pool,
                "SELECT course_tell(id, 'notice', $2::jsonb)::text FROM course_job WHERE id = $1"
                    + " FOR UPDATE",
                Tuple.of(
                    job.get(),
                    new JsonObject()
                        .put("code", "BUDGET")
                        .put("percent", notice.getInteger("percent"))
                        .put("spentUsd", notice.getDouble("spentUsd"))
                        .put("maxCostUsd", notice.getDouble("maxUsd"))))
            .mapEmpty();
  }
}
