package llm;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Budgets that all nodes on one Postgres share, one row each. A change is one UPDATE: the row's
 * lock puts those of several nodes in turn, and each sees what the one before it left.
 */
final class PostgresSpends implements SpendStore {
  private static final String CHANGE =
      """
      INSERT INTO llm_budget AS b (id, spent, held, granted)
      SELECT $1, $2::BIGINT, g, g
        FROM (SELECT CASE WHEN $6::BIGINT - $2::BIGINT >= $4::BIGINT
                          THEN GREATEST(0, LEAST($5::BIGINT, $6::BIGINT - $2::BIGINT)) ELSE 0 END AS g) AS first
      ON CONFLICT (id) DO UPDATE SET (spent, held, granted, changed_at) = (
        SELECT n.spent, n.held + n.granted, n.granted, clock_timestamp()
          FROM (SELECT m.spent, m.held,
                       CASE WHEN $6::BIGINT - m.spent - m.held >= $4::BIGINT
                            THEN GREATEST(0, LEAST($5::BIGINT, $6::BIGINT - m.spent - m.held)) ELSE 0 END AS granted
                  FROM (SELECT b.spent + $2::BIGINT + CASE WHEN d.dead THEN d.held ELSE 0 END AS spent,
                               CASE WHEN d.dead THEN 0 ELSE d.held END AS held
                          FROM (SELECT GREATEST(0, b.held - $3::BIGINT) AS held,
                                       b.changed_at < now() - $7::BIGINT * INTERVAL '1 millisecond' AS dead) AS d) AS m) AS n)
      RETURNING spent, held, granted
      """;

  private final Pool pool;

  PostgresSpends(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<List<State>> exchange(List<Change> changes) {
    // In one order on all nodes, so that none waits for a lock of one that waits for its own.
    List<Change> ordered = changes.stream().sorted(Comparator.comparing(Change::budget)).toList();
    return pool.preparedQuery(CHANGE)
        .executeBatch(ordered.stream().map(PostgresSpends::row).toList())
        .map(
            first -> {
              Map<Change, State> states = new HashMap<>();
              RowSet<Row> rows = first;
              for (Change change : ordered) {
                Row row = rows.iterator().next();
                states.put(
                    change,
                    new State(row.getLong("spent"), row.getLong("held"), row.getLong("granted")));
                rows = rows.next();
              }
              List<State> inOrder = new ArrayList<>(changes.size());
              changes.forEach(change -> inOrder.add(states.get(change)));
              return inOrder;
            });
  }

  private static Tuple row(Change change) {
    return Tuple.of(
        change.budget(),
        change.spent(),
        change.released(),
        change.least(),
        change.most(),
        change.cap(),
        HOLD_MILLIS);
  }

  /** Billionths of a US dollar spent so far; 0 when nothing was. */
  static Future<Long> spent(Pool pool, String budget) {
    return pool.preparedQuery("SELECT spent FROM llm_budget WHERE id = $1")
        .execute(Tuple.of(budget))
        .map(rows -> rows.size() == 0 ? 0L : rows.iterator().next().getLong("spent"));
  }
}
