package databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import databases.Migrations.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import settings.Secret;
import settings.Settings;

class MigrationsTest {
  private static final String HOST_MIGRATIONS = "classpath:migrations/mysql-host";

  @TempDir private Path scripts;

  @Test
  void runsEverythingOnEmptyDatabasesAndThenNothing() throws Exception {
    Settings settings =
        TestServers.settings(
            scripts, TestServers.freshHostSettings(), TestServers.freshPostgresSettings());
    assertThat(Migrations.run(settings).applied()).contains("mysql-host/V1__ai_triggered.sql");
    assertThat(Migrations.run(settings).applied()).isEmpty();
  }

  @Test
  void addsColumnAndIndexToAHostTableAndTouchesNothingElse() throws Exception {
    Settings.MySql host = TestServers.freshHostSettings();
    execute(
        host, "INSERT INTO classes (status, updated_at) VALUES ('ended', '2020-01-02 03:04:05')");
    String users = show(host, "users");
    assertThat(migrateHost(host)).containsExactly("mysql-host/V1__ai_triggered.sql");
    assertThat(query(host, "SELECT CONCAT(status, ai_triggered, updated_at) FROM classes"))
        .containsExactly("ended02020-01-02 03:04:05");
    assertThat(indexes(host)).contains("idx_classes_ai_triggered status,ai_triggered,meeting_end");
    assertThat(show(host, "users")).isEqualTo(users);
    assertThat(query(host, "SHOW TABLES"))
        .containsExactlyInAnyOrder("classes", "users", Target.MYSQL_HOST.historyTable());
    String classes = show(host, "classes");
    assertThat(migrateHost(host)).isEmpty();
    // The same when somebody loses the history: the script itself is repeatable.
    execute(host, "DROP TABLE " + Target.MYSQL_HOST.historyTable());
    assertThat(migrateHost(host)).hasSize(1);
    assertThat(show(host, "classes")).isEqualTo(classes);
  }

  @Test
  void leavesAHostTableAloneThatHasThemUnderOtherNames() throws Exception {
    Settings.MySql host = TestServers.freshHostSettings();
    execute(host, "ALTER TABLE classes ADD COLUMN ai_triggered TINYINT(1) NOT NULL DEFAULT 0");
    execute(
        host,
        "ALTER TABLE classes ADD INDEX theirs (status, ai_triggered, meeting_end, teacher_id)");
    String before = show(host, "classes");
    migrateHost(host);
    assertThat(show(host, "classes")).isEqualTo(before);
  }

  @Test
  void addsTheIndexWhenOnlySimilarOnesExist() throws Exception {
    Settings.MySql host = TestServers.freshHostSettings();
    execute(host, "ALTER TABLE classes ADD COLUMN ai_triggered TINYINT(1) NOT NULL DEFAULT 0");
    execute(
        host,
        "ALTER TABLE classes ADD INDEX other_order (ai_triggered, status, meeting_end), ADD INDEX"
            + " shorter (status, ai_triggered)");
    migrateHost(host);
    assertThat(indexes(host)).contains("idx_classes_ai_triggered status,ai_triggered,meeting_end");
  }

  @Test
  void indexesAStatusOfLongText() throws Exception {
    Settings.MySql host = TestServers.freshHostSettings();
    execute(host, "ALTER TABLE classes MODIFY status TEXT");
    migrateHost(host);
    assertThat(indexes(host)).contains("idx_classes_ai_triggered status,ai_triggered,meeting_end");
  }

  @Test
  void saysThatTheHostTableIsMissing() {
    Settings.MySql empty = TestServers.freshMySqlSettings();
    MigrationException failure =
        catchThrowableOfType(MigrationException.class, () -> migrateHost(empty));
    assertThat(failure.kind()).isEqualTo(MigrationException.Kind.HOST_TABLE_MISSING);
    assertThat(failure.retryable()).isFalse();
    assertThat(failure)
        .hasMessageContainingAll(
            "mysql-host/V1__ai_triggered.sql", empty.database(), "classes", "MYSQL_DATABASE");
  }

  @Test
  void tellsTheAdministratorsStatementsWhenAlteringIsForbiddenAndGoesOnOnceTheyRan()
      throws Exception {
    Settings.MySql owner = TestServers.freshHostSettings();
    Settings.MySql limited = limited(owner);
    for (int attempt = 0; attempt < 2; attempt++) {
      MigrationException failure =
          catchThrowableOfType(MigrationException.class, () -> migrateHost(limited));
      assertThat(failure.kind()).isEqualTo(MigrationException.Kind.RIGHTS);
      assertThat(failure.getMessage())
          .contains(Migrations.HOST_STATEMENTS)
          .doesNotContain(limited.password().orElseThrow().reveal());
    }
    for (String statement : Migrations.HOST_STATEMENTS) {
      execute(owner, statement);
    }
    assertThat(migrateHost(limited)).hasSize(1);
  }

  @Test
  void goesOnWithoutProceduresWhereTheUserMayNotCreateThem() throws Exception {
    Settings fresh = TestServers.freshSettings();
    Settings.MySql owner = TestServers.freshHostSettings();
    Settings all = fresh.withDatabases(owner, fresh.postgres());
    Migrations.run(Target.MYSQL, all);
    Migrations.run(Target.MYSQL_HOST, all);
    Settings less = fresh.withDatabases(limited(owner), fresh.postgres());
    assertThat(Migrations.run(less).applied()).allMatch(script -> script.startsWith("postgres/"));
    MigrationException failure =
        catchThrowableOfType(
            MigrationException.class, () -> Migrations.run(Target.MYSQL_ROUTINES, less));
    assertThat(failure.kind()).isEqualTo(MigrationException.Kind.RIGHTS);
    assertThat(failure).hasMessageContaining("CREATE ROUTINE");
    assertThat(Migrations.run(Target.MYSQL_ROUTINES, all).applied())
        .containsExactly(
            "mysql-routines/V1__record_result.sql",
            "mysql-routines/V2__record_result_counted.sql",
            "mysql-routines/V3__record_result_short.sql",
            "mysql-routines/V4__begin_session.sql",
            "mysql-routines/V5__make_list.sql");
  }

  @Test
  void givesUpEarlyWhenTheHostTableIsHeld() throws Exception {
    Settings.MySql host = TestServers.freshHostSettings();
    try (Connection holder = JdbcSources.mysql(host).getConnection();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.executeQuery("SELECT * FROM classes").close();
      MigrationException failure =
          catchThrowableOfType(MigrationException.class, () -> migrateHost(host));
      assertThat(failure.kind()).isEqualTo(MigrationException.Kind.BUSY);
      assertThat(failure.retryable()).isTrue();
    }
    assertThat(migrateHost(host)).hasSize(1);
  }

  @Test
  void runsEachScriptOnceWhenNodesStartTogether() throws Exception {
    Settings.MySql mysql = TestServers.freshHostSettings();
    Settings.Postgres postgres = TestServers.freshPostgresSettings();
    // Fails when it runs twice, and is slow enough to be overtaken.
    Files.writeString(
        scripts.resolve("V1__once.sql"),
        "CREATE TABLE once (id INT);\nINSERT INTO once VALUES (1);\n");
    Files.writeString(
        scripts.resolve("V2__more.sql"), "INSERT INTO once SELECT id + 1 FROM once;\n");
    String location = "filesystem:" + scripts;
    assertThat(together(() -> Migrations.mysql(Target.MYSQL, mysql, location).applied()))
        .containsExactlyInAnyOrder("mysql/V1__once.sql", "mysql/V2__more.sql");
    assertThat(together(() -> Migrations.postgres(postgres, location).applied()))
        .containsExactlyInAnyOrder("postgres/V1__once.sql", "postgres/V2__more.sql");
    assertThat(together(() -> migrateHost(mysql)))
        .containsExactly("mysql-host/V1__ai_triggered.sql");
    assertThat(query(mysql, "SELECT count(*) FROM once")).containsExactly("2");
  }

  @Test
  void namesScriptAndReasonAndTriesAgainAfterTheCauseIsGone() throws Exception {
    Settings.MySql mysql = TestServers.freshMySqlSettings();
    Settings.Postgres postgres = TestServers.freshPostgresSettings();
    String location = "filesystem:" + scripts;
    Files.writeString(
        scripts.resolve("V1__needs_a_table.sql"), "INSERT INTO missing VALUES (1);\n");
    List<MigrationException> failures =
        List.of(
            catchThrowableOfType(
                MigrationException.class, () -> Migrations.mysql(Target.MYSQL, mysql, location)),
            catchThrowableOfType(
                MigrationException.class, () -> Migrations.postgres(postgres, location)));
    assertThat(failures)
        .allSatisfy(
            failure -> {
              assertThat(failure.kind()).isEqualTo(MigrationException.Kind.SCRIPT);
              assertThat(failure)
                  .hasMessageContainingAll(
                      "V1__needs_a_table.sql", "127.0.0.1", "missing", "start again");
            });
    execute(mysql, "CREATE TABLE missing (id INT)");
    assertThat(Migrations.mysql(Target.MYSQL, mysql, location).applied())
        .containsExactly("mysql/V1__needs_a_table.sql");
  }

  @Test
  void refusesAScriptThatWasEditedAfterItRan() throws Exception {
    Settings.Postgres postgres = TestServers.freshPostgresSettings();
    String location = "filesystem:" + scripts;
    Path script =
        Files.writeString(scripts.resolve("V1__first.sql"), "CREATE TABLE first (id INT);\n");
    Migrations.postgres(postgres, location);
    Files.writeString(script, "CREATE TABLE first (id BIGINT);\n");
    MigrationException failure =
        catchThrowableOfType(
            MigrationException.class, () -> Migrations.postgres(postgres, location));
    assertThat(failure).hasMessageContaining("must not be edited");
  }

  @Test
  void canBeRetriedWhenTheDatabaseIsAway() throws Exception {
    int port = DatabasesTest.closedPort();
    Settings.MySql mysql = TestServers.mysql("away");
    Settings.MySql away =
        new Settings.MySql(
            Optional.of("127.0.0.1"),
            port,
            "u",
            Optional.empty(),
            "away",
            1,
            mysql.tls(),
            mysql.tlsCa());
    Settings.Postgres postgres = TestServers.postgres("away");
    Settings.Postgres awayToo =
        new Settings.Postgres(
            Optional.of("127.0.0.1"),
            port,
            "u",
            Optional.empty(),
            "away",
            1,
            postgres.tls(),
            postgres.tlsCa(),
            postgres.pooler());
    Settings settings = TestServers.settings(scripts, away, awayToo);
    for (Target target : Target.values()) {
      MigrationException failure =
          catchThrowableOfType(MigrationException.class, () -> Migrations.run(target, settings));
      assertThat(failure.kind()).isEqualTo(MigrationException.Kind.UNREACHABLE);
      assertThat(failure.retryable()).isTrue();
    }
  }

  private static List<String> migrateHost(Settings.MySql host) {
    return Migrations.mysql(Target.MYSQL_HOST, host, HOST_MIGRATIONS).applied();
  }

  /** A user who may do with the database whatever lessonweave needs at run time, but not alter. */
  private static Settings.MySql limited(Settings.MySql owner) throws SQLException {
    String account = "'limited'@'127.0.0.1'";
    execute(owner, "DROP USER IF EXISTS " + account);
    execute(owner, "CREATE USER " + account + " IDENTIFIED BY 'only-for-this-test'");
    execute(
        owner,
        "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE ON " + owner.database() + ".* TO " + account);
    return new Settings.MySql(
        owner.host(),
        owner.port(),
        "limited",
        Optional.of(new Secret("only-for-this-test")),
        owner.database(),
        1,
        owner.tls(),
        owner.tlsCa());
  }

  private static List<String> together(Callable<List<String>> migration) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<String> applied = new ArrayList<>();
      for (Future<List<String>> run :
          threads.invokeAll(List.of(migration, migration, migration), 60, TimeUnit.SECONDS)) {
        applied.addAll(run.get());
      }
      return applied;
    } finally {
      threads.shutdownNow();
    }
  }

  private static String show(Settings.MySql settings, String table) throws SQLException {
    return query(settings, "SHOW CREATE TABLE " + table, 2).get(0);
  }

  private static List<String> indexes(Settings.MySql settings) throws SQLException {
    return query(
        settings,
        "SELECT CONCAT(index_name, ' ', GROUP_CONCAT(column_name ORDER BY seq_in_index)) FROM"
            + " information_schema.statistics WHERE table_schema = DATABASE() AND table_name ="
            + " 'classes' GROUP BY index_name");
  }

  private static void execute(Settings.MySql settings, String sql) throws SQLException {
    try (Connection connection = JdbcSources.mysql(settings).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> query(Settings.MySql settings, String sql) throws SQLException {
    return query(settings, sql, 1);
  }

  private static List<String> query(Settings.MySql settings, String sql, int column)
      throws SQLException {
    try (Connection connection = JdbcSources.mysql(settings).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(column));
      }
      return values;
    }
  }
}
