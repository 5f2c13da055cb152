package databases;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.DatabaseException;
import io.vertx.sqlclient.Pool;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What MySQL says, brought about by SIGNAL where it can't be had otherwise, and Postgres. */
class OutagesTest {
  private static DatabaseException failure(Future<?> statement) throws Exception {
    Throwable cause =
        statement
            .transform(done -> Future.succeededFuture(done.cause()))
            .await(10, TimeUnit.SECONDS);
    assertThat(cause).isInstanceOf(DatabaseException.class);
    return (DatabaseException) cause;
  }

  @Test
  void ofMySqlTheNumberTellsWhereTheStateDoesNot() throws Exception {
    Vertx vertx = Vertx.vertx();
    Pool pool = MySQLBuilder.pool().connectingTo(TestServers.freshMySql()).using(vertx).build();
    try {
      Map<Integer, String> away =
          Map.ofEntries(
              Map.entry(1205, "HY000"),
              Map.entry(1213, "40001"),
              Map.entry(1290, "HY000"),
              Map.entry(1317, "70100"),
              Map.entry(1053, "08S01"),
              Map.entry(1114, "HY000"),
              Map.entry(1203, "42000"),
              Map.entry(1226, "42000"),
              Map.entry(1792, "25006"),
              Map.entry(1969, "70100"),
              Map.entry(3024, "HY000"),
              Map.entry(1045, "28000"));
      for (var entry : away.entrySet()) {
        assertThat(Outages.isOutage(signalled(pool, entry.getKey(), entry.getValue())))
            .as("%s", entry)
            .isTrue();
      }
      Map<Integer, String> wrong =
          Map.of(
              1062, "23000", 1406, "22001", 1366, "HY000", 1305, "42000", 1452, "23000", 1146,
              "42S02");
      for (var entry : wrong.entrySet()) {
        assertThat(Outages.isOutage(signalled(pool, entry.getKey(), entry.getValue())))
            .as("%s", entry)
            .isFalse();
      }
      assertThat(Outages.isOutage(failure(pool.query("SELECT * FROM nowhere").execute())))
          .isFalse();
      assertThat(Outages.isOutage(failure(pool.query("SELECT nothing").execute()))).isFalse();
    } finally {
      pool.close().await(10, TimeUnit.SECONDS);
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }

  private static DatabaseException signalled(Pool pool, int number, String state) throws Exception {
    DatabaseException failure =
        failure(
            pool.query(
                    "SIGNAL SQLSTATE '"
                        + state
                        + "' SET MYSQL_ERRNO = "
                        + number
                        + ", MESSAGE_TEXT = 'test'")
                .execute());
    assertThat(failure.getErrorCode()).isEqualTo(number);
    return failure;
  }

  @Test
  void ofPostgresTheStateDoes() {
    for (String state : new String[] {"57014", "57P01", "53300", "55P03", "25006", "40001"}) {
      assertThat(Outages.isOutage(new PgException("test", "ERROR", state, null))).isTrue();
    }
    for (String state : new String[] {"42P01", "23505", "22001", "XX000", "25P02"}) {
      assertThat(Outages.isOutage(new PgException("test", "ERROR", state, null))).isFalse();
    }
  }
}
