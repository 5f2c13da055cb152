package lessons;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/**
 * Moves a lesson from outside its pipeline, as a client of {@code process-zoom-lesson} asks for.
 * Whoever works on the lesson at that moment loses its lease, so its late outcome is refused.
 */
public final class GenerationOverride {
  private final Pool postgres;

  public GenerationOverride(Pool postgres) {
    this.postgres = postgres;
  }

  /**
   * Stores a set for a lesson and calls the lesson completed, both or neither.
   *
   * @param approved as in {@link SetStore#write(SqlClient, SetStore.NewSet, boolean)}
   * @return the stored set's id
   */
  public Future<Long> complete(long lessonId, SetStore.NewSet set, boolean approved) {
    return postgres.withTransaction(
        connection ->
            connection
                .preparedQuery(
                    """
                    UPDATE zoom_summaries
                    SET status = 'completed', stage = 'generate', due_at = NULL, next_retry_at = NULL, paused_at = NULL,
                        lease_token = lease_token + 1, lease_owner = NULL, last_error = NULL, error_message = NULL,
                        processed_at = now(), updated_at = now()
                    WHERE id = $1
                    """)
                .execute(Tuple.of(lessonId))
                .compose(done -> SetStore.write(connection, set, approved)));
  }

  /** Puts a lesson that has a transcript back to where exercises are still to be made, due now. */
  public Future<Void> requeue(long lessonId) {
    // Without a stage the row is one that somebody else moved: the table's trigger finds the stage
    // and takes the lease away.
    return postgres
        .preparedQuery(
            """
            UPDATE zoom_summaries
            SET status = 'awaiting_exercises', stage = NULL, next_retry_at = NULL, paused_at = NULL, last_error = NULL,
                updated_at = now()
            WHERE id = $1
            """)
        .execute(Tuple.of(lessonId))
        .mapEmpty();
  }
}
