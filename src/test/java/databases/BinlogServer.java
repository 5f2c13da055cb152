package databases;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import settings.Secret;
import settings.Settings;

/**
 * A school's MariaDB with the host's tables that writes a binary log, as the embedded one doesn't.
 */
public final class BinlogServer implements AutoCloseable {
  private final EmbeddedMariaDb server;

  private BinlogServer(EmbeddedMariaDb server) {
    this.server = server;
  }

  /** On a free port, its data fresh. */
  public static BinlogServer start() {
    EmbeddedMariaDb server =
        EmbeddedMariaDb.start(
            TestServers.binaries(),
            TestServers.dataFolder("binlog_" + System.nanoTime()),
            TestServers.mysql("school"),
            OptionalInt.empty(),
            List.of("--log-bin=binlog", "--server-id=1", "--binlog-format=ROW"));
    EmbeddedServers.makeHostTables(server.settings());
    try (Connection connection = JdbcSources.mysql(server.settings()).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO users (id, email) VALUES (9, 'teacher@school.example')");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new BinlogServer(server);
  }

  /** How to connect to it. */
  Settings.MySql settings() {
    return server.settings();
  }

  /** What makes a node use it. */
  public Map<String, String> environment() {
    Settings.MySql settings = server.settings();
    return Map.of(
        "MYSQL_HOST", settings.host().orElseThrow(),
        "MYSQL_PORT", Integer.toString(settings.port()),
        "MYSQL_USER", settings.user(),
        "MYSQL_PASSWORD", settings.password().map(Secret::reveal).orElseThrow(),
        "MYSQL_DATABASE", settings.database());
  }

  /** A class of half an hour that ended now. */
  public void endClass(long id) {
    try (Connection connection = JdbcSources.mysql(server.settings()).getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO classes (id, student_id, teacher_id, meeting_start, meeting_end,"
                    + " status) VALUES (?, 7, 9, NOW() - INTERVAL 30 MINUTE, NOW(), 'ended')")) {
      statement.setLong(1, id);
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
