package games;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.mysqlclient.MySQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Why the games' transactions had to run again, and how often. One count for the whole process,
 * because the rows that transactions meet in belong to all event loops.
 */
public enum RepeatedTransactions {
  /** MySQL error 1213: the server chose the transaction to break a deadlock. */
  DEADLOCK(1213),
  /** MariaDB error 1020: a row had changed since the transaction's snapshot. */
  CHANGED(1020),
  /** MySQL error 1062: another copy of the same request was stored in the meantime. */
  DUPLICATE(1062);

  private final int code;
  private final LongAdder count = new LongAdder();

  RepeatedTransactions(int code) {
    this.code = code;
  }

  /** The reason to run a failed transaction again; empty when it would fail again. */
  static Optional<RepeatedTransactions> reason(Throwable failure) {
    return failure instanceof MySQLException error
        ? Arrays.stream(values()).filter(reason -> reason.code == error.getErrorCode()).findFirst()
        : Optional.empty();
  }

  boolean is(Throwable failure) {
    return reason(failure).filter(this::equals).isPresent();
  }

  void counted() {
    count.increment();
  }

  long count() {
    return count.sum();
  }

  /** Shows the counts as {@code lessonweave_games_repeated_total}, by reason. */
  public static void bindTo(MeterRegistry registry) {
    for (RepeatedTransactions reason : values()) {
      FunctionCounter.builder("lessonweave.games.repeated", reason, RepeatedTransactions::count)
          .description("Transactions of the games that ran again, by reason")
          .tag("reason", reason.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }
}
