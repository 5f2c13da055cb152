package databases;

import databases.Migrations.Target;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Turns what the databases say into what an operator can act on. */
final class MigrationFailures {
  private static final Set<Integer> MYSQL_RIGHTS = Set.of(1044, 1045, 1142, 1143, 1227, 1370, 1698);
  private static final Set<Integer> MYSQL_BUSY = Set.of(1205, 1213);
  private static final Set<Integer> MYSQL_UNREACHABLE = Set.of(1040, 1053, 1129, 1203);
  private static final int MYSQL_NO_SUCH_TABLE = 1146;
  private static final int MYSQL_NO_SUCH_DATABASE = 1049;
  private static final Set<String> POSTGRES_RIGHTS = Set.of("42501", "28000", "28P01");
  private static final Set<String> POSTGRES_BUSY = Set.of("55P03", "40P01");
  private static final Set<String> POSTGRES_UNREACHABLE =
      Set.of("57P01", "57P02", "57P03", "53300");
  private static final String POSTGRES_NO_SUCH_DATABASE = "3D000";

  private MigrationFailures() {}

  /**
   * @param script the script at work, when one was
   * @param where the database, for the message
   */
  static MigrationException of(
      Target target, Optional<String> script, String where, Throwable failure) {
    Optional<SQLException> sql = sqlCause(failure);
    MigrationException.Kind kind = sql.map(e -> kind(target, e)).orElseGet(() -> kind(failure));
    String reason =
        sql.map(Throwable::getMessage)
            .orElseGet(() -> String.valueOf(failure.getMessage()))
            .strip();
    String what =
        script
            .map(name -> "The migration " + target.folder() + '/' + name)
            .orElse("Migrating by " + target.folder());
    return new MigrationException(
        kind,
        what + " failed on " + where + ": " + reason + "\n" + remedy(target, kind, sql),
        failure);
  }

  private static MigrationException.Kind kind(Target target, SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (state.startsWith("08")) {
      return MigrationException.Kind.UNREACHABLE;
    }
    if (target == Target.POSTGRES) {
      if (POSTGRES_RIGHTS.contains(state)) {
        return MigrationException.Kind.RIGHTS;
      }
      if (POSTGRES_BUSY.contains(state)) {
        return MigrationException.Kind.BUSY;
      }
      return POSTGRES_UNREACHABLE.contains(state)
          ? MigrationException.Kind.UNREACHABLE
          : MigrationException.Kind.SCRIPT;
    }
    int code = e.getErrorCode();
    if (MYSQL_RIGHTS.contains(code)) {
      return MigrationException.Kind.RIGHTS;
    }
    if (MYSQL_BUSY.contains(code)) {
      return MigrationException.Kind.BUSY;
    }
    if (MYSQL_UNREACHABLE.contains(code)) {
      return MigrationException.Kind.UNREACHABLE;
    }
    return code == MYSQL_NO_SUCH_TABLE && target == Target.MYSQL_HOST
        ? MigrationException.Kind.HOST_TABLE_MISSING
        : MigrationException.Kind.SCRIPT;
  }

  private static MigrationException.Kind kind(Throwable failure) {
    // Flyway has no type for a lock that another process kept for the whole wait.
    boolean locked =
        String.valueOf(failure.getMessage()).contains("advisory lock")
            || String.valueOf(failure.getMessage()).contains("named lock");
    return locked ? MigrationException.Kind.BUSY : MigrationException.Kind.SCRIPT;
  }

  private static String remedy(
      Target target, MigrationException.Kind kind, Optional<SQLException> sql) {
    return switch (kind) {
      case UNREACHABLE ->
          "Check that the server runs and that host, port and TLS settings are right; then start"
              + " again.";
      case BUSY ->
          "Others hold a lock this needs. Try again; if it stays so, look for long transactions on"
              + " the database.";
      case RIGHTS -> rights(target);
      case HOST_TABLE_MISSING ->
          "The host platform's table `classes` is expected in this database. Check MYSQL_DATABASE;"
              + " nothing was changed.";
      case SCRIPT -> script(sql);
    };
  }

  private static String rights(Target target) {
    return switch (target) {
      case POSTGRES ->
          "Check user name and password, and give the user the right to create tables in the"
              + " schema.";
      case MYSQL ->
          "Check user name and password, and give the user CREATE, ALTER, INDEX, REFERENCES and"
              + " DROP on this database.";
      case MYSQL_ROUTINES ->
          "Everything works without it; games answer sooner when the user has CREATE ROUTINE on"
              + " this database.";
      case MYSQL_HOST ->
          "Check user name and password. If the user shall not alter the host's tables, let the"
              + " database's administrator run once:\n"
              + "  "
              + String.join(";\n  ", Migrations.HOST_STATEMENTS)
              + ";";
    };
  }

  private static String script(Optional<SQLException> sql) {
    boolean noDatabase =
        sql.filter(
                e ->
                    e.getErrorCode() == MYSQL_NO_SUCH_DATABASE
                        || POSTGRES_NO_SUCH_DATABASE.equals(e.getSQLState()))
            .isPresent();
    return noDatabase
        ? "Create the database, or correct its name in the settings."
        : "Put right what the reason names, then start again: the script is tried anew. Scripts"
            + " that already ran must not be edited.";
  }

  private static Optional<SQLException> sqlCause(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 10; depth++, cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }
}
