package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDateTime;

/** Writes the table {@code user_mistakes}. */
final class MistakeRows {
  // The assignments are worked out from left to right; none reads a column that was assigned
  // before.
  private static final String UPSERT =
      "INSERT INTO user_mistakes (user_id, game_type, item_id, user_answer, correct_answer,"
          + " selected_answers, error_type, mistake_count, last_answered_at, created_at,"
          + " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?) ON DUPLICATE KEY UPDATE"
          + " mistake_count = mistake_count + 1, user_answer = VALUES(user_answer), correct_answer"
          + " = VALUES(correct_answer), selected_answers = VALUES(selected_answers), error_type ="
          + " VALUES(error_type), last_answered_at = VALUES(last_answered_at), updated_at ="
          + " VALUES(updated_at)";
  private static final String DELETE =
      "DELETE FROM user_mistakes WHERE user_id = ? AND game_type = ? AND item_id = ? AND"
          + " mistake_count <= 1";

  private MistakeRows() {}

  /**
   * Counts a wrong answer; a right one removes the last of them where {@code clears}. One of
   * several is taken off with the session's counters, by {@link SessionRows}: here its row is only
   * locked. The learner's row of this item, if there is one, is reached by its unique key alone, so
   * nobody else's rows are locked.
   */
  static Future<Void> remember(
      SqlConnection transaction,
      Session session,
      String itemId,
      Judgement judgement,
      boolean clears,
      Instant at) {
    LocalDateTime time = Columns.time(at);
    String user = session.userId();
    String game = session.game().wireName();
    if (!judgement.correct()) {
      return transaction
          .preparedQuery(UPSERT)
          .execute(
              Tuple.from(
                  new Object[] {
                    user,
                    game,
                    itemId,
                    judgement.userAnswer(),
                    judgement.correctAnswer(),
                    Columns.json(judgement.selectedAnswers()),
                    judgement.errorType(),
                    time,
                    time,
                    time
                  }))
          .mapEmpty();
    }
    if (!clears) {
      return Future.succeededFuture();
    }
    return transaction.preparedQuery(DELETE).execute(Tuple.of(user, game, itemId)).mapEmpty();
  }
}
