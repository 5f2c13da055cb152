package lessons;

import games.LearnerChanges;
import io.vertx.core.Future;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Brings MySQL into line with what Postgres says about a lesson: steps 2 to 4 of section 3.5 of the
 * wire contract, or their undoing. One MySQL transaction, which may be repeated at will.
 *
 * <p>The decision is read while the lesson's row in MySQL is locked. So of several runs the one
 * that gets the lock last goes by the newest decision, however late the others are, and no fencing
 * token has to cross from one database to the other.
 */
public final class PublishLesson {
  /** MySQL errors after which the transaction may simply run again: lock wait timeout, deadlock. */
  private static final Set<Integer> AGAIN = Set.of(1205, 1213);

  // Each deadlock lets somebody else through, so of as many runs of one lesson at once the last
  // gets
  // its turn as well.
  private static final int TRIES = 8;
  private static final int MOST_TITLE = 255;

  private final Pool postgres;
  private final Pool mysql;
  private final PublishVocabulary vocabulary;

  public PublishLesson(Pool postgres, Pool mysql) {
    this.postgres = postgres;
    this.mysql = mysql;
    this.vocabulary = new PublishVocabulary(postgres);
  }

  /** What MySQL shows now. */
  public enum Result {
    /** The lesson is there, approved. */
    PUBLISHED,
    /** Learners don't see the lesson. */
    HIDDEN,
    /** There is no such set any more. */
    GONE
  }

  /**
   * An approved set that can't be shown to anybody, for a reason that trying again does not change.
   */
  public static final class Unpublishable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unpublishable(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Publishes the lesson of a set, or takes it back.
   *
   * @param setId in Postgres
   * @return fails with {@link Unpublishable}, or with what a database says; then nothing was
   *     changed
   */
  public Future<Result> publish(long setId) {
    return publish(setId, 1);
  }

  private Future<Result> publish(long setId, int attempt) {
    return PublishDecision.read(postgres, setId)
        .compose(
            first ->
                first.isEmpty()
                    ? Future.succeededFuture(Result.GONE)
                    : mysql.withTransaction(
                        connection -> inTransaction(connection, setId, first.get())))
        .recover(
            failure ->
                mayRunAgain(failure) && attempt < TRIES
                    ? publish(setId, attempt + 1)
                    : Future.failedFuture(failure));
  }

  private static boolean mayRunAgain(Throwable failure) {
    return failure instanceof PublishItems.IdTaken
        || (failure instanceof MySQLException error && AGAIN.contains(error.getErrorCode()));
  }

  private Future<Result> inTransaction(
      SqlConnection connection, long setId, PublishDecision first) {
    Future<Void> row =
        first.approved().isPresent() ? open(connection, first) : Future.succeededFuture();
    return row.compose(done -> lock(connection, first))
        .compose(
            locked ->
                PublishDecision.read(postgres, setId)
                    .compose(
                        now -> {
                          if (now.isEmpty()) {
                            return Future.succeededFuture(Result.GONE);
                          }
                          if (locked.isEmpty()) {
                            // Approved since the first look: that approval's own order publishes
                            // it.
                            return Future.succeededFuture(Result.HIDDEN);
                          }
                          return now.get().approved().isPresent()
                              ? show(connection, locked.get(), now.get()).map(Result.PUBLISHED)
                              : hide(connection, locked.get(), now.get()).map(Result.HIDDEN);
                        }));
  }

  /** The lesson's row as it was before. */
  private record Locked(String id, Optional<String> studentId) {}

  /** Makes the row unless it is there. Nobody sees it before the transaction ends. */
  private static Future<Void> open(SqlConnection connection, PublishDecision decision) {
    PublishDecision.Approved approved = decision.approved().orElseThrow();
    if (approved.userId().isBlank() || decision.classId().isBlank()) {
      return Future.failedFuture(
          new Unpublishable(
              "the set names no learner or no class: set user_id and class_id in lesson_exercises,"
                  + " then approve it again"));
    }
    return connection
        .preparedQuery(
            """
            INSERT INTO lessons (id, class_id, teacher_id, student_id, lesson_number, zoom_summary_id, status, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, 'pending', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE id = lessons.id
            """)
        .execute(
            Tuple.of(
                decision.lessonId(),
                decision.classId(),
                approved.teacherId(),
                approved.userId(),
                decision.lessonNumber(),
                decision.zoomSummaryId().orElse(null)))
        .mapEmpty();
  }

  /**
   * By the contract's key where it holds, so that a row that somebody copied by hand is found as
   * well.
   */
  private static Future<Optional<Locked>> lock(SqlConnection connection, PublishDecision decision) {
    String columns = "SELECT id, student_id FROM lessons WHERE ";
    var query =
        decision.zoomSummaryId().isPresent()
            ? connection
                .preparedQuery(
                    columns
                        + "class_id = ? AND lesson_number = ? AND zoom_summary_id = ? FOR UPDATE")
                .execute(
                    Tuple.of(
                        decision.classId(),
                        decision.lessonNumber(),
                        decision.zoomSummaryId().get()))
            : connection
                .preparedQuery(columns + "id = ? FOR UPDATE")
                .execute(Tuple.of(decision.lessonId()));
    return query.map(rows -> LessonStore.first(rows, PublishLesson::locked));
  }

  private static Locked locked(Row row) {
    return new Locked(row.getString("id"), Lesson.text(row, "student_id"));
  }

  private Future<Void> show(SqlConnection connection, Locked lesson, PublishDecision decision) {
    PublishDecision.Approved approved = decision.approved().orElseThrow();
    LocalDateTime at =
        approved.at().map(time -> LocalDateTime.ofInstant(time, ZoneOffset.UTC)).orElse(null);
    Set<String> learners = new TreeSet<>(Set.of(approved.userId()));
    lesson.studentId().ifPresent(learners::add);
    List<Object> values =
        new ArrayList<>(
            Arrays.asList(
                approved.userId(),
                approved.teacherId(),
                approved
                    .title()
                    .map(title -> PublishMapping.shortened(title, MOST_TITLE))
                    .orElse(null),
                approved.date().orElse(null),
                at,
                approved.by().map(name -> PublishMapping.shortened(name, 128)).orElse(null),
                lesson.id()));
    return connection
        .preparedQuery(
            """
            UPDATE lessons SET student_id = ?, teacher_id = ?, title = coalesce(?, title), lesson_date = coalesce(?, lesson_date),
              status = 'approved', approved_at = ?, approved_by = ?, updated_at = UTC_TIMESTAMP(6)
            WHERE id = ?
            """)
        .execute(Tuple.from(values))
        .compose(
            done ->
                PublishItems.write(
                    connection, lesson.id(), PublishMapping.items(approved.exercises())))
        .compose(
            done ->
                vocabulary.reconcile(
                    connection,
                    approved.userId(),
                    decision.lessonNumber(),
                    Optional.of(decision.classId()),
                    PublishWord.of(approved.exercises())))
        // a set may have been made anew for another learner: the one before keeps nothing of it
        .compose(
            done ->
                lesson.studentId().filter(before -> !before.equals(approved.userId())).isPresent()
                    ? withdrawWords(connection, Set.of(lesson.studentId().get()), decision)
                    : Future.succeededFuture())
        .compose(done -> countChanges(connection, learners));
  }

  /**
   * The items stay, unseen: an approval after all finds them, and what learners did with them keeps
   * its meaning.
   */
  private Future<Void> hide(SqlConnection connection, Locked lesson, PublishDecision decision) {
    Set<String> learners = new TreeSet<>();
    lesson.studentId().ifPresent(learners::add);
    decision.userId().ifPresent(learners::add);
    return connection
        .preparedQuery(
            "UPDATE lessons SET status = 'rejected', approved_at = NULL, approved_by = NULL,"
                + " updated_at = UTC_TIMESTAMP(6) WHERE id = ?")
        .execute(Tuple.of(lesson.id()))
        .compose(done -> withdrawWords(connection, learners, decision))
        .compose(done -> countChanges(connection, learners));
  }

  /** In the order of their ids, as everybody else does, so that nobody waits in a circle. */
  private static Future<Void> countChanges(SqlConnection connection, Set<String> learners) {
    Future<Void> all = Future.succeededFuture();
    for (String learner : learners) {
      all = all.compose(done -> LearnerChanges.countLesson(connection, learner));
    }
    return all;
  }

  private Future<Void> withdrawWords(
      SqlConnection connection, Set<String> learners, PublishDecision decision) {
    Future<Void> all = Future.succeededFuture();
    for (String learner : learners) {
      all =
          all.compose(
              done ->
                  vocabulary.reconcile(
                      connection, learner, decision.lessonNumber(), Optional.empty(), List.of()));
    }
    return all;
  }
}
