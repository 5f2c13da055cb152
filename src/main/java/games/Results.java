package games;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Records results: section 1.15 of the wire contract. The result, the session's counters, the
 * word's counters and the learner's mistakes change in one transaction that holds the session's
 * row, so they always say the same, however many devices answer at once.
 */
public final class Results {
  private final Pool mysql;
  private final Games games;
  private final ResultProcedure procedure;

  public Results(Pool mysql, Games games) {
    this.mysql = mysql;
    this.games = games;
    this.procedure = new ResultProcedure(mysql);
  }

  /**
   * Records a result, or finds that it is recorded already.
   *
   * @param game the session's; empty when any will do
   * @param settle stores what will be answered, in the same transaction; empty when there is
   *     nothing to store but the result
   * @return fails with {@link GameProblem} when there is no such session, it is finished, the item
   *     is not in it, or the answer is none
   */
  public Future<Recording> record(
      String learner,
      Optional<GameType> game,
      String sessionId,
      ResultRequest request,
      Optional<BiFunction<SqlConnection, Recording, Future<Void>>> settle) {
    if (settle.isPresent() || !procedure.takes(learner, sessionId, request)) {
      return byStatements(learner, game, sessionId, request, settle);
    }
    Future<Optional<GameType>> played =
        game.isPresent()
            ? Future.succeededFuture(game)
            : SessionRows.game(mysql, learner, sessionId);
    return played
        .compose(
            known ->
                known.isEmpty() || isSkip(known.get(), request)
                    ? Future.succeededFuture(Optional.<Recording>empty())
                    : inOneCall(learner, known.get(), sessionId, request))
        .compose(
            recorded ->
                recorded.isPresent()
                    ? Future.succeededFuture(recorded.get())
                    : byStatements(learner, game, sessionId, request, settle));
  }

  /** Empty when it is not as plain as that, and nothing was changed. */
  private Future<Optional<Recording>> inOneCall(
      String learner, GameType game, String sessionId, ResultRequest request) {
    GameItems items = games.items(game);
    return items
        .answered(mysql, learner, request.itemId())
        .compose(
            item ->
                item.isPresent()
                    ? inOneCall(learner, items, sessionId, request, item.get())
                    : Future.succeededFuture(Optional.<Recording>empty()))
        .recover(
            failure ->
                // the statements refuse in the order that clients know; and they find copies
                failure instanceof GameProblem
                        || procedure.missing(failure)
                        || RepeatedTransactions.DUPLICATE.is(failure)
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(failure));
  }

  private Future<Optional<Recording>> inOneCall(
      String learner, GameItems items, String sessionId, ResultRequest request, GameItem item) {
    Judgement judgement = item.judge(request.answer());
    return Transactions.single(
            () -> procedure.store(learner, items, sessionId, request, judgement, Columns.now()))
        .map(
            stored -> {
              if (stored.isEmpty()) {
                items.refused(learner, request.itemId());
              }
              return stored.map(
                  done -> {
                    RecordedResult result = recorded(done.result(), request, judgement);
                    GameItem practised =
                        item instanceof WordCard word && done.practice().isPresent()
                            ? word.with(done.practice().get())
                            : item;
                    return new Recording(done.progress(), result, false, practised.outcome(result));
                  });
            });
  }

  private static RecordedResult recorded(long id, ResultRequest request, Judgement judgement) {
    return RecordedResult.of(
        id, request.itemId(), request.attempts(), request.answer().skipped(), judgement);
  }

  private Future<Recording> byStatements(
      String learner,
      Optional<GameType> game,
      String sessionId,
      ResultRequest request,
      Optional<BiFunction<SqlConnection, Recording, Future<Void>>> settle) {
    return LearnerChanges.run(
        mysql,
        learner,
        (transaction, again) ->
            SessionRows.lockWithWord(transaction, learner, game, sessionId, request.itemId())
                .compose(locked -> answered(transaction, locked, request, again))
                .compose(
                    recording ->
                        settle.isPresent()
                            ? settle.get().apply(transaction, recording).map(recording)
                            : Future.succeededFuture(recording)));
  }

  // Copies of a result are rare: they are looked for when there is a reason, which is that storing
  // it failed, or that it can't be
  // taken. Nothing has been written by then.
  private Future<Recording> answered(
      SqlConnection transaction, SessionRows.Locked locked, ResultRequest request, boolean again) {
    if (request.clientResultId() == null) {
      return fresh(transaction, locked, request);
    }
    if (again) {
      return copy(transaction, locked, request, () -> fresh(transaction, locked, request));
    }
    return fresh(transaction, locked, request)
        .recover(
            failure ->
                failure instanceof GameProblem
                    ? copy(transaction, locked, request, () -> Future.failedFuture(failure))
                    : Future.failedFuture(failure));
  }

  private Future<Recording> copy(
      SqlConnection transaction,
      SessionRows.Locked locked,
      ResultRequest request,
      Supplier<Future<Recording>> otherwise) {
    return ResultRows.byClientId(transaction, locked.session().id(), request.clientResultKey())
        .compose(
            before ->
                before.isPresent()
                    ? repeated(transaction, locked.session(), before.get())
                    : otherwise.get());
  }

  private Future<Recording> repeated(
      SqlConnection transaction, Session session, RecordedResult result) {
    return games
        .items(session.game())
        .take(transaction, session.userId(), result.itemId(), false)
        .map(
            item ->
                new Recording(
                    session.progress(),
                    result,
                    true,
                    item.map(i -> i.outcome(result)).orElseGet(JsonObject::new)));
  }

  private Future<Recording> fresh(
      SqlConnection transaction, SessionRows.Locked locked, ResultRequest request) {
    Session session = locked.session();
    if (!session.active()) {
      return Future.failedFuture(GameProblem.sessionCompleted(session.id(), session.status()));
    }
    boolean known = session.itemIds().contains(request.itemId());
    if (!known && !session.openEnded()) {
      return Future.failedFuture(
          GameProblem.unknownItems(session.game(), List.of(request.itemId())));
    }
    if (isSkip(session.game(), request)) {
      return ResultRows.skip(transaction, session.id(), request.itemId())
          .compose(
              before ->
                  before.isPresent()
                      ? repeated(transaction, session, before.get())
                      : judged(transaction, locked, request, known));
    }
    return judged(transaction, locked, request, known);
  }

  private Future<Recording> judged(
      SqlConnection transaction, SessionRows.Locked locked, ResultRequest request, boolean known) {
    Session session = locked.session();
    Future<Optional<GameItem>> taken =
        locked.word().isPresent()
            ? Future.succeededFuture(locked.word().map(word -> WordCard.of(session.game(), word)))
            : games
                .items(session.game())
                .take(transaction, session.userId(), request.itemId(), known);
    return taken.compose(
        found -> {
          GameItem item =
              found.orElseThrow(
                  () -> GameProblem.unknownItems(session.game(), List.of(request.itemId())));
          return store(transaction, session, request, item, judge(session, request, item));
        });
  }

  private static Judgement judge(Session session, ResultRequest request, GameItem item) {
    return isSkip(session.game(), request)
        ? Judgement.plain(false, null)
        : item.judge(request.answer());
  }

  /** A skipped word was not known; a skipped question was passed over, which is no mistake. */
  private static boolean isSkip(GameType game, ResultRequest request) {
    return request.answer().skipped() && !game.playsWords();
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
    GameItem practised = items.practised(item, judgement.correct(), at);
    boolean clears =
        judgement.correct() && !isSkip(session.game(), request) && items.rightAnswerClearsMistake();
    WordCard word = practised instanceof WordCard card && !card.fromLesson() ? card : null;
    return remember(transaction, session, request, judgement, at)
        .compose(remembered -> ResultRows.insert(transaction, session, request, judgement, at))
        .map(id -> recorded(id, request, judgement))
        .compose(
            result ->
                SessionRows.update(transaction, now, word, clears ? request.itemId() : null, at)
                    .map(new Recording(now.progress(), result, false, practised.outcome(result))));
  }

  private Future<Void> remember(
      SqlConnection transaction,
      Session session,
      ResultRequest request,
      Judgement judgement,
      Instant at) {
    boolean clears = games.items(session.game()).rightAnswerClearsMistake();
    return isSkip(session.game(), request)
        ? Future.succeededFuture()
        : MistakeRows.remember(transaction, session, request.itemId(), judgement, clears, at);
  }
}
