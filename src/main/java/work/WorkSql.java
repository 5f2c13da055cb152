package work;

import java.time.Duration;

/**
 * The engine's statements for one table. Every time in them is the database's: workers' clocks
 * don't matter.
 *
 * <p>Lists travel as parallel arrays, so that one prepared statement serves any number of rows.
 */
final class WorkSql {
  /**
   * How long a transaction with a job's writes may wait for its client before it is rolled back.
   */
  static final Duration MAX_IDLE = Duration.ofSeconds(5);

  final String claim;
  final String renew;
  final String leave;
  final String leaveThenWrite;
  final String look;
  final String progress;
  final String redrive;
  final String redriveAll;
  final String releaseAll;
  final String pause;
  final String resume;
  final String cancel;
  final String hasten;
  final String hastenAll;
  final String depths;
  final String pauseStage;
  final String resumeStage;

  /**
   * @param order the column that due items are claimed by
   */
  WorkSql(String table, String order) {
    // $1 stage, $2 most rows, $3 owner, $4 lease in ms, $5 most attempts, $6 ids and $7 tokens of
    // what the claimer holds, $8 for how many ms others' leases are left alone after they ran out.
    //
    // A row whose attempts are used up can only have got here by leases that ran out: whatever held
    // it died, so it is not run again.
    // Final words in status are respected even if due_at disagrees: others may write status, only
    // the engine writes due_at.
    // Whoever holds an item still may look for work before it has renewed its lease: after an
    // outage, or when it was frozen.
    // The column ms tells, also when nothing is due, in how many ms something will be.
    //
    // About the plan, measured with 10,000 items due (PostgreSQL 18, EXPLAIN ANALYZE, 16 claimed):
    // - MATERIALIZED keeps the planner from running the locking query once per joined row, which
    // would lock more rows than LIMIT says.
    // - The bounds at infinity keep it, as long as the table has no statistics, from sorting all
    // that is due instead of reading the
    //   first of the index: 12 ms without, 0.4 ms with them.
    // - The ids go on as an array, because a join with a subquery of unknown LIMIT is planned as a
    // scan of the table: 2.7 ms, 0.3 ms.
    claim =
        """
        WITH due AS MATERIALIZED (
          SELECT id
          FROM %1$s
          WHERE stage = $1 AND due_at >= '-infinity' AND due_at <= now() AND paused_at IS NULL
            AND status NOT IN ('completed', 'failed', 'cancelled')
            AND (lease_owner IS NULL OR
              due_at <= now() - $8::bigint * interval '1 millisecond' AND
              lease_token IS DISTINCT FROM ($7::bigint[])[array_position($6::bigint[], id::bigint)])
            AND NOT EXISTS (SELECT FROM work_pauses p WHERE p.table_name = '%1$s' AND p.stage = $1)
          ORDER BY %3$s, id
          LIMIT $2::int
          FOR UPDATE SKIP LOCKED
        ), taken AS MATERIALIZED (
          SELECT ARRAY(SELECT id FROM due) AS ids
        ), claimed AS (
          UPDATE %1$s t
          SET lease_token = t.lease_token + 1,
              lease_owner = CASE WHEN %2$s THEN NULL ELSE $3::text END,
              status = CASE WHEN %2$s THEN 'failed' ELSE 'processing' END,
              due_at = CASE WHEN %2$s THEN NULL ELSE now() + $4::bigint * interval '1 millisecond' END,
              processing_attempts = CASE WHEN %2$s THEN t.processing_attempts ELSE t.processing_attempts + 1 END,
              last_error = CASE WHEN %2$s THEN format(
                  'gave up: %%s runs ended without an answer, the last one by %%s; whatever ran it died or was cut off from the database',
                  t.processing_attempts, coalesce(t.lease_owner, 'nobody')) ELSE t.last_error END,
              next_retry_at = NULL,
              claimed_at = CASE WHEN %2$s THEN t.claimed_at ELSE now() END,
              processing_started_at = CASE WHEN %2$s THEN t.processing_started_at ELSE now() END,
              processed_at = CASE WHEN %2$s THEN now() END,
              updated_at = now()
          FROM taken
          WHERE t.id = ANY (taken.ids)
          RETURNING t.id, t.lease_token, t.processing_attempts, t.status = 'failed' AS spent, t.last_error,
              array_position(taken.ids, t.id) AS place
        )
        SELECT c.id, c.lease_token, c.processing_attempts, c.spent, c.last_error, later.ms
        FROM (SELECT ceil(extract(epoch FROM min(due_at) - now()) * 1000)::bigint AS ms
              FROM %1$s WHERE stage = $1 AND due_at > now() AND due_at < 'infinity' AND paused_at IS NULL) later
        LEFT JOIN claimed c ON true
        ORDER BY c.place
        """
            .formatted(table, "t.processing_attempts >= $5::int", order);

    // $1 ids, $2 tokens, $3 lease in ms
    renew =
        """
        UPDATE %s t
        SET due_at = now() + $3::bigint * interval '1 millisecond'
        FROM unnest($1::bigint[], $2::bigint[]) AS held (id, token)
        WHERE t.id = held.id AND t.lease_token = held.token
        RETURNING t.id
        """
            .formatted(table);

    // $1 ids, $2 tokens, $3 stages, $4 statuses, $5 waits in ms (null: final), $6 what becomes of
    // the attempts, $7 errors.
    // The token moves on, so that a second try of a transition whose answer was lost finds nothing
    // to do.
    leave =
        """
        UPDATE %s t
        SET stage = w.stage,
            status = w.status,
            due_at = now() + w.after * interval '1 millisecond',
            next_retry_at = CASE WHEN w.after > 0 THEN
                ceil(extract(epoch FROM now() + w.after * interval '1 millisecond'))::bigint END,
            lease_token = t.lease_token + 1,
            lease_owner = NULL,
            processing_attempts = CASE w.attempts
                WHEN 'RESET' THEN 0
                WHEN 'UNCOUNT' THEN greatest(t.processing_attempts - 1, 0)
                ELSE t.processing_attempts END,
            last_error = CASE WHEN w.attempts = 'UNCOUNT' THEN coalesce(w.error, t.last_error) ELSE w.error END,
            paused_at = CASE WHEN w.after IS NOT NULL THEN t.paused_at END,
            processed_at = CASE WHEN w.after IS NULL THEN now() END,
            updated_at = now()
        FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[])
            AS w (id, token, stage, status, after, attempts, error)
        WHERE t.id = w.id AND t.lease_token = w.token
        RETURNING t.id
        """
            .formatted(table);

    // As the first statement of a transaction: if its client freezes before the commit, the server
    // soon ends it, because nobody can
    // claim a locked row, however long its lease has run out.
    leaveThenWrite =
        leave
            + ", set_config('idle_in_transaction_session_timeout', '%d', true)"
                .formatted(MAX_IDLE.toMillis());

    look = "SELECT lease_token, stage, status FROM %s WHERE id = $1".formatted(table);

    progress =
        "UPDATE %s SET progress = $3, updated_at = now() WHERE id = $1 AND lease_token = $2"
            .formatted(table);

    // $1 stage names, $2 their waiting words, then what selects the rows
    String again =
        """
        UPDATE %s t
        SET status = s.waiting,
            due_at = now(),
            next_retry_at = NULL,
            lease_token = t.lease_token + 1,
            lease_owner = NULL,
            %%s
            updated_at = now()
        FROM unnest($1::text[], $2::text[]) AS s (stage, waiting)
        WHERE t.stage = s.stage AND %%s
        """
            .formatted(table);
    String fresh =
        "processing_attempts = 0, last_error = NULL, paused_at = NULL, progress = NULL,"
            + " processed_at = NULL,";
    redrive = again.formatted(fresh, "t.id = $3 AND t.status IN ('failed', 'cancelled')");
    redriveAll =
        again.formatted(
            fresh,
            """
            t.id IN (SELECT id FROM %s WHERE stage = $3 AND status = 'failed'
                     ORDER BY id LIMIT $4::int FOR UPDATE SKIP LOCKED)\
            """
                .formatted(table));
    releaseAll = again.formatted("", "t.status = 'processing' AND t.due_at IS NOT NULL");

    pause =
        "UPDATE %s SET paused_at = now(), updated_at = now() WHERE id = $1 AND paused_at IS NULL AND due_at IS NOT NULL"
            .formatted(table);
    resume =
        "UPDATE %s SET paused_at = NULL, updated_at = now() WHERE id = $1 AND paused_at IS NOT NULL"
            .formatted(table);
    cancel =
        """
        UPDATE %s
        SET status = 'cancelled', due_at = NULL, next_retry_at = NULL, lease_token = lease_token + 1, lease_owner = NULL,
            paused_at = NULL, processed_at = now(), updated_at = now()
        WHERE id = $1 AND due_at IS NOT NULL
        """
            .formatted(table);

    String soon =
        "UPDATE %s SET due_at = now(), next_retry_at = NULL, updated_at = now() WHERE status <> 'processing' AND due_at > now() AND "
            .formatted(table);
    hasten = soon + "id = ANY($1::bigint[])";
    hastenAll = soon + "stage = $1 AND processing_attempts = 0";

    // $1 stage names in order
    depths =
        """
        SELECT s.stage, coalesce(a.due, 0) AS due, coalesce(a.later, 0) AS later, coalesce(a.running, 0) AS running,
               coalesce(f.failed, 0) AS failed, coalesce(a.paused, 0) AS paused,
               coalesce(extract(epoch FROM now() - a.oldest) * 1000, 0)::bigint AS oldest_ms,
               EXISTS (SELECT FROM work_pauses p WHERE p.table_name = '%1$s' AND p.stage = s.stage) AS stopped
        FROM unnest($1::text[]) WITH ORDINALITY AS s (stage, position)
        LEFT JOIN (
          SELECT stage,
                 count(*) FILTER (WHERE claimable) AS due,
                 count(*) FILTER (WHERE NOT leased AND due_at > now() AND paused_at IS NULL) AS later,
                 count(*) FILTER (WHERE leased) AS running,
                 count(*) FILTER (WHERE NOT leased AND paused_at IS NOT NULL) AS paused,
                 min(due_at) FILTER (WHERE claimable) AS oldest
          FROM (SELECT stage, due_at, paused_at,
                       status = 'processing' AND due_at > now() AS leased,
                       due_at <= now() AND paused_at IS NULL AS claimable
                FROM %1$s
                WHERE due_at IS NOT NULL AND status NOT IN ('completed', 'failed', 'cancelled')) open
          GROUP BY stage) a ON a.stage = s.stage
        LEFT JOIN (SELECT stage, count(*) AS failed FROM %1$s WHERE status = 'failed' GROUP BY stage) f
          ON f.stage = s.stage
        ORDER BY s.position
        """
            .formatted(table);

    pauseStage =
        """
        INSERT INTO work_pauses (table_name, stage, reason) VALUES ('%s', $1, $2)
        ON CONFLICT (table_name, stage) DO UPDATE SET reason = excluded.reason
        """
            .formatted(table);
    // $1 stage, $2 channel, $3 address
    resumeStage =
        """
        WITH gone AS (DELETE FROM work_pauses WHERE table_name = '%s' AND stage = $1 RETURNING 1)
        SELECT pg_notify($2, $3)::text FROM gone
        """
            .formatted(table);
  }
}
