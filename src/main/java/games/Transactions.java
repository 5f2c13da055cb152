package games;

import static games.RepeatedTransactions.CHANGED;
import static games.RepeatedTransactions.DEADLOCK;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Transactions that are begun again when the server chose them as the victim of a deadlock. */
final class Transactions {
  private static final int MOST_TRIES = 12;

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
        attempt -> pool.withTransaction(connection -> work.apply(connection, attempt > 1)),
        1,
        EnumSet.allOf(RepeatedTransactions.class));
  }

  /**
   * One statement, which is a transaction of its own and needs no round trips to begin and commit.
   * A row that is there already is there the next time, too.
   */
  static <T> Future<T> single(Supplier<Future<T>> statement) {
    return repeat(attempt -> statement.get(), 1, EnumSet.of(DEADLOCK, CHANGED));
  }

  private static <T> Future<T> repeat(
      Function<Integer, Future<T>> work, int attempt, Set<RepeatedTransactions> reasons) {
    return work.apply(attempt)
        .recover(
            failure -> {
              // A duplicate client result id means that its first copy was stored a moment ago: the
              // next run finds it and answers as a duplicate.
              Optional<RepeatedTransactions> reason = RepeatedTransactions.reason(failure);
              if (attempt == MOST_TRIES || reason.filter(reasons::contains).isEmpty()) {
                return Future.failedFuture(failure);
              }
              reason.get().counted();
              return repeat(work, attempt + 1, reasons);
            });
  }
}
