package lessons;

import databases.Databases;
import databases.TestServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import settings.Settings;

/** Both databases, fresh and migrated, with the host's tables; for tests of what stands on them. */
public final class LessonDatabases implements AutoCloseable {
  public final Vertx vertx = Vertx.vertx();
  public final Settings settings;
  public final Pool mysql;
  public final Pool postgres;
  private final Databases databases;

  public LessonDatabases() {
    settings = TestServers.migratedSettings();
    databases = await(Databases.open(vertx, settings));
    mysql = databases.mysql();
    postgres = databases.postgres();
  }

  public static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer within 20 s", e);
    }
  }

  public RowSet<Row> mysql(String sql, Object... arguments) {
    return await(mysql.preparedQuery(sql).execute(Tuple.from(arguments)));
  }

  public RowSet<Row> postgres(String sql, Object... arguments) {
    return await(postgres.preparedQuery(sql).execute(Tuple.from(arguments)));
  }

  public long count(String postgresQuery, Object... arguments) {
    return postgres(postgresQuery, arguments).iterator().next().getLong(0);
  }

  @Override
  public void close() {
    await(databases.close());
    await(vertx.close());
  }
}
