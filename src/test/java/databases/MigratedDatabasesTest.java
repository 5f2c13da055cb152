package databases;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import settings.Settings;

/** Other tests may take a copied database for a migrated one. */
class MigratedDatabasesTest {
  @Test
  void aCopyHasEverythingThatMigrationsMade() throws Exception {
    Settings fresh = TestServers.freshSettings();
    Settings migrated = fresh.withDatabases(TestServers.freshHostSettings(), fresh.postgres());
    Migrations.run(migrated);
    Settings copy = TestServers.migratedSettings();

    assertThat(MigratedDatabases.mysqlDefinitions(copy.mysql()))
        .hasSizeGreaterThan(20)
        .anyMatch(definition -> definition.contains("PROCEDURE"))
        .isEqualTo(MigratedDatabases.mysqlDefinitions(migrated.mysql()));
    assertThat(Migrations.run(copy).applied()).isEmpty();
  }

  @Test
  void copiesAreEachTheirOwn() throws Exception {
    Settings one = TestServers.migratedSettings();
    Settings other = TestServers.migratedSettings();
    try (var mysql = JdbcSources.mysql(one.mysql()).getConnection();
        var postgres = JdbcSources.postgres(one.postgres()).getConnection();
        var statement = mysql.createStatement();
        var lesson = postgres.createStatement()) {
      statement.execute("INSERT INTO users (email) VALUES ('one@school.example')");
      lesson.execute("CREATE TABLE only_here (id INT)");
    }
    try (var mysql = JdbcSources.mysql(other.mysql()).getConnection();
        var postgres = JdbcSources.postgres(other.postgres()).getConnection();
        var users = mysql.createStatement().executeQuery("SELECT 1 FROM users");
        var tables =
            postgres
                .createStatement()
                .executeQuery("SELECT 1 FROM pg_tables WHERE tablename = 'only_here'")) {
      assertThat(users.next()).isFalse();
      assertThat(tables.next()).isFalse();
    }
  }
}
