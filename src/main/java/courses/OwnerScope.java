package courses;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.function.Function;

/**
 * Statements on behalf of one owner of courses, in transactions in which the database itself shows
 * and changes no other's rows (section 3.5 of the contract). A statement alone is one round trip
 * still: what begins and ends its transaction travels with it.
 */
public final class OwnerScope {
  private final Pool pool;
  private final String enter;
  private final Object whose;

  private OwnerScope(Pool pool, String enter, Object whose) {
    this.pool = pool;
    this.enter = enter;
    this.whose = whose;
  }

  /** What a user does. */
  public static OwnerScope of(Pool postgres, String owner) {
    // Postgres has no texts with this character, so nobody is called so
    return new OwnerScope(
        postgres, "SELECT course_as($1)::text", owner.indexOf('\0') < 0 ? owner : "");
  }

  /** What a worker does for the owner of the task it has leased. */
  static OwnerScope ofTask(Pool postgres, long task) {
    return new OwnerScope(postgres, "SELECT course_work($1)::text", task);
  }

  /** One statement, in a transaction of its own. */
  public Future<RowSet<Row>> run(String sql, Tuple parameters) {
    return pool.withConnection(
        connection -> {
          // none waits for the one before: all are on their way at once
          Future<?> begun = connection.query("BEGIN").execute();
          Future<?> entered = enter(connection);
          Future<RowSet<Row>> rows = connection.preparedQuery(sql).execute(parameters);
          Future<?> ended = connection.query("COMMIT").execute();
          return Future.join(begun, entered, rows, ended)
              .transform(
                  done ->
                      begun.failed()
                          ? Future.failedFuture(begun.cause())
                          : entered.failed()
                              ? Future.failedFuture(entered.cause())
                              : rows.failed() || ended.succeeded()
                                  ? rows
                                  : Future.failedFuture(ended.cause()));
        });
  }

  /** Several statements, all stored or none. */
  public <T> Future<T> transaction(Function<SqlConnection, Future<T>> statements) {
    return pool.withTransaction(connection -> within(connection, statements));
  }

  /** The rest of a transaction that has begun otherwise. */
  <T> Future<T> within(SqlConnection connection, Function<SqlConnection, Future<T>> statements) {
    Future<?> entered = enter(connection);
    return statements.apply(connection).compose(result -> entered.map(result));
  }

  private Future<RowSet<Row>> enter(SqlConnection connection) {
    return connection.preparedQuery(enter).execute(Tuple.of(whose));
  }
}
