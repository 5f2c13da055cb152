package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts how often what a learner sees in the games has changed: lists, words, sessions, results,
 * mistakes, lessons. Whoever kept something and finds the number it was kept under need not read it
 * again.
 *
 * <p>A change counts in its own transaction and as the last thing in it: its row is locked from
 * then on, and who holds it waits for nothing else.
 */
public final class LearnerChanges {
  private static final Logger LOG = LoggerFactory.getLogger(LearnerChanges.class);
  private static final String COUNT =
      "INSERT INTO learner_changes (user_id, changes) VALUES (?, 1) ON DUPLICATE KEY UPDATE changes"
          + " = changes + 1";
  private static final String COUNT_LESSON =
      "INSERT INTO learner_changes (user_id, changes, lessons) VALUES (?, 1, 1) ON DUPLICATE KEY"
          + " UPDATE changes = changes + 1, lessons = lessons + 1";
  private static final String NOW =
      "SELECT changes, lessons FROM learner_changes WHERE user_id = ?";

  private LearnerChanges() {}

  /** What of a learner's something may depend on. */
  public enum Part {
    /** Whatever the learner sees in the games. */
    EVERYTHING,
    /** The exercises of lessons, which no game changes. */
    LESSONS
  }

  /**
   * How many changes there were.
   *
   * @param everything of any part
   * @param lessons of lessons among them
   */
  public record Numbers(long everything, long lessons) {
    private static final Numbers NONE = new Numbers(0, 0);

    /** The number for a part. */
    public long of(Part part) {
      return part == Part.LESSONS ? lessons : everything;
    }
  }

  /** One more change of this learner's lessons. */
  public static Future<Void> countLesson(SqlClient db, String learner) {
    return db.preparedQuery(COUNT_LESSON).execute(Tuple.of(learner)).mapEmpty();
  }

  /** One more change of this learner's, which is not one of lessons. */
  public static Future<Void> count(SqlClient db, String learner) {
    return db.preparedQuery(COUNT).execute(Tuple.of(learner)).mapEmpty();
  }

  /**
   * How many there were; none for a learner who has never changed anything. What is read after this
   * was asked for is of these numbers or later ones.
   */
  public static Future<Numbers> now(SqlClient db, String learner) {
    return db.preparedQuery(NOW)
        .execute(Tuple.of(learner))
        .map(
            rows -> {
              for (Row row : rows) {
                return new Numbers(row.getLong(0), row.getLong(1));
              }
              return Numbers.NONE;
            });
  }

  /** As {@link Transactions#run(Pool, Function)}, for work that changes what the learner sees. */
  static <T> Future<T> run(Pool pool, String learner, Function<SqlConnection, Future<T>> work) {
    return run(pool, learner, (transaction, again) -> work.apply(transaction));
  }

  /** As {@link Transactions#run(Pool, BiFunction)}, for work that changes what the learner sees. */
  static <T> Future<T> run(
      Pool pool, String learner, BiFunction<SqlConnection, Boolean, Future<T>> work) {
    return Transactions.run(
        pool,
        (transaction, again) ->
            work.apply(transaction, again).compose(done -> count(transaction, learner).map(done)));
  }

  /**
   * A row that begins something and counts as a change: by a procedure that does both at once, or
   * where there is none by statements. Then the change counts after the row, for both in one
   * transaction would take two round trips more; and where it can't be counted any more, what was
   * made stays made and is answered so: only what is kept of the learner's is then out of date, for
   * as long as it is kept.
   *
   * @param values of the row, as procedure and {@code insert} take them
   */
  static Future<Void> begin(
      Pool pool,
      String learner,
      OptionalProcedure procedure,
      Supplier<Tuple> values,
      String insert) {
    if (!procedure.available()) {
      return thenCounted(pool, learner, values, insert);
    }
    return Transactions.single(() -> procedure.call(values.get()))
        .<Void>mapEmpty()
        .recover(
            failure ->
                procedure.missing(failure)
                    ? thenCounted(pool, learner, values, insert)
                    : Future.failedFuture(failure));
  }

  private static Future<Void> thenCounted(
      Pool pool, String learner, Supplier<Tuple> values, String insert) {
    return Transactions.single(() -> pool.preparedQuery(insert).execute(values.get()))
        .compose(
            done ->
                Transactions.single(() -> count(pool, learner))
                    .otherwise(
                        failure -> {
                          LOG.warn(
                              "a change could not be counted; reads that are kept may be without"
                                  + " it until they are too old: {}",
                              failure.getMessage());
                          return null;
                        }));
  }
}
