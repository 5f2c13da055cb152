package databases;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import settings.Settings;

/** Row-level security where the database has Supabase's schema {@code auth}. */
class SupabasePoliciesTest {
  /** The roles are the server's, so other tests' databases see them too: they have no policies. */
  private static final String SUPABASE =
      """
      DO $$ BEGIN CREATE ROLE anon NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
      DO $$ BEGIN CREATE ROLE authenticated NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
      DO $$ BEGIN CREATE ROLE service_role NOLOGIN BYPASSRLS; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
      CREATE SCHEMA auth;
      CREATE FUNCTION auth.jwt() RETURNS jsonb LANGUAGE sql STABLE AS
        $f$ SELECT nullif(current_setting('request.jwt.claims', true), '')::jsonb $f$;
      GRANT USAGE ON SCHEMA auth, public TO anon, authenticated, service_role;
      GRANT EXECUTE ON FUNCTION auth.jwt() TO anon, authenticated, service_role;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO anon, authenticated, service_role;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON SEQUENCES TO anon, authenticated, service_role;
      """;

  @Test
  void aStudentsClientReadsOnlyItsOwnAndOnlyApprovedSetsAndWritesNothing() throws SQLException {
    Settings settings = TestServers.freshSettings();
    try (Connection owner = JdbcSources.postgres(settings.postgres()).getConnection();
        Statement sql = owner.createStatement()) {
      sql.execute(SUPABASE);
      Migrations.run(settings.withDatabases(TestServers.freshHostSettings(), settings.postgres()));
      sql.execute(
          "INSERT INTO zoom_summaries (id, class_id, user_id, status, transcript, meeting_date)"
              + " VALUES (101, 'c1', 'anna', 'failed', 'Teacher: Hi.', '2026-02-03'), (102, 'c2',"
              + " 'omar', 'failed', 'Teacher: Hello.', '2026-02-03')");
      sql.execute(
          "INSERT INTO lesson_exercises (id, zoom_summary_id, user_id, generation, status) VALUES"
              + " (201, 101, 'anna', 1, 'approved'), (202, 101, 'anna', 2, 'pending_approval'),"
              + " (203, 102, 'omar', 1, 'approved')");

      become(sql, "authenticated", "anna");
      assertThat(ids(sql, "SELECT id FROM zoom_summaries")).isEqualTo("101");
      assertThat(ids(sql, "SELECT id FROM lesson_exercises")).isEqualTo("201");
      assertThat(sql.executeUpdate("UPDATE lesson_exercises SET status = 'approved'")).isZero();
      assertThat(sql.executeUpdate("DELETE FROM zoom_summaries")).isZero();
      for (String other :
          new String[] {"workflow_triggers", "lesson_publications", "work_pauses"}) {
        assertThat(ids(sql, "SELECT 1 FROM " + other)).as(other).isEmpty();
      }
      become(sql, "authenticated", "nobody");
      assertThat(ids(sql, "SELECT id FROM lesson_exercises")).isEmpty();
      become(sql, "anon", "anna");
      assertThat(ids(sql, "SELECT id FROM zoom_summaries")).isEmpty();

      // The workflow writes over REST as service_role, and its row finds the lesson that waits.
      sql.execute("RESET ROLE");
      sql.execute(
          "INSERT INTO zoom_summaries (id, class_id, user_id, status, stage, meeting_date,"
              + " start_time, opened_by) VALUES (110, 'c9', 'anna', 'pending', 'fetch',"
              + " '2026-02-03', '16:00', 'monitor')");
      become(sql, "service_role", "");
      sql.execute(
          "INSERT INTO zoom_summaries (class_id, user_id, status, meeting_date, transcript) VALUES"
              + " ('c9', 'anna', 'awaiting_exercises', '2026-02-03', 'Teacher: Welcome.')");
      sql.execute("RESET ROLE");
      assertThat(ids(sql, "SELECT merged_into FROM zoom_summaries WHERE merged_into IS NOT NULL"))
          .isEqualTo("110");
    }
  }

  private static void become(Statement sql, String role, String subject) throws SQLException {
    sql.execute("RESET ROLE");
    sql.execute("SELECT set_config('request.jwt.claims', '{\"sub\":\"" + subject + "\"}', false)");
    sql.execute("SET ROLE " + role);
  }

  private static String ids(Statement sql, String query) throws SQLException {
    StringBuilder ids = new StringBuilder();
    try (ResultSet rows = sql.executeQuery(query)) {
      while (rows.next()) {
        ids.append(ids.isEmpty() ? "" : ",").append(rows.getString(1));
      }
    }
    return ids.toString();
  }
}
