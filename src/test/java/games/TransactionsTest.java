package games;

import static lessons.LessonDatabases.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import lessons.LessonDatabases;
import org.junit.jupiter.api.Test;

class TransactionsTest {
  private static Future<Void> add(SqlConnection transaction, int id) {
    return transaction
        .preparedQuery("UPDATE pots SET amount = amount + 1 WHERE id = ?")
        .execute(Tuple.of(id))
        .mapEmpty();
  }

  /**
   * Two transactions take the same two locks in opposite orders; the first time each waits until
   * the other has its first lock.
   */
  @Test
  void theVictimOfADeadlockIsBegunAgain() {
    try (LessonDatabases databases = new LessonDatabases()) {
      databases.mysql(
          "CREATE TABLE pots (id INT PRIMARY KEY, amount INT NOT NULL) ENGINE = InnoDB");
      databases.mysql("INSERT INTO pots VALUES (1, 0), (2, 0)");
      AtomicInteger runs = new AtomicInteger();
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      RepeatedTransactions.bindTo(registry);
      double before = deadlocks(registry);
      Promise<Void> firstHasLock = Promise.promise();
      Promise<Void> secondHasLock = Promise.promise();
      Future<Void> first =
          Transactions.run(
              databases.mysql, crossing(runs, 1, 2, firstHasLock, secondHasLock.future()));
      Future<Void> second =
          Transactions.run(
              databases.mysql, crossing(runs, 2, 1, secondHasLock, firstHasLock.future()));
      await(Future.all(first, second));
      assertThat(runs).hasValue(3);
      assertThat(deadlocks(registry)).isEqualTo(before + 1);
      databases
          .mysql("SELECT amount FROM pots")
          .forEach(row -> assertThat(row.getInteger(0)).isEqualTo(2));
    }
  }

  private static double deadlocks(MeterRegistry registry) {
    return registry
        .get("lessonweave.games.repeated")
        .tag("reason", "deadlock")
        .functionCounter()
        .count();
  }

  private static Function<SqlConnection, Future<Void>> crossing(
      AtomicInteger runs, int mine, int other, Promise<Void> hasLock, Future<Void> otherHasLock) {
    return transaction -> {
      runs.incrementAndGet();
      return add(transaction, mine)
          .compose(
              locked -> {
                hasLock.tryComplete();
                return otherHasLock;
              })
          .compose(both -> add(transaction, other));
    };
  }

  @Test
  void otherFailuresRollBackAndAreTold() {
    try (LessonDatabases databases = new LessonDatabases()) {
      databases.mysql(
          "CREATE TABLE pots (id INT PRIMARY KEY, amount INT NOT NULL) ENGINE = InnoDB");
      AtomicInteger runs = new AtomicInteger();
      Future<Void> failing =
          Transactions.run(
              databases.mysql,
              transaction -> {
                runs.incrementAndGet();
                return transaction
                    .query("INSERT INTO pots VALUES (1, 1)")
                    .execute()
                    .map(
                        stored -> {
                          throw GameProblem.sessionNotFound("x");
                        });
              });
      Throwable cause =
          await(failing.<Throwable>transform(result -> Future.succeededFuture(result.cause())));
      assertThat(cause).isInstanceOf(GameProblem.class);
      assertThat(runs).hasValue(1);
      assertThat(databases.mysql("SELECT * FROM pots")).isEmpty();
    }
  }
}
