package load;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What MariaDB has done so far, by its own counters: they show whether service and bare handler
 * really make it do the same.
 */
final class DatabaseWork {
  private static final Map<String, String> COUNTERS = new LinkedHashMap<>();

  static {
    COUNTERS.put("Com_stmt_execute", "statements");
    COUNTERS.put("Handler_read_key", "lookups");
    COUNTERS.put("Handler_read_next", "next rows");
    COUNTERS.put("Handler_write", "inserts");
    COUNTERS.put("Handler_update", "updates");
    COUNTERS.put("Handler_delete", "deletes");
    COUNTERS.put("Handler_commit", "commits");
    COUNTERS.put("Innodb_os_log_written", "bytes of log");
    COUNTERS.put("Innodb_buffer_pool_read_requests", "pages looked at");
    COUNTERS.put("Innodb_buffer_pool_pages_flushed", "pages written");
    COUNTERS.put("Innodb_buffer_pool_reads", "pages read");
  }

  private DatabaseWork() {}

  static Counts now(Pool mysql) {
    Map<String, Double> counted = new LinkedHashMap<>();
    COUNTERS.values().forEach(name -> counted.put(name, 0.0));
    try {
      for (Row row : mysql.query("SHOW GLOBAL STATUS").execute().await(10, TimeUnit.SECONDS)) {
        String name = COUNTERS.get(row.getString(0));
        if (name != null) {
          counted.put(name, Double.parseDouble(row.getString(1)));
        }
      }
      return new Counts(counted);
    } catch (TimeoutException e) {
      throw new IllegalStateException("MariaDB does not say what it has done", e);
    }
  }
}
