package databases;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a MySQL or MariaDB lets us read its binary log. */
final class BinlogProbe {
  private BinlogProbe() {}

  /** Why not, and what the server's administrator can do about it; empty when it does. */
  static Future<Optional<String>> obstacle(SqlClient mysql) {
    return mysql
        .query("SELECT @@log_bin AS log_bin, @@server_id AS server_id")
        .execute()
        .compose(
            rows -> {
              Row row = rows.iterator().next();
              if (!on(row.getValue("log_bin"))) {
                return Future.succeededFuture(
                    Optional.of(
                        "it writes no binary log (log_bin is off; MySQL 8 has it on by default,"
                            + " MariaDB not)"));
              }
              if (row.getValue("server_id").toString().equals("0")) {
                return Future.succeededFuture(
                    Optional.of("its server_id is 0, so it lets nobody replicate"));
              }
              return mysql.query("SHOW GRANTS").execute().map(BinlogProbe::missingPrivilege);
            });
  }

  private static boolean on(Object value) {
    String text = value.toString();
    return text.equals("1") || text.equalsIgnoreCase("on") || text.equalsIgnoreCase("true");
  }

  private static Optional<String> missingPrivilege(Iterable<Row> rows) {
    List<String> global = new ArrayList<>();
    for (Row row : rows) {
      String grant = row.getString(0).toUpperCase(Locale.ROOT);
      if (grant.contains(" ON *.* ")) {
        global.add(grant.substring(0, grant.indexOf(" ON *.* ")));
      }
    }
    String all = String.join(", ", global);
    boolean everything = all.contains("ALL PRIVILEGES") || all.contains("SUPER");
    if (!everything && !all.contains("REPLICATION SLAVE") && !all.contains("REPLICATION REPLICA")) {
      return Optional.of("its user lacks the privilege REPLICATION SLAVE");
    }
    if (!everything
        && !all.contains("REPLICATION CLIENT")
        && !all.contains("BINLOG MONITOR")
        && !all.contains("REPLICATION SLAVE ADMIN")) {
      return Optional.of(
          "its user lacks the privilege REPLICATION CLIENT (MySQL) or BINLOG MONITOR (MariaDB)");
    }
    return Optional.empty();
  }
}
