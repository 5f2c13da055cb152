package games;

import io.vertx.core.Future;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A procedure that the migrations create where the database's user may, and that saves round trips.
 * It is never required: once the database has said that it can't be called, it is not called again.
 */
final class OptionalProcedure {
  private static final Logger LOG = LoggerFactory.getLogger(OptionalProcedure.class);

  /** There is no such procedure; the user may not execute it. */
  private static final Set<Integer> UNAVAILABLE = Set.of(1305, 1370);

  // For the whole process: a procedure is there for all event loops or for none.
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private final Pool mysql;
  private final String name;
  private final String call;
  private final String without;
  private boolean available = true;

  /**
   * @param parameters how many it takes
   * @param without what is different without it, as the log will say it
   */
  OptionalProcedure(Pool mysql, String name, int parameters, String without) {
    this.mysql = mysql;
    this.name = name;
    this.call = "CALL " + name + "(" + Columns.placeholders(parameters) + ")";
    this.without = without;
  }

  /** Whether it may be there. */
  boolean available() {
    return available;
  }

  /** What it answers; a failure may be {@link #missing}. */
  Future<RowSet<Row>> call(Tuple values) {
    return mysql.preparedQuery(call).execute(values);
  }

  /** Whether a failure means that there is nothing to call; then it is not called again. */
  boolean missing(Throwable failure) {
    if (!(failure instanceof MySQLException error) || !UNAVAILABLE.contains(error.getErrorCode())) {
      return false;
    }
    available = false;
    if (TOLD.add(name)) {
      LOG.warn(
          "{}: {}. Give the user CREATE ROUTINE and EXECUTE on this database and start again",
          without,
          error.getMessage());
    }
    return true;
  }
}
