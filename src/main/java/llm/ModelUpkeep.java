package llm;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/**
 * Deletes what nobody will ask for again: budgets of days that are over and of work that has long
 * been left alone, counts of quotas whose windows are over, and what nodes told that are gone.
 */
final class ModelUpkeep {
  /** No window of a quota is longer than a day. */
  private static final String QUOTAS =
      "DELETE FROM llm_quota WHERE updated_at < now() - INTERVAL '3 days'";

  private static final String NODES =
      "DELETE FROM llm_pools WHERE updated_at < now() - INTERVAL '1 day'";

  private static final String DAYS =
      "DELETE FROM llm_budget WHERE id LIKE 'day:%' AND changed_at < now() - INTERVAL '7 days'";

  /** Work that is taken up again after so long may spend its budget anew. */
  static final int BUDGET_DAYS = 400;

  private static final String WORK =
      "DELETE FROM llm_budget WHERE changed_at < now() - $1::INTEGER * INTERVAL '1 day'";

  private ModelUpkeep() {}

  /**
   * @return how many rows were deleted
   */
  static Future<Integer> run(Pool pool) {
    Future<Integer> done = Future.succeededFuture(0);
    for (String statement : List.of(QUOTAS, NODES, DAYS)) {
      done =
          done.compose(n -> pool.query(statement).execute().map(RowSet::rowCount).map(m -> n + m));
    }
    return done.compose(
        n ->
            pool.preparedQuery(WORK)
                .execute(Tuple.of(BUDGET_DAYS))
                .map(RowSet::rowCount)
                .map(m -> n + m));
  }
}
