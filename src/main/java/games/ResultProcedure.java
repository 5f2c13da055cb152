package games;

import io.vertx.core.Future;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records a result in one round trip, by the procedure that the migrations create where the
 * database's user may. It knows the plain case only; whatever else there is, it changes nothing and
 * says so.
 */
final class ResultProcedure {
  private static final Logger LOG = LoggerFactory.getLogger(ResultProcedure.class);
  private static final int PARAMETERS = 19;
  private static final int LONGEST_ID = 64;
  private static final int LONGEST_LEARNER = 128;
  private static final String CALL =
      "CALL lessonweave_record_result_3(" + Columns.placeholders(PARAMETERS) + ")";

  /** There is no such procedure; the user may not execute it. */
  private static final Set<Integer> UNAVAILABLE = Set.of(1305, 1370);

  // For the whole process: the procedure is there for all event loops or for none.
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private final Pool mysql;
  private boolean available = true;

  ResultProcedure(Pool mysql) {
    this.mysql = mysql;
  }

  /**
   * Whether it can be called with these: not with texts that are longer than any id, and not once
   * the database has said that it can't be called at all.
   */
  boolean takes(String learner, String sessionId, ResultRequest request) {
    return available
        && sessionId.length() <= LONGEST_ID
        && request.itemId().length() <= LONGEST_ID
        && learner.length() <= LONGEST_LEARNER;
  }

  /**
   * What was recorded.
   *
   * @param progress the session's
   * @param practice the word's, where the item is a word of a list
   */
  record Stored(long result, Session.Progress progress, Optional<Practice> practice) {}

  /**
   * Stores a result with all that it changes.
   *
   * @param judgement where it was made by a word, its solution is that word's text, which is
   *     compared with the stored one
   * @return empty when nothing was changed, because the session is not active, the item is not in
   *     it, or it is a word game's and no word of a list, or another word by now; fails with {@link
   *     RepeatedTransactions#DUPLICATE} where the client's id was stored before
   */
  Future<Optional<Stored>> store(
      String learner,
      GameItems items,
      String sessionId,
      ResultRequest request,
      Judgement judgement,
      Instant at) {
    Tuple values =
        Tuple.tuple()
            .addString(sessionId)
            .addString(learner)
            .addString(items.game().wireName())
            .addString(request.itemId())
            .addBoolean(items.game().playsWords())
            .addBoolean(items.rightAnswerClearsMistake())
            .addString(request.clientResultKey());
    ResultRows.verdict(values, request, judgement)
        .addString(judgement.correctAnswer())
        .addLocalDateTime(Columns.time(at));
    return mysql
        .preparedQuery(CALL)
        .execute(values)
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(stored(row, items.game().playsWords()));
              }
              return Optional.empty();
            });
  }

  private static Stored stored(Row row, boolean word) {
    return new Stored(
        row.getLong("result_id"),
        new Session.Progress(
            row.getInteger("progress_current"),
            row.getInteger("progress_total"),
            row.getInteger("correct_count"),
            row.getInteger("incorrect_count")),
        word
            ? Optional.of(
                new Practice(
                    row.getInteger("word_count"),
                    row.getInteger("word_correct"),
                    row.getInteger("word_accuracy"),
                    Columns.instant(row, "word_last")))
            : Optional.empty());
  }

  /** Whether a failure means that there is nothing to call; then it is not called again. */
  boolean missing(Throwable failure) {
    if (!(failure instanceof MySQLException error) || !UNAVAILABLE.contains(error.getErrorCode())) {
      return false;
    }
    available = false;
    if (TOLD.compareAndSet(false, true)) {
      LOG.warn(
          "results take six round trips to the database instead of one: {}. Give the user CREATE"
              + " ROUTINE and EXECUTE on this database and start again",
          error.getMessage());
    }
    return true;
  }
}
