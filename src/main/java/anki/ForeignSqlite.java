package anki;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import org.sqlite.Collation;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;

/**
 * SQLite files that others wrote. They are code as much as data (views, generated columns), so they
 * are opened read-only, their tables must be plain tables, and whatever is asked of them ends after
 * a while.
 */
final class ForeignSqlite {
  /** How long all questions to one file may take together with what happens between them. */
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  private static final int LONGEST_VALUE = 8 << 20;
  private static final int STEPS_BETWEEN_LOOKS = 100_000;

  private ForeignSqlite() {}

  static Connection open(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setPragma(SQLiteConfig.Pragma.LIMIT_LENGTH, String.valueOf(LONGEST_VALUE));
    Connection connection = null;
    try {
      // immutable: no journal and no lock files, whatever the header says
      connection = config.createConnection("jdbc:sqlite:" + file.toUri() + "?immutable=1");
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA trusted_schema = OFF");
        statement.execute("PRAGMA cell_size_check = ON");
      }
      long end = System.nanoTime() + PATIENCE.toNanos();
      ProgressHandler.setHandler(
          connection,
          STEPS_BETWEEN_LOOKS,
          new ProgressHandler() {
            @Override
            protected int progress() {
              return System.nanoTime() - end > 0 ? 1 : 0;
            }
          });
      // Newer collections order names by a collation that only Anki has.
      Collation.create(
          connection,
          "unicase",
          new Collation() {
            @Override
            protected int xCompare(String one, String other) {
              return one.compareToIgnoreCase(other);
            }
          });
      return connection;
    } catch (SQLException broken) {
      if (connection != null) {
        closeQuietly(connection);
      }
      throw unreadable();
    }
  }

  /**
   * Whether there is such a table.
   *
   * @throws UnreadableDeckException when something else has its name, or a column that the table
   *     computes instead of storing
   */
  static boolean hasTable(Connection connection, String name, Set<String> columns)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT type, rootpage FROM sqlite_master WHERE name = ?")) {
      query.setString(1, name);
      try (ResultSet found = query.executeQuery()) {
        if (!found.next()) {
          return false;
        }
        // views and virtual tables have no page of their own
        if (!"table".equals(found.getString(1)) || found.getLong(2) <= 0) {
          throw unreadable();
        }
      }
    }
    int stored = 0;
    try (PreparedStatement query =
        connection.prepareStatement("SELECT name, hidden FROM pragma_table_xinfo(?)")) {
      query.setString(1, name);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          if (columns.contains(found.getString(1)) && found.getInt(2) == 0) {
            stored++;
          }
        }
      }
    }
    if (stored != columns.size()) {
      throw unreadable();
    }
    return true;
  }

  static UnreadableDeckException unreadable() {
    return new UnreadableDeckException(
        "has a collection that is damaged or not Anki's: check the database in Anki and export the"
            + " deck again");
  }

  static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException ignored) {
      // nothing was written; the file goes with its folder
    }
  }
}
