package databases;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.sqlclient.Pool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import settings.Secret;
import settings.Settings;

/** The binary log of a real MariaDB, with the traps that hosts lay. */
class TableChangesTest {
  // Three pauses between attempts, as happens when the log is reset just as it is read, are up to
  // 10.5 s by themselves.
  private static final long PATIENCE = 20_000;

  private static BinlogServer server;
  private static Settings.MySql settings;
  private Vertx vertx;
  private Connection host;
  private Statement sql;
  private TableChanges changes;
  private final BlockingQueue<Long> told = new LinkedBlockingQueue<>();

  @BeforeAll
  static void start() {
    server = BinlogServer.start();
    settings = server.settings();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    host = JdbcSources.mysql(settings).getConnection();
    sql = host.createStatement();
    sql.execute("DROP TABLE IF EXISTS classes");
    sql.execute(
        "CREATE TABLE classes (id INT PRIMARY KEY, status ENUM('live', 'ended'), note TEXT)"
            + " ENGINE = InnoDB");
    sql.execute("CREATE TABLE IF NOT EXISTS classes_log (id INT PRIMARY KEY AUTO_INCREMENT)");
    sql.execute("INSERT INTO classes VALUES (1, 'live', 'a'), (2, 'live', 'b')");
  }

  @AfterEach
  void close() throws Exception {
    if (changes != null) {
      changes.stop().await(20, TimeUnit.SECONDS);
    }
    host.close();
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  /** Reads until the stream stands and what happened before it has been told. */
  private void listen() throws InterruptedException {
    changes = listener(settings);
    await();
    assertThat(changes.covered()).isTrue();
  }

  private TableChanges listener(Settings.MySql as) {
    return TableChanges.start(
        vertx, as, "classes", new SimpleMeterRegistry(), () -> told.add(System.nanoTime()));
  }

  private long await() throws InterruptedException {
    Long at = told.poll(PATIENCE, TimeUnit.MILLISECONDS);
    assertThat(at).as("told of a change within 20 s").isNotNull();
    return at;
  }

  /** A change that is told of, behind which nothing before it can still be on its way. */
  private void barrier() throws Exception {
    told.clear();
    sql.execute("UPDATE classes SET note = CONCAT(note, '.') WHERE id = 2");
    await();
    assertThat(told).isEmpty();
  }

  @Test
  void aCommittedChangeIsToldAndARolledBackOneIsNot() throws Exception {
    listen();
    host.setAutoCommit(false);
    sql.execute("UPDATE classes SET status = 'ended' WHERE id = 1");
    host.rollback();
    host.setAutoCommit(true);
    barrier();
    sql.execute("UPDATE classes SET status = 'ended' WHERE id = 1");
    await();
  }

  @Test
  void otherTablesAndOtherDatabasesAreNoChange() throws Exception {
    sql.execute("CREATE DATABASE IF NOT EXISTS other");
    sql.execute("CREATE TABLE IF NOT EXISTS other.classes (id INT PRIMARY KEY AUTO_INCREMENT)");
    listen();
    sql.execute("INSERT INTO classes_log VALUES (NULL)");
    sql.execute("INSERT INTO other.classes VALUES (NULL)");
    barrier();
  }

  @Test
  void statementsInsteadOfRowsAreUnderstood() throws Exception {
    listen();
    for (String format : List.of("MIXED", "STATEMENT")) {
      sql.execute("SET SESSION binlog_format = " + format);
      told.clear();
      sql.execute("UPDATE classes SET note = '" + format + "' WHERE id = 1");
      await();
    }
  }

  @Test
  void minimalImagesAndColumnsAddedMeanwhileMakeNoDifference() throws Exception {
    listen();
    sql.execute("SET SESSION binlog_row_image = MINIMAL");
    sql.execute("UPDATE classes SET status = 'ended' WHERE id = 1");
    await();
    sql.execute("ALTER TABLE classes ADD COLUMN added INT NULL AFTER id");
    told.clear();
    sql.execute("UPDATE classes SET status = 'live' WHERE id = 1");
    await();
  }

  @Test
  void insertsAndReplacementsAreChangesToo() throws Exception {
    listen();
    sql.execute("INSERT INTO classes VALUES (3, 'ended', 'c')");
    await();
    sql.execute("REPLACE INTO classes VALUES (3, 'live', 'd')");
    await();
    sql.execute(
        "INSERT INTO classes VALUES (3, 'live', 'e') ON DUPLICATE KEY UPDATE status = 'ended'");
    await();
  }

  @Test
  void aConnectionThatIsKilledComesBackAndTellsOnceForWhatItMissed() throws Exception {
    listen();
    barrier();
    for (String id : readers()) {
      sql.execute("KILL " + id);
    }
    await(); // the log can't be read
    await(); // it is read again
    barrier();
  }

  @Test
  void aLogThatWasResetIsReadFromItsNewStart() throws Exception {
    listen();
    barrier();
    for (String id : readers()) {
      sql.execute("KILL " + id);
    }
    sql.execute("RESET MASTER");
    await();
    await();
    barrier();
  }

  /** Connections that read the log, those of tests before this one that nobody missed yet too. */
  private List<String> readers() throws SQLException {
    List<String> ids = new java.util.ArrayList<>();
    try (var rows =
        sql.executeQuery(
            "SELECT id FROM information_schema.processlist WHERE command = 'Binlog Dump'")) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    assertThat(ids).isNotEmpty();
    return ids;
  }

  @Test
  void ofTwoListenersOneReadsAndTheOtherKnowsItsBeingDone() throws Exception {
    listen();
    TableChanges second = listener(settings);
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (!second.covered() && System.nanoTime() < end) {
        barrier();
      }
      assertThat(second.covered()).isTrue();
    } finally {
      second.stop().await(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void aChangeIsToldAmongTenThousandOfOtherTables() throws Exception {
    listen();
    Thread noise =
        new Thread(
            () -> {
              try (Connection other = JdbcSources.mysql(settings).getConnection();
                  Statement statement = other.createStatement()) {
                for (int i = 0; i < 100; i++) {
                  statement.execute(
                      "INSERT INTO classes_log VALUES " + "(NULL),".repeat(99) + "(NULL)");
                }
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    noise.start();
    told.clear();
    sql.execute("UPDATE classes SET status = 'ended' WHERE id = 1");
    await();
    noise.join(20_000);
    assertThat(told.size()).isLessThan(3);
  }

  @Test
  void whatIsMissingIsSaid() throws Exception {
    sql.execute("CREATE OR REPLACE USER 'plain'@'127.0.0.1' IDENTIFIED BY 'test-password'");
    sql.execute("GRANT SELECT ON school.* TO 'plain'@'127.0.0.1'");
    assertThat(obstacle("plain"))
        .hasValueSatisfying(m -> assertThat(m).contains("REPLICATION SLAVE"));
    sql.execute("GRANT REPLICATION SLAVE ON *.* TO 'plain'@'127.0.0.1'");
    assertThat(obstacle("plain")).hasValueSatisfying(m -> assertThat(m).contains("BINLOG MONITOR"));
    sql.execute("GRANT BINLOG MONITOR ON *.* TO 'plain'@'127.0.0.1'");
    assertThat(obstacle("plain")).isEmpty();
    Pool without = MySQLBuilder.pool().connectingTo(TestServers.freshMySql()).using(vertx).build();
    assertThat(TableChanges.obstacle(without).await(10, TimeUnit.SECONDS))
        .hasValueSatisfying(m -> assertThat(m).contains("log_bin"));
    without.close().await(10, TimeUnit.SECONDS);
  }

  private Optional<String> obstacle(String user) throws Exception {
    Settings.MySql as =
        new Settings.MySql(
            settings.host(),
            settings.port(),
            user,
            Optional.of(new Secret("test-password")),
            "school",
            2,
            Settings.Tls.OFF,
            Optional.empty());
    Pool pool = MySQLBuilder.pool().connectingTo(ConnectOptions.mysql(as)).using(vertx).build();
    try {
      return TableChanges.obstacle(pool).await(10, TimeUnit.SECONDS);
    } finally {
      pool.close().await(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void theLibraryWritesNothingPastTheLog() throws Exception {
    BlockingQueue<String> written = new LinkedBlockingQueue<>();
    java.util.logging.Handler handler =
        new java.util.logging.Handler() {
          @Override
          public void publish(java.util.logging.LogRecord line) {
            if (String.valueOf(line.getLoggerName()).startsWith("com.github.shyiko")) {
              written.add(line.getMessage());
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    java.util.logging.Logger everything = java.util.logging.Logger.getLogger("");
    everything.addHandler(handler);
    try {
      listen();
    } finally {
      everything.removeHandler(handler);
    }
    assertThat(written).isEmpty();
  }
}
