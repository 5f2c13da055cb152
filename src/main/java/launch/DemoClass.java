package launch;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * The demo's side of the school: a teacher, a student, a class that ends, and its recording in the
 * recordings folder. A demo that was killed half-way is taken up where it was: its class is found
 * again by the teacher's address.
 */
final class DemoClass {
  private static final String TEACHER = "maya.demo@lessonweave.invalid";
  private static final String STUDENT = "noam.demo@lessonweave.invalid";
  private static final String RECORDING = "/demo/lesson.vtt";
  private static final int MINUTES = 30;

  private final Pool mysql;
  private final Path recordings;
  private final ZoneId zone;

  DemoClass(Pool mysql, Path recordings, ZoneId zone) {
    this.mysql = mysql;
    this.recordings = recordings;
    this.zone = zone;
  }

  /**
   * @param resumed true when an earlier demo had begun it
   */
  record Begun(long classId, boolean resumed) {}

  /** The class of a demo that did not come to its end, or a new one that is still being held. */
  Future<Begun> begin(java.util.function.Function<Long, Future<Boolean>> finished) {
    return mysql
        .preparedQuery(
            "SELECT c.id FROM classes c JOIN users u ON u.id = c.teacher_id WHERE u.email = ? ORDER"
                + " BY c.id DESC LIMIT 1")
        .execute(Tuple.of(TEACHER))
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return create();
              }
              long id = rows.iterator().next().getLong("id");
              return finished
                  .apply(id)
                  .compose(done -> done ? create() : Future.succeededFuture(new Begun(id, true)));
            });
  }

  private Future<Begun> create() {
    LocalDateTime end = LocalDateTime.now(zone).truncatedTo(ChronoUnit.MINUTES);
    return user(TEACHER, "Demo teacher")
        .compose(
            teacher ->
                user(STUDENT, "Demo student")
                    .compose(
                        student ->
                            mysql
                                .preparedQuery(
                                    "INSERT INTO classes (student_id, teacher_id, meeting_start,"
                                        + " meeting_end, status) VALUES (?, ?, ?, ?, 'live')")
                                .execute(
                                    Tuple.of(student, teacher, end.minusMinutes(MINUTES), end))))
        .map(
            done ->
                new Begun(done.property(io.vertx.mysqlclient.MySQLClient.LAST_INSERTED_ID), false));
  }

  private Future<Long> user(String email, String name) {
    return mysql
        .preparedQuery("SELECT id FROM users WHERE email = ? ORDER BY id LIMIT 1")
        .execute(Tuple.of(email))
        .compose(
            rows -> {
              for (Row row : rows) {
                return Future.succeededFuture(row.getLong("id"));
              }
              return mysql
                  .preparedQuery("INSERT INTO users (email, full_name) VALUES (?, ?)")
                  .execute(Tuple.of(email, name))
                  .map(done -> done.property(io.vertx.mysqlclient.MySQLClient.LAST_INSERTED_ID));
            });
  }

  /** When a class is held, and by whom, as Zoom would know it. */
  record Held(String teacher, Instant start) {}

  Future<Held> held(long classId) {
    return mysql
        .preparedQuery("SELECT meeting_start FROM classes WHERE id = ?")
        .execute(Tuple.of(classId))
        .map(
            rows ->
                new Held(
                    TEACHER,
                    rows.iterator()
                        .next()
                        .getLocalDateTime("meeting_start")
                        .atZone(zone)
                        .toInstant()));
  }

  /** The recording's transcript. */
  static byte[] transcript() throws IOException {
    try (InputStream lesson = DemoClass.class.getResourceAsStream(RECORDING)) {
      return lesson.readAllBytes();
    }
  }

  /**
   * Puts the recording where a school would; blocks. Moved into place in one step, as a finished
   * file.
   */
  Path record(long classId) throws IOException {
    Files.createDirectories(recordings);
    Path file = recordings.resolve(classId + ".vtt");
    Path part = Files.createTempFile(recordings, ".demo", ".part");
    try (InputStream lesson = DemoClass.class.getResourceAsStream(RECORDING)) {
      Files.copy(lesson, part, StandardCopyOption.REPLACE_EXISTING);
      Files.setLastModifiedTime(part, FileTime.from(Instant.now().minus(1, ChronoUnit.HOURS)));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    return file;
  }

  /**
   * The class ends: what the monitor waits for. A class that was opened already keeps its flag, so
   * nothing happens twice.
   */
  Future<Void> end(long classId) {
    return mysql
        .preparedQuery("UPDATE classes SET status = 'ended' WHERE id = ?")
        .execute(Tuple.of(classId))
        .mapEmpty();
  }
}
