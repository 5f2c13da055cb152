package work;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

/**
 * What a job wants stored together with its outcome: run inside the transaction of the transition,
 * after the database has accepted that the lease is still held. Either all of it is stored, once,
 * or nothing.
 */
@FunctionalInterface
public interface Writes {
  /**
   * Runs the statements on {@code connection} and nothing else: no other connection of the pool, no
   * commit, no call to the outside. May be called again after a transaction that did not commit.
   * Between two statements at most 5 s may pass, or the server rolls back.
   *
   * @return completes when all statements are done; a failure rolls the transition back
   */
  Future<?> apply(SqlConnection connection);

  /** Nothing to store: such transitions of several items may share one statement. */
  static Writes none() {
    return Nothing.INSTANCE;
  }

  /** The type behind {@link #none()}, so that "no writes" can be told from "writes unknown". */
  enum Nothing implements Writes {
    INSTANCE;

    @Override
    public Future<?> apply(SqlConnection connection) {
      return Future.succeededFuture();
    }
  }
}
