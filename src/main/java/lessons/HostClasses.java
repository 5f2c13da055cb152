package lessons;

import io.vertx.core.Future;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The host's {@code classes} and {@code users}: read, and only {@code ai_triggered} written. What
 * became of each class is kept in our own {@code ai_class_triggers}.
 */
public final class HostClasses {
  /** The host's table of classes. */
  public static final String TABLE = "classes";

  /** MySQL error 1213, deadlock found: the statement may simply be run again. */
  private static final int DEADLOCK = 1213;

  private static final LocalDateTime BEGINNING = LocalDateTime.of(1970, 1, 1, 0, 0);

  private final Pool pool;

  public HostClasses(Pool mysql) {
    this.pool = mysql;
  }

  /**
   * Ended classes that are nobody's lesson yet, oldest end first. Classes with a flaw come back
   * when their next look is due.
   *
   * @param notBefore classes that ended earlier are left out
   */
  public Future<List<EndedClass>> ended(int limit, Optional<LocalDateTime> notBefore) {
    return pool.preparedQuery(
            """
            SELECT c.id, c.student_id, c.teacher_id, c.meeting_start, c.meeting_end, c.zoom_id, u.email, t.attempts
            FROM classes c
            LEFT JOIN users u ON u.id = c.teacher_id
            LEFT JOIN ai_class_triggers t ON t.class_id = c.id
            WHERE c.status = 'ended' AND (c.ai_triggered = 0 OR c.ai_triggered IS NULL)
              AND c.meeting_end IS NOT NULL AND c.meeting_end >= ?
              AND (t.class_id IS NULL OR t.state = 'opened' OR t.next_attempt_at <= UTC_TIMESTAMP(6))
            ORDER BY c.meeting_end, c.id LIMIT ?
            """)
        .execute(Tuple.of(notBefore.orElse(BEGINNING), limit))
        .map(rows -> LessonStore.list(rows, HostClasses::endedClass));
  }

  private static EndedClass endedClass(Row row) {
    return new EndedClass(
        row.getLong("id"),
        text(row, "student_id"),
        text(row, "teacher_id"),
        text(row, "email"),
        Optional.ofNullable(row.getLocalDateTime("meeting_start")),
        Optional.ofNullable(row.getLocalDateTime("meeting_end")),
        text(row, "zoom_id").filter(id -> !id.equals("0")),
        Optional.ofNullable(row.getInteger("attempts")).orElse(0));
  }

  /** The host's ids are integers in some schools and text in others. */
  private static Optional<String> text(Row row, String column) {
    return Optional.ofNullable(row.getValue(column))
        .map(Object::toString)
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /**
   * Notes that these classes have become lessons, and sets {@code ai_triggered}. A class whose
   * start was moved meanwhile keeps its flag clear, so that it is looked at again.
   */
  public Future<Void> markOpened(List<EndedClass> classes) {
    if (classes.isEmpty()) {
      return Future.succeededFuture();
    }
    List<Object> ids = new ArrayList<>();
    List<Object> pairs = new ArrayList<>();
    for (EndedClass ended : classes) {
      ids.add(ended.id());
      pairs.add(ended.id());
      pairs.add(ended.meetingStart().orElseThrow());
    }
    return transaction(
        connection ->
            connection
                .preparedQuery(
                    "INSERT INTO ai_class_triggers (class_id, state, triggered_at, updated_at)"
                        + " VALUES "
                        + repeat(
                            "(?, 'opened', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))", classes.size())
                        + " ON DUPLICATE KEY UPDATE state = VALUES(state), triggered_at ="
                        + " VALUES(triggered_at), updated_at = VALUES(updated_at), attempts = 0,"
                        + " next_attempt_at = NULL, last_error = NULL")
                .execute(Tuple.from(ids))
                .compose(
                    done ->
                        connection
                            .preparedQuery(
                                "UPDATE classes SET ai_triggered = 1 WHERE (id, meeting_start) IN ("
                                    + repeat("(?, ?)", classes.size())
                                    + ")")
                            .execute(Tuple.from(pairs))));
  }

  /**
   * Notes why a class can't be opened, and when it is looked at again: 60 s after the first look,
   * doubling up to an hour; after {@code maxAttempts} looks it is left alone.
   */
  public Future<Void> markInvalid(EndedClass ended, String reason, int maxAttempts) {
    int attempts = ended.attempts() + 1;
    Long delaySeconds =
        attempts >= maxAttempts ? null : Math.min(3600L, 60L << Math.min(6, attempts - 1));
    return pool.preparedQuery(
            """
            INSERT INTO ai_class_triggers (class_id, state, attempts, next_attempt_at, last_error, updated_at)
            VALUES (?, 'invalid', ?, UTC_TIMESTAMP(6) + INTERVAL ? SECOND, ?, UTC_TIMESTAMP(6))
            ON DUPLICATE KEY UPDATE state = VALUES(state), attempts = VALUES(attempts), next_attempt_at = VALUES(next_attempt_at),
              last_error = VALUES(last_error), updated_at = VALUES(updated_at)
            """)
        .execute(Tuple.of(ended.id(), attempts, delaySeconds, reason))
        .mapEmpty();
  }

  /** Whether the host still has this class; ids that the host can't have are simply not there. */
  public Future<Boolean> exists(String classId) {
    long id;
    try {
      id = Long.parseLong(classId);
    } catch (NumberFormatException e) {
      return Future.succeededFuture(false);
    }
    return pool.preparedQuery("SELECT 1 FROM classes WHERE id = ?")
        .execute(Tuple.of(id))
        .map(rows -> rows.size() > 0);
  }

  /** Two monitors marking the same classes may meet; the loser's work is repeated once. */
  private Future<Void> transaction(java.util.function.Function<SqlConnection, Future<?>> work) {
    return pool.withTransaction(connection -> work.apply(connection).mapEmpty())
        .recover(
            error ->
                error instanceof MySQLException mysql && mysql.getErrorCode() == DEADLOCK
                    ? pool.withTransaction(connection -> work.apply(connection).mapEmpty())
                    : Future.failedFuture(error))
        .mapEmpty();
  }

  private static String repeat(String group, int times) {
    return String.join(", ", Collections.nCopies(times, group));
  }
}
