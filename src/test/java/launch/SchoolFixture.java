package launch;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import lessons.LessonDatabases;
import settings.Settings;

/** A school on servers of its own, which nodes in other processes reach as configured databases. */
final class SchoolFixture implements AutoCloseable {
  private final LessonDatabases databases = new LessonDatabases();
  private final Path folder;

  SchoolFixture(Path folder) {
    NodeArchive.makeOnce();
    this.folder = folder;
    mysql("INSERT INTO users (id, email) VALUES (9, 'teacher@school.example')");
  }

  /** What makes a node use these servers. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    Settings.MySql mysqlSettings = databases.settings.mysql();
    Settings.Postgres postgresSettings = databases.settings.postgres();
    environment.put("MYSQL_HOST", mysqlSettings.host().orElseThrow());
    environment.put("MYSQL_PORT", Integer.toString(mysqlSettings.port()));
    environment.put("MYSQL_USER", mysqlSettings.user());
    mysqlSettings
        .password()
        .ifPresent(password -> environment.put("MYSQL_PASSWORD", password.reveal()));
    environment.put("MYSQL_DATABASE", mysqlSettings.database());
    environment.put(
        "DATABASE_URL",
        "postgresql://"
            + postgresSettings.user()
            + "@"
            + postgresSettings.host().orElseThrow()
            + ":"
            + postgresSettings.port()
            + "/"
            + postgresSettings.database());
    postgresSettings
        .password()
        .ifPresent(password -> environment.put("POSTGRES_PASSWORD", password.reveal()));
    environment.put("HTTP_PORT", "0");
    environment.put("DATA_DIR", folder.toString());
    environment.put("RECORDINGS_SETTLE", "0ms");
    environment.put("WORK_LEASE", "2s");
    environment.put("WORK_POLL_INTERVAL", "200ms");
    return environment;
  }

  /**
   * A class of half an hour that ended now, with the demo's recording unless {@code recorded} is
   * false.
   */
  void endClass(long id, boolean recorded) {
    if (recorded) {
      record(id);
    }
    LocalDateTime end = LocalDateTime.now(java.time.ZoneOffset.UTC).withSecond(0).withNano(0);
    mysql(
        "INSERT INTO classes (id, student_id, teacher_id, meeting_start, meeting_end, status)"
            + " VALUES (?, 7, 9, ?, ?, 'ended')",
        id,
        end.minusMinutes(30),
        end);
  }

  void record(long id) {
    try (InputStream lesson = SchoolFixture.class.getResourceAsStream("/demo/lesson.vtt")) {
      Path recordings = Files.createDirectories(folder.resolve("recordings"));
      Path part = recordings.resolve("." + id + ".part");
      Files.copy(lesson, part);
      Files.move(part, recordings.resolve(id + ".vtt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int postgresPort() {
    return databases.settings.postgres().port();
  }

  RowSet<Row> mysql(String sql, Object... arguments) {
    return databases.mysql(sql, arguments);
  }

  RowSet<Row> postgres(String sql, Object... arguments) {
    return databases.postgres(sql, arguments);
  }

  @Override
  public void close() {
    databases.close();
  }
}
