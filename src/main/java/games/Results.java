package games;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Records results: section 1.15 of the wire contract. The result, the session's counters, the
 * word's counters and the learner's mistakes change in one transaction that holds the session's
 * row, so they always say the same, however many devices answer at once.
 */
public final class Results {
  private final Pool mysql;
  private final Games games;

  public Results(Pool mysql, Games games) {
    this.mysql = mysql;
    this.games = games;
  }

  /**
   * Records a result, or finds that it is recorded already.
   *
   * @param game the session's; empty when any will do
   * @param settle stores what will be answered, in the same transaction
   * @return fails with {@link GameProblem} when there is no such session, it is finished, the item
   *     is not in it, or the answer is none
   */
  public Future<Recording> record(
      String learner,
      Optional<GameType> game,
      String sessionId,
      ResultRequest request,
      BiFunction<SqlConnection, Recording, Future<Void>> settle) {
    return Transactions.run(
        mysql,
        transaction ->
            SessionRows.lock(transaction, learner, game, sessionId)
                .compose(
                    session ->
                        duplicate(transaction, session, request)
                            .compose(
                                before ->
                                    before.isPresent()
                                        ? repeated(transaction, session, before.get())
                                        : fresh(transaction, session, request)))
                .compose(recording -> settle.apply(transaction, recording).map(recording)));
  }

  private static Future<Optional<RecordedResult>> duplicate(
      SqlConnection transaction, Session session, ResultRequest request) {
    if (request.clientResultId() == null) {
      return Future.succeededFuture(Optional.empty());
    }
    return ResultRows.byClientId(transaction, session.id(), request.clientResultId());
  }

  private Future<Recording> repeated(
      SqlConnection transaction, Session session, RecordedResult result) {
    return games
        .items(session.game())
        .take(transaction, session.userId(), result.itemId())
        .map(
            item ->
                new Recording(
                    session,
                    result,
                    true,
                    item.map(i -> i.outcome(result)).orElseGet(JsonObject::new)));
  }

  private Future<Recording> fresh(
      SqlConnection transaction, Session session, ResultRequest request) {
    if (!session.active()) {
      throw GameProblem.sessionCompleted(session.id(), session.status());
    }
    if (!session.itemIds().contains(request.itemId()) && !session.openEnded()) {
      throw GameProblem.unknownItems(session.game(), List.of(request.itemId()));
    }
    if (isSkip(session, request)) {
      return ResultRows.skip(transaction, session.id(), request.itemId())
          .compose(
              before ->
                  before.isPresent()
                      ? repeated(transaction, session, before.get())
                      : judged(transaction, session, request));
    }
    return judged(transaction, session, request);
  }

  private Future<Recording> judged(
      SqlConnection transaction, Session session, ResultRequest request) {
    return games
        .items(session.game())
        .take(transaction, session.userId(), request.itemId())
        .compose(
            found -> {
              GameItem item =
                  found.orElseThrow(
                      () -> GameProblem.unknownItems(session.game(), List.of(request.itemId())));
              return store(transaction, session, request, item, judge(session, request, item));
            });
  }

  private static Judgement judge(Session session, ResultRequest request, GameItem item) {
    return isSkip(session, request) ? Judgement.plain(false, null) : item.judge(request.answer());
  }

  /** A skipped word was not known; a skipped question was passed over, which is no mistake. */
  private static boolean isSkip(Session session, ResultRequest request) {
    return request.answer().skipped() && !session.game().playsWords();
  }

  // One statement after the other, each only when the one before has succeeded: a deadlock makes
  // MySQL roll back at once, and what is on
  // its way by then would be committed on its own.
  //
  // The mistake comes first: its row, or the gap where it would be, is locked before the result
  // gets its number, so that results of one
  // item are numbered in the order in which they changed the mistake, also when they come from
  // different sessions.
  private Future<Recording> store(
      SqlConnection transaction,
      Session session,
      ResultRequest request,
      GameItem item,
      Judgement judgement) {
    GameItems items = games.items(session.game());
    Instant at = Columns.now();
    Session now = session.answered(request.itemId(), judgement.correct());
    return remember(transaction, session, request, judgement, at)
        .compose(remembered -> ResultRows.insert(transaction, session, request, judgement, at))
        .map(
            id ->
                RecordedResult.of(
                    id,
                    request.itemId(),
                    request.attempts(),
                    request.answer().skipped(),
                    judgement))
        .compose(
            result ->
                SessionRows.update(transaction, now, at)
                    .compose(
                        counted ->
                            items.practised(
                                transaction, session.userId(), item, judgement.correct(), at))
                    .map(
                        practised -> new Recording(now, result, false, practised.outcome(result))));
  }

  private Future<Void> remember(
      SqlConnection transaction,
      Session session,
      ResultRequest request,
      Judgement judgement,
      Instant at) {
    boolean clears = games.items(session.game()).rightAnswerClearsMistake();
    return isSkip(session, request)
        ? Future.succeededFuture()
        : MistakeRows.remember(transaction, session, request.itemId(), judgement, clears, at);
  }
}
