package load;

import databases.DataFolder;
import databases.EmbeddedServers;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import settings.Settings;

/** What an embedded Postgres spends its time on, statement by statement. */
final class TopStatements {
  private static final int LINES = 30;
  private static final int SHOWN = 150;

  private TopStatements() {}

  /** Lets the server of a new data folder count statements from its next start on. */
  static void watch(DataFolder data, Settings settings) throws IOException {
    EmbeddedServers.start(data, settings).close();
    Path postgres = data.path().resolve("postgres");
    Path home;
    try (var files = Files.find(postgres, 3, (path, is) -> path.endsWith("postgresql.auto.conf"))) {
      home = files.findFirst().orElseThrow();
    }
    Files.writeString(
        home,
        """
        shared_preload_libraries = 'pg_stat_statements'
        pg_stat_statements.track = all
        track_io_timing = on
        track_functions = pl
        """,
        StandardOpenOption.APPEND);
  }

  static void begin(Pool postgres) throws Exception {
    postgres
        .query("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        .execute()
        .await(10, TimeUnit.SECONDS);
    postgres
        .query("SELECT pg_stat_statements_reset()::text, pg_stat_reset()::text")
        .execute()
        .await(10, TimeUnit.SECONDS);
  }

  static void print(Pool postgres) throws Exception {
    System.out.println(
        "statements: seconds, calls, ms each, rows, blocks hit, WAL kB, inside, text");
    for (Row row :
        postgres
            .preparedQuery(
                "SELECT total_exec_time / 1000 AS s, calls, mean_exec_time AS ms, rows,"
                    + " shared_blks_hit AS hit, wal_bytes::bigint / 1024 AS wal, NOT toplevel AS"
                    + " inside, left(regexp_replace(query, '\\s+', ' ', 'g'), $1::int) AS query"
                    + " FROM pg_stat_statements ORDER BY total_exec_time DESC LIMIT $2::int")
            .execute(Tuple.of(SHOWN, LINES))
            .await(10, TimeUnit.SECONDS)) {
      System.out.printf(
          "%8.2f %8d %8.2f %8d %9d %8d %s %s%n",
          row.getDouble("s"),
          row.getLong("calls"),
          row.getDouble("ms"),
          row.getLong("rows"),
          row.getLong("hit"),
          row.getLong("wal"),
          row.getBoolean("inside") ? "i" : "-",
          row.getString("query"));
    }
    System.out.println("tasks: kind, number, ms each, of that before a place was free");
    for (Row row :
        postgres
            .query(
                "SELECT kind, count(*) AS n, avg(duration_ms)::float8 AS ms, avg(extract(epoch FROM"
                    + " claimed_at - ready_at) * 1000)::float8 AS waited FROM course_task t JOIN"
                    + " course c ON c.id = t.course_id WHERE c.title ~ '^Course [bp]-' AND t.status"
                    + " = 'completed' GROUP BY kind ORDER BY kind")
            .execute()
            .await(10, TimeUnit.SECONDS)) {
      System.out.printf(
          "%-14s %6d %8.0f %8.0f%n",
          row.getString("kind"), row.getLong("n"), row.getDouble("ms"), row.getDouble("waited"));
    }
    System.out.println("topics asked for meanwhile: part, ms from the order to ready, taken, done");
    for (Row row :
        postgres
            .query(
                "SELECT c.title, t.part, extract(epoch FROM t.ready_at - j.created_at)::float8 *"
                    + " 1000 AS ready, extract(epoch FROM t.claimed_at - j.created_at)::float8 *"
                    + " 1000 AS taken, extract(epoch FROM t.processed_at - j.created_at)::float8 *"
                    + " 1000 AS done FROM course_task t JOIN course_job j ON j.id = t.job_id JOIN"
                    + " course c ON c.id = t.course_id WHERE c.title LIKE 'Course p-%' AND t.part"
                    + " IN ('extract', 'validate', 'structure', 'lesson:0') ORDER BY c.title,"
                    + " t.claimed_at")
            .execute()
            .await(10, TimeUnit.SECONDS)) {
      System.out.printf(
          "%-12s %-10s %8.0f %8.0f %8.0f%n",
          row.getString("title"),
          row.getString("part"),
          row.getDouble("ready"),
          row.getDouble("taken"),
          row.getDouble("done"));
    }
    System.out.println("calls of models: status, number, ms each; waited before, mean, p99, most");
    for (Row row :
        postgres
            .query(
                "SELECT status, count(*) AS n, avg(took_ms)::float8 AS took, avg(wait_ms)::float8"
                    + " AS waited, percentile_cont(0.99) WITHIN GROUP (ORDER BY wait_ms) AS p99,"
                    + " max(wait_ms)::float8 AS most FROM llm_usage GROUP BY status ORDER BY n"
                    + " DESC")
            .execute()
            .await(10, TimeUnit.SECONDS)) {
      System.out.printf(
          "%-14s %6d %8.0f %8.0f %8.0f %8.0f%n",
          row.getString("status"),
          row.getLong("n"),
          row.getDouble("took"),
          row.getDouble("waited"),
          row.getDouble("p99"),
          row.getDouble("most"));
    }
    System.out.println("functions: calls, seconds in all, of its own");
    for (Row row :
        postgres
            .query(
                "SELECT funcname, calls, total_time, self_time FROM pg_stat_user_functions ORDER BY"
                    + " total_time DESC")
            .execute()
            .await(10, TimeUnit.SECONDS)) {
      System.out.printf(
          "%-24s %8d %8.2f %8.2f%n",
          row.getString("funcname"),
          row.getLong("calls"),
          row.getDouble("total_time") / 1000,
          row.getDouble("self_time") / 1000);
    }
    System.out.println(
        "tables: live, dead rows, inserted, updated, of them in place, scans, vacuums");
    for (Row row :
        postgres
            .query(
                "SELECT relname, n_live_tup, n_dead_tup, n_tup_ins, n_tup_upd, n_tup_hot_upd,"
                    + " coalesce(seq_scan, 0) AS seq_scan, autovacuum_count FROM"
                    + " pg_stat_user_tables ORDER BY n_tup_upd + n_tup_ins DESC LIMIT 15")
            .execute()
            .await(10, TimeUnit.SECONDS)) {
      System.out.printf(
          "%-24s %8d %8d %8d %8d %8d %8d %5d%n",
          row.getString("relname"),
          row.getLong("n_live_tup"),
          row.getLong("n_dead_tup"),
          row.getLong("n_tup_ins"),
          row.getLong("n_tup_upd"),
          row.getLong("n_tup_hot_upd"),
          row.getLong("seq_scan"),
          row.getLong("autovacuum_count"));
    }
  }
}
