package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Transactions that are begun again when the server chose them as the victim of a deadlock.
 *
 * <p>They are made by turning {@code autocommit} off and on again, not by {@code START
 * TRANSACTION}. A deadlock makes the server roll back at once, and statements that are on their way
 * by then would be committed one by one behind it; with {@code autocommit} off they begin another
 * transaction, which is rolled back when the failure arrives. So statements may be on their way
 * together ({@link #together}), and nobody waits for the beginning.
 */
final class Transactions {
  private static final int MOST_TRIES = 12;
  private static final String BEGIN = "SET autocommit = 0";
  // which commits, and fails if that fails
  private static final String COMMIT = "SET autocommit = 1";
  private static final String ROLLBACK = "ROLLBACK";

  private Transactions() {}

  /**
   * Runs {@code work} in a transaction and commits. Whatever fails rolls everything back. {@code
   * work} may run several times, so it must have no effects outside the database.
   *
   * <p>A repetition waits for nothing but its first lock: whoever won the deadlock is done or about
   * to be.
   */
  static <T> Future<T> run(Pool pool, Function<SqlConnection, Future<T>> work) {
    return run(pool, (transaction, again) -> work.apply(transaction));
  }

  /**
   * As {@link #run(Pool, Function)}.
   *
   * @param work also told whether it ran before, and so whether a row may be there by now
   */
  static <T> Future<T> run(Pool pool, BiFunction<SqlConnection, Boolean, Future<T>> work) {
    return repeat(
        attempt ->
            pool.withConnection(connection -> attempt(connection, c -> work.apply(c, attempt > 1))),
        1);
  }

  /**
   * One statement, which is a transaction of its own and needs no round trips to begin and commit.
   */
  static <T> Future<T> single(Supplier<Future<T>> statement) {
    return repeat(attempt -> statement.get(), 1);
  }

  /**
   * Waits for statements of one transaction that were sent without waiting for each other. The
   * server runs them in the order in which they were sent, also those behind one that fails.
   *
   * @return fails with the first failure in that order, when none is under way any more
   */
  static Future<Void> together(Future<?>... statements) {
    return Future.join(List.of(statements))
        .transform(
            all -> {
              for (Future<?> statement : statements) {
                if (statement.failed()) {
                  return Future.failedFuture(statement.cause());
                }
              }
              return Future.succeededFuture();
            });
  }

  private static <T> Future<T> attempt(
      SqlConnection connection, Function<SqlConnection, Future<T>> work) {
    Future<?> begun = connection.query(BEGIN).execute();
    Future<T> done;
    try {
      done = work.apply(connection);
    } catch (RuntimeException failure) {
      done = Future.failedFuture(failure);
    }
    Future<T> worked = done;
    return together(begun, worked)
        .compose(all -> connection.query(COMMIT).execute())
        .map(committed -> worked.result())
        .recover(failure -> undone(connection).transform(any -> Future.failedFuture(failure)));
  }

  /** A connection that can't be brought back to its usual state must not go back to the pool. */
  private static Future<?> undone(SqlConnection connection) {
    Future<?> rolledBack = connection.query(ROLLBACK).execute();
    return rolledBack
        .compose(gone -> connection.query(COMMIT).execute())
        .recover(failure -> connection.query("KILL CONNECTION_ID()").execute());
  }

  private static <T> Future<T> repeat(Function<Integer, Future<T>> work, int attempt) {
    return work.apply(attempt)
        .recover(
            failure -> {
              // A duplicate client result id means that its first copy was stored a moment ago: the
              // next run finds it and answers as a duplicate.
              Optional<RepeatedTransactions> reason = RepeatedTransactions.reason(failure);
              if (attempt == MOST_TRIES || reason.isEmpty()) {
                return Future.failedFuture(failure);
              }
              reason.get().counted();
              return repeat(work, attempt + 1);
            });
  }
}
