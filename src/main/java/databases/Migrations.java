package databases;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import settings.Settings;

/**
 * Brings the databases' tables to what this version needs. Safe to run at every start, by several
 * nodes at once.
 */
public final class Migrations {
  /** What is migrated: a folder of scripts, and the table that remembers which of them ran. */
  public enum Target {
    POSTGRES("postgres", "lessonweave_schema_history"),
    MYSQL("mysql", "lessonweave_schema_history"),
    /**
     * What is added to the host platform's own table; apart, so that a host that forbids it stops
     * nothing else.
     */
    MYSQL_HOST("mysql-host", "lessonweave_host_schema_history"),
    /** Procedures that save round trips; where the user may not create them, all works without. */
    MYSQL_ROUTINES("mysql-routines", "lessonweave_routine_schema_history");

    private final String folder;
    private final String historyTable;

    Target(String folder, String historyTable) {
      this.folder = folder;
      this.historyTable = historyTable;
    }

    /** The folder's name below {@code migrations}. */
    public String folder() {
      return folder;
    }

    /** The table in which Flyway keeps what ran. */
    public String historyTable() {
      return historyTable;
    }
  }

  /**
   * What a run changed.
   *
   * @param applied the scripts that ran, in order, as {@code folder/name}; empty when everything
   *     was up to date
   */
  public record Report(List<String> applied) {}

  /** What the host's administrator has to run when our user may not alter the host's table. */
  public static final List<String> HOST_STATEMENTS =
      List.of(
          "ALTER TABLE classes ADD COLUMN ai_triggered TINYINT(1) NOT NULL DEFAULT 0",
          "ALTER TABLE classes ADD INDEX idx_classes_ai_triggered (status, ai_triggered,"
              + " meeting_end)");

  // Once a second; another node's longest migration must fit.
  private static final int LOCK_SECONDS = 120;

  // Through a transaction pooler every waiting node keeps a server connection, of which the one at
  // work needs a second. When all are taken
  // the waiting ones have to step back; their failure can be retried.
  private static final int POOLER_LOCK_SECONDS = 20;

  private static final int RACE_ATTEMPTS = 5;
  private static final Duration RACE_PAUSE = Duration.ofMillis(200);

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  private Migrations() {}

  /**
   * Runs all targets: Postgres, MySQL, the host's table, procedures. Blocks: call it on a worker
   * thread.
   *
   * @param settings with hosts for both databases, as {@link EmbeddedServers#settings()} gives them
   * @throws MigrationException at the first failure; what ran before it stays
   */
  public static Report run(Settings settings) {
    List<String> applied = new ArrayList<>();
    for (Target target : Target.values()) {
      try {
        applied.addAll(run(target, settings).applied());
      } catch (MigrationException e) {
        if (target != Target.MYSQL_ROUTINES || e.kind() != MigrationException.Kind.RIGHTS) {
          throw e;
        }
        LOG.warn("{}", e.getMessage());
      }
    }
    return new Report(List.copyOf(applied));
  }

  /** Runs one target, as {@link #run(Settings)} does. */
  public static Report run(Target target, Settings settings) {
    String location = "classpath:migrations/" + target.folder();
    return target == Target.POSTGRES
        ? postgres(settings.postgres(), location)
        : mysql(target, settings.mysql(), location);
  }

  /** The scripts of any Flyway location, on Postgres. */
  static Report postgres(Settings.Postgres settings, String location) {
    String where =
        "Postgres database "
            + settings.database()
            + " at "
            + settings.host().orElseThrow()
            + ':'
            + settings.port();
    int lockSeconds =
        settings.pooler() == Settings.Pooler.NONE ? LOCK_SECONDS : POOLER_LOCK_SECONDS;
    return migrate(Target.POSTGRES, JdbcSources.postgres(settings), where, location, lockSeconds);
  }

  /** As {@link #postgres}, on MySQL. */
  static Report mysql(Target target, Settings.MySql settings, String location) {
    String where =
        "MySQL database "
            + settings.database()
            + " at "
            + settings.host().orElseThrow()
            + ':'
            + settings.port();
    DataSource source;
    try {
      source = JdbcSources.mysql(settings);
      forgetFailures(source, target);
    } catch (SQLException e) {
      throw MigrationFailures.of(target, Optional.empty(), where, e);
    }
    return migrate(target, source, where, location, LOCK_SECONDS);
  }

  private static Report migrate(
      Target target, DataSource source, String where, String location, int lockSeconds) {
    for (int attempt = 1; ; attempt++) {
      try {
        return migrateOnce(target, source, where, location, lockSeconds);
      } catch (MigrationException e) {
        // Flyway takes no lock for the history table's first row: of nodes that start together on a
        // new database, those that come second fail there once.
        if (attempt == RACE_ATTEMPTS || !lostTheRace(e)) {
          throw e;
        }
        LockSupport.parkNanos(RACE_PAUSE.toNanos() * attempt);
      }
    }
  }

  private static boolean lostTheRace(MigrationException failure) {
    return String.valueOf(failure.getCause().getMessage()).contains("Unable to baseline");
  }

  private static Report migrateOnce(
      Target target, DataSource source, String where, String location, int lockSeconds) {
    ScriptAtWork atWork = new ScriptAtWork();
    try {
      FluentConfiguration configuration =
          Flyway.configure(Migrations.class.getClassLoader())
              .dataSource(source)
              .locations(location)
              .table(target.historyTable())
              // The host's database is never empty, and our first script must run all the same.
              .baselineOnMigrate(true)
              .baselineVersion("0")
              .baselineDescription("before lessonweave")
              .validateMigrationNaming(true)
              .placeholderReplacement(false)
              .cleanDisabled(true)
              .lockRetryCount(lockSeconds)
              .callbacks(atWork);
      // A session's lock would stay behind on a transaction pooler's server connection.
      configuration
          .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
          .setTransactionalLock(true);
      MigrateResult result = configuration.load().migrate();
      return new Report(
          result.migrations.stream()
              .map(done -> target.folder() + '/' + script(done.filepath))
              .toList());
    } catch (FlywayException e) {
      throw MigrationFailures.of(target, Optional.ofNullable(atWork.script.get()), where, e);
    }
  }

  /**
   * MySQL can't roll back DDL, so Flyway marks a failed script and refuses every later run until
   * somebody "repairs" it. Our scripts can be tried again, and an operator who has put the cause
   * right expects that.
   */
  private static void forgetFailures(DataSource source, Target target) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement look =
            connection.prepareStatement(
                "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND"
                    + " table_name = ?");
        Statement statement = connection.createStatement()) {
      look.setString(1, target.historyTable());
      if (look.executeQuery().next()) {
        statement.executeUpdate("DELETE FROM " + target.historyTable() + " WHERE success = 0");
      }
    }
  }

  private static String script(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  /** Remembers which script runs, for the message when it fails. */
  private static final class ScriptAtWork implements Callback {
    private final AtomicReference<String> script = new AtomicReference<>();

    @Override
    public boolean supports(Event event, Context context) {
      return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
      return true;
    }

    @Override
    public void handle(Event event, Context context) {
      MigrationInfo migration = context.getMigrationInfo();
      script.set(
          event == Event.BEFORE_EACH_MIGRATE && migration != null ? migration.getScript() : null);
    }

    @Override
    public String getCallbackName() {
      return "script at work";
    }
  }
}
