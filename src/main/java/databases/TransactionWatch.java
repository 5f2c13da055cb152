package databases;

import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import java.util.Locale;
import java.util.regex.Pattern;

/** Finds, in the events of a binary log, the commits of transactions that touched one table. */
final class TransactionWatch {
  private final String database;
  private final String table;
  private final Pattern mention;
  private boolean touched;

  TransactionWatch(String database, String table) {
    this.database = database;
    this.table = table;
    this.mention =
        Pattern.compile(
            "(?<![\\w$])" + Pattern.quote(table) + "(?![\\w$])", Pattern.CASE_INSENSITIVE);
  }

  /**
   * Whether with this event a transaction is committed that changed the table, or may have.
   *
   * @param event the next one in the log's order
   */
  boolean committedChange(Event event) {
    EventType type = event.getHeader().getEventType();
    EventData data = event.getData();
    if (data instanceof TableMapEventData map) {
      touched |=
          map.getDatabase().equalsIgnoreCase(database) && map.getTable().equalsIgnoreCase(table);
      return false;
    }
    if (data instanceof QueryEventData query) {
      return statement(query.getSql().strip());
    }
    if (type == EventType.TRANSACTION_PAYLOAD) {
      return true; // compressed, and not unpacked for this
    }
    return type == EventType.XID && commit();
  }

  private boolean statement(String sql) {
    String start = sql.substring(0, Math.min(12, sql.length())).toUpperCase(Locale.ROOT);
    if (start.equals("BEGIN") || start.startsWith("XA START")) {
      touched = false;
      return false;
    }
    if (start.equals("COMMIT")) {
      return commit();
    }
    if (start.startsWith("ROLLBACK")) {
      touched = false;
      return false;
    }
    if (start.startsWith("XA COMMIT")) {
      return true; // what it committed was logged long before
    }
    // Statement or mixed format: the SQL text instead of rows. That it mentions the table is
    // enough;
    // a needless look costs little.
    if (mention.matcher(sql).find()) {
      touched = true;
    }
    return false;
  }

  private boolean commit() {
    boolean was = touched;
    touched = false;
    return was;
  }
}
