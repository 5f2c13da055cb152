package databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import settings.Secret;
import settings.Settings;

class EmbeddedServersTest {
  @Test
  void keepsDataOverARestartInAFolderWithSpacesAndALongPath() throws Exception {
    // Longer than a Unix socket's path may be.
    Path folder =
        TestServers.dataFolder("with spaces")
            .resolve("long".repeat(20))
            .resolve("enough".repeat(10));
    try (DataFolder data = DataFolder.open(folder)) {
      Settings settings = settings(folder);
      try (EmbeddedServers servers =
          EmbeddedServers.start(data, settings, TestServers.binaries())) {
        assertThat(servers.settings().mysql().host()).contains("127.0.0.1");
        write(mysql(servers), "before");
        write(postgres(servers), "before");
        assertThat(privateFile(folder.resolve("mariadb/password"))).isTrue();
        assertThat(privateFile(folder.resolve("postgres/password"))).isTrue();
        assertThat(session(servers.mariaDb().orElseThrow().pid()))
            .isNotEqualTo(session(ProcessHandle.current().pid()));
      }
      assertThat(FolderProcesses.all(folder.resolve("mariadb/data"))).isEmpty();
      assertThat(FolderProcesses.all(folder.resolve("postgres/data"))).isEmpty();
      EmbeddedServers servers = EmbeddedServers.start(data, settings, TestServers.binaries());
      try {
        assertThat(read(mysql(servers))).containsExactly("before");
        assertThat(read(postgres(servers))).containsExactly("before");
        assertThat(query(mysql(servers), "SELECT count(*) FROM classes")).containsExactly("0");
        assertThat(query(mysql(servers), "SELECT count(*) FROM users")).containsExactly("0");
      } finally {
        servers.close();
        // Closing again is allowed.
        servers.close();
      }
    }
  }

  @Test
  void letsNobodyInWithoutThePassword() throws Exception {
    Settings.MySql mysql = TestServers.freshMySqlSettings();
    Settings.Postgres postgres = TestServers.freshPostgresSettings();
    for (String user : List.of("root", "mariadb.sys", "", mysql.user())) {
      Settings.MySql without =
          new Settings.MySql(
              mysql.host(),
              mysql.port(),
              user,
              Optional.empty(),
              "mysql",
              1,
              mysql.tls(),
              mysql.tlsCa());
      assertThatThrownBy(() -> JdbcSources.mysql(without).getConnection())
          .as(user)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("denied");
    }
    Settings.Postgres without =
        new Settings.Postgres(
            postgres.host(),
            postgres.port(),
            postgres.user(),
            Optional.of(new Secret("wrong")),
            postgres.database(),
            1,
            postgres.tls(),
            postgres.tlsCa(),
            postgres.pooler());
    assertThatThrownBy(() -> JdbcSources.postgres(without).getConnection())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password");
  }

  @Test
  void findsCommittedRowsAfterItsProcessWasKilled() throws Exception {
    Path folder = TestServers.dataFolder("killed");
    ChildProcess child =
        ChildProcess.start(ServersMain.class, folder.toString(), TestServers.binaries().toString());
    try {
      child.awaitLine("committed");
    } finally {
      child.kill();
    }
    List<Long> orphans = new ArrayList<>(FolderProcesses.mains(folder.resolve("mariadb/data")));
    orphans.addAll(FolderProcesses.mains(folder.resolve("postgres/data")));
    assertThat(orphans).hasSize(2);
    restartAndExpectRows(folder);
    assertThat(orphans)
        .allSatisfy(
            pid ->
                assertThat(FolderProcesses.mains(folder.resolve("mariadb/data")))
                    .doesNotContain(pid));
  }

  @Test
  void bringsAKilledServerBackOnItsPort() throws Exception {
    Path folder = TestServers.dataFolder("revived");
    try (DataFolder data = DataFolder.open(folder);
        EmbeddedServers servers =
            EmbeddedServers.start(data, settings(folder), TestServers.binaries())) {
      write(mysql(servers), "before");
      long killed = servers.mariaDb().orElseThrow().pid();
      ProcessHandle.of(killed).orElseThrow().destroyForcibly();
      Instant deadline = Instant.now().plusSeconds(60);
      while (servers.mariaDb().orElseThrow().pid() == killed || !answers(servers)) {
        assertThat(Instant.now()).isBefore(deadline);
        Thread.onSpinWait();
      }
      assertThat(read(mysql(servers))).containsExactly("before");
    }
    assertThat(FolderProcesses.all(folder.resolve("mariadb/data"))).isEmpty();
  }

  private static boolean answers(EmbeddedServers servers) {
    try {
      return !read(mysql(servers)).isEmpty();
    } catch (SQLException notYet) {
      return false;
    }
  }

  @Test
  void bringsNoServerBackWhileTheJvmEnds() throws Exception {
    Path folder = TestServers.dataFolder("ending");
    ChildProcess child =
        ChildProcess.start(EndingJvm.class, folder.toString(), TestServers.binaries().toString());
    child.awaitExit();
    assertThat(FolderProcesses.all(folder.resolve("mariadb/data"))).isEmpty();
    assertThat(FolderProcesses.all(folder.resolve("postgres/data"))).isEmpty();
  }

  /** Ends with its servers killed rather than closed, and lives on long enough to see them end. */
  static final class EndingJvm {
    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      EmbeddedServers.start(DataFolder.open(folder), settings(folder), Path.of(arguments[1]));
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    for (String server : List.of("mariadb", "postgres")) {
                      Path data = folder.resolve(server).resolve("data");
                      FolderProcesses.end(data, ServerSignal.KILL, Duration.ofSeconds(10));
                      // Whatever would start it again has this long to do so.
                      LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
                    }
                  }));
    }
  }

  @Test
  void recoversWhenTheServersWereKilledToo() throws Exception {
    Path folder = TestServers.dataFolder("all-killed");
    ChildProcess child =
        ChildProcess.start(ServersMain.class, folder.toString(), TestServers.binaries().toString());
    try {
      child.awaitLine("committed");
    } finally {
      child.kill();
    }
    FolderProcesses.mains(folder.resolve("mariadb/data")).forEach(ServerSignal.KILL::send);
    FolderProcesses.mains(folder.resolve("postgres/data")).forEach(ServerSignal.KILL::send);
    // What a crash leaves: PostgreSQL's pid file, now naming a process that has nothing to do with
    // it.
    Process stranger =
        new ProcessBuilder("sleep", "60").directory(folder.resolve("postgres").toFile()).start();
    try {
      Path pidFile = folder.resolve("postgres/data/postmaster.pid");
      List<String> lines = new ArrayList<>(Files.readAllLines(pidFile));
      lines.set(0, Long.toString(stranger.pid()));
      Files.write(pidFile, lines);
      restartAndExpectRows(folder);
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void beginsAnewAfterAnInterruptedFirstStart() throws Exception {
    Path folder = TestServers.dataFolder("interrupted");
    for (String server : List.of("mariadb", "postgres")) {
      Path partial = Files.createDirectories(folder.resolve(server).resolve("data.partial"));
      Files.writeString(partial.resolve("PG_VERSION"), "18\n");
      Files.createDirectories(partial.resolve("mysql"));
      Files.writeString(partial.resolve("ibdata1"), "torn");
      Files.createDirectories(folder.resolve(server).resolve("data"));
      Files.createFile(folder.resolve(server).resolve("password"));
    }
    try (DataFolder data = DataFolder.open(folder);
        EmbeddedServers servers =
            EmbeddedServers.start(data, settings(folder), TestServers.binaries())) {
      write(mysql(servers), "works");
      write(postgres(servers), "works");
      assertThat(folder.resolve("mariadb/data.partial")).doesNotExist();
      assertThat(folder.resolve("postgres/data.partial")).doesNotExist();
    }
  }

  @Test
  void leavesFilesAloneThatAreNoDatabase() throws Exception {
    Path home = TestServers.dataFolder("foreign");
    Path precious = Files.createDirectories(home.resolve("data")).resolve("precious");
    Files.writeString(precious, "kept");
    assertThatThrownBy(
            () ->
                EmbeddedPostgres.start(
                    TestServers.binaries(), home, TestServers.postgres("lessons")))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("move it away");
    assertThat(precious).hasContent("kept");
  }

  @Test
  void stopsTheOtherServerWhenOneCannotStart() throws Exception {
    Path folder = TestServers.dataFolder("one-fails");
    Files.writeString(
        Files.createDirectories(folder.resolve("postgres/data")).resolve("precious"), "kept");
    try (DataFolder data = DataFolder.open(folder)) {
      assertThatThrownBy(
              () -> EmbeddedServers.start(data, settings(folder), TestServers.binaries()))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("PostgreSQL");
    }
    assertThat(FolderProcesses.all(folder.resolve("mariadb/data"))).isEmpty();
  }

  @Test
  void saysWhyAServerDoesNotStart() throws Exception {
    Path home = TestServers.dataFolder("bad-option");
    assertThatThrownBy(
            () ->
                EmbeddedPostgres.start(
                    TestServers.binaries(),
                    home,
                    TestServers.postgres("lessons"),
                    OptionalInt.empty(),
                    List.of("shared_buffers=nonsense")))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("invalid value for parameter \"shared_buffers\"")
        .hasMessageContaining("server.log");
  }

  @Test
  void aKilledPostgresLeavesNothingOutsideItsFolder() throws Exception {
    Path home = TestServers.dataFolder("shared-memory");
    try (EmbeddedPostgres server =
        EmbeddedPostgres.start(TestServers.binaries(), home, TestServers.postgres("lessons"))) {
      assertThat(server.running()).isTrue();
      assertThat(home.resolve("data/pg_dynshmem")).isNotEmptyDirectory();
    }
  }

  private static void restartAndExpectRows(Path folder) throws Exception {
    try (DataFolder data = DataFolder.open(folder);
        EmbeddedServers servers =
            EmbeddedServers.start(data, settings(folder), TestServers.binaries())) {
      assertThat(read(mysql(servers))).containsExactly("committed");
      assertThat(read(postgres(servers))).containsExactly("committed");
      assertThat(FolderProcesses.mains(folder.resolve("mariadb/data")))
          .containsExactly(servers.mariaDb().orElseThrow().pid());
      assertThat(FolderProcesses.mains(folder.resolve("postgres/data")))
          .containsExactly(servers.postgres().orElseThrow().pid());
    }
  }

  private static Settings settings(Path folder) {
    return TestServers.settings(
        folder, TestServers.mysql("tulkka9"), TestServers.postgres("lessons"));
  }

  private static DataSource mysql(EmbeddedServers servers) throws SQLException {
    return JdbcSources.mysql(servers.settings().mysql());
  }

  private static DataSource postgres(EmbeddedServers servers) {
    return JdbcSources.postgres(servers.settings().postgres());
  }

  private static void write(DataSource source, String word) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE kept (word VARCHAR(20))");
      statement.execute("INSERT INTO kept VALUES ('" + word + "')");
    }
  }

  private static List<String> read(DataSource source) throws SQLException {
    return query(source, "SELECT word FROM kept");
  }

  private static List<String> query(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private static boolean privateFile(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).equals("rw-------");
  }

  private static String session(long pid) throws Exception {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3];
  }

  /** Starts both servers, commits a row in each and waits to be killed. */
  static final class ServersMain {
    private ServersMain() {}

    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      EmbeddedServers servers =
          EmbeddedServers.start(DataFolder.open(folder), settings(folder), Path.of(arguments[1]));
      write(mysql(servers), "committed");
      write(postgres(servers), "committed");
      // A change that was never committed must not come back.
      Connection open = postgres(servers).getConnection();
      open.setAutoCommit(false);
      open.createStatement().execute("INSERT INTO kept VALUES ('uncommitted')");
      System.out.println("committed");
      new CountDownLatch(1).await(1, TimeUnit.MINUTES);
    }
  }
}
