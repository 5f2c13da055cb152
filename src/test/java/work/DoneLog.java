package work;

import io.vertx.sqlclient.Tuple;

/** The tests' side effect: a row for each completion, in a table that would show a second one. */
final class DoneLog {
  private DoneLog() {}

  static Writes entry(Lease lease) {
    return connection ->
        connection
            .preparedQuery("INSERT INTO done_log (item_id, token, owner) VALUES ($1, $2, $3)")
            .execute(Tuple.of(lease.id(), lease.token(), lease.owner()));
  }
}
