package databases;

import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.DatabaseException;
import java.util.Set;

/** Tells a database that can't do its work for a while from a statement that is wrong. */
public final class Outages {
  // Classes of SQL states: connection, log-in, missing database, rollback to be repeated,
  // resources, locks, operator, system, interrupted (MySQL).
  private static final Set<String> CLASSES =
      Set.of("08", "28", "3D", "40", "53", "55", "57", "58", "70");

  /** As a former primary is. */
  private static final String READ_ONLY = "25006";

  // MySQL says most of it under the states HY000 and 42000, which mean anything: only the number
  // tells. From the servers' lists of error messages; numbers up to 1999 mean the same on both.
  private static final Set<Integer> MYSQL_NUMBERS =
      Set.of(
          1020, // the row changed since it was read (MariaDB, after all repetitions)
          1021, // disk full
          1037, // out of memory
          1038, // out of memory for sorting
          1041, // out of memory
          1044, // no access to the database
          1049, // no such database
          1114, // table full
          1129, // too many failed connections of this host
          1130, // host not allowed
          1203, // the user has too many connections
          1205, // a lock was waited for too long
          1226, // the user's resources are used up
          1290, // read-only, as a former primary is
          1461, // too many prepared statements
          1836, // read-only
          3024, // the statement took too long (MySQL)
          3032, // offline mode (MySQL)
          3100, // replication stopped the transaction (MySQL)
          3101, // the same
          4031 // closed as idle (MySQL)
          );

  private Outages() {}

  /**
   * Whether it is worth trying again later: the server is going, full, overloaded, read-only, locks
   * are held, or it let nobody in.
   */
  public static boolean isOutage(DatabaseException failure) {
    String state = failure.getSqlState();
    boolean byState =
        state != null
            && state.length() >= 2
            && (CLASSES.contains(state.substring(0, 2)) || state.equals(READ_ONLY));
    return byState
        || (failure instanceof MySQLException && MYSQL_NUMBERS.contains(failure.getErrorCode()));
  }
}
