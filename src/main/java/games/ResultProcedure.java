package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;

/**
 * Records a result in one round trip, by the procedure that the migrations create where the
 * database's user may. It knows the plain case only; whatever else there is, it changes nothing and
 * says so.
 */
final class ResultProcedure {
  private static final int PARAMETERS = 19;
  private static final int LONGEST_ID = 64;
  private static final int LONGEST_LEARNER = 128;

  private final OptionalProcedure procedure;

  ResultProcedure(Pool mysql) {
    this.procedure =
        new OptionalProcedure(
            mysql,
            "lessonweave_record_result_3",
            PARAMETERS,
            "results take six round trips to the database instead of one");
  }

  /**
   * Whether it can be called with these: not with texts that are longer than any id, and not once
   * the database has said that it can't be called at all.
   */
  boolean takes(String learner, String sessionId, ResultRequest request) {
    return procedure.available()
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
    return procedure
        .call(values)
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

  /** As {@link OptionalProcedure#missing}. */
  boolean missing(Throwable failure) {
    return procedure.missing(failure);
  }
}
