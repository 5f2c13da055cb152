package databases;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import settings.Settings;

/**
 * Databases as the migrations leave them: migrated once in a JVM, then copied, which takes a
 * fraction of the time. {@link MigratedDatabasesTest} shows that a copy has all that the original
 * has.
 */
final class MigratedDatabases {
  private final Settings original;
  private final List<String> mysqlStatements;

  /** Migrates two empty databases, of which the second has the host's tables. */
  MigratedDatabases(Settings original) {
    Migrations.run(original);
    this.original = original;
    try (Connection connection = JdbcSources.mysql(original.mysql()).getConnection()) {
      this.mysqlStatements =
          copying(original.mysql().database(), mysqlDefinitions(original.mysql()), connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Settings original() {
    return original;
  }

  /** Makes a database of this name that nobody may be connected to the original of. */
  void copyPostgres(String name) {
    Settings.Postgres from = original.postgres();
    try (Connection connection =
            JdbcSources.postgres(TestServers.named(from, "postgres")).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " TEMPLATE " + from.database());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes the tables, triggers and routines in an empty database. */
  void fillMySql(Settings.MySql empty) {
    try (Connection connection = JdbcSources.mysql(empty).getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : mysqlStatements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The statements that make a MySQL database's tables, triggers and procedures. */
  static List<String> mysqlDefinitions(Settings.MySql settings) throws SQLException {
    try (Connection connection = JdbcSources.mysql(settings).getConnection()) {
      List<String> all = new ArrayList<>();
      for (String table : tables(connection)) {
        all.add(row(connection, "SHOW CREATE TABLE `" + table + "`").get(1));
      }
      addPrograms(connection, "TRIGGER", all);
      addPrograms(connection, "ROUTINE", all);
      return all;
    }
  }

  private static List<String> copying(String database, List<String> definitions, Connection from)
      throws SQLException {
    List<String> all = new ArrayList<>();
    // tables are made in the order of their names
    all.add("SET foreign_key_checks = 0");
    all.addAll(definitions);
    for (String table : tables(from)) {
      if (column(from, "SELECT 1 FROM `" + table + "` LIMIT 1").isEmpty()) {
        continue;
      }
      String columns = storedColumns(from, table);
      all.add(
          "INSERT INTO `%s` (%s) SELECT %s FROM `%s`.`%s`"
              .formatted(table, columns, columns, database, table));
    }
    return all;
  }

  /** Each after the mode that it was made in and keeps. */
  private static void addPrograms(Connection connection, String kind, List<String> all)
      throws SQLException {
    String show = kind.equals("ROUTINE") ? "PROCEDURE" : kind;
    for (String name :
        column(
            connection,
            "SELECT %1$s_NAME FROM information_schema.%1$sS WHERE %1$s_SCHEMA = DATABASE() ORDER BY 1"
                .formatted(kind))) {
      List<String> row = row(connection, "SHOW CREATE " + show + " `" + name + "`");
      all.add("SET sql_mode = '" + row.get(1) + "'");
      all.add(row.get(2));
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    return column(
        connection,
        "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() ORDER BY"
            + " 1");
  }

  /** The table's columns but those that the server computes. */
  private static String storedColumns(Connection connection, String table) throws SQLException {
    return String.join(
        ", ",
        column(
            connection,
            "SELECT CONCAT('`', COLUMN_NAME, '`') FROM information_schema.COLUMNS WHERE"
                + " TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '"
                + table
                + "' AND COALESCE(GENERATION_EXPRESSION, '') = '' ORDER BY ORDINAL_POSITION"));
  }

  private static List<String> column(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private static List<String> row(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        values.add(rows.getString(i));
      }
    }
    return values;
  }
}
