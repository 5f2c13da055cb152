package games;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Finishes sessions. The recorded results are the truth; what a client sums up itself counts only
 * where there are none.
 */
public final class Completions {
  // A client that rounds its score says the same as we do.
  private static final double SAME_SCORE = 1.0;

  /**
   * A client's own summary; all optional, null when not sent.
   *
   * @param told as the client wrote it, kept for comparison
   * @param score 0 to 100
   * @param correct right answers of a session played offline
   * @param incorrect wrong ones
   */
  public record Summary(JsonObject told, Double score, Integer correct, Integer incorrect) {}

  private final Pool mysql;

  public Completions(Pool mysql) {
    this.mysql = mysql;
  }

  /**
   * Finishes an active session.
   *
   * @param game the session's; empty when any will do
   * @param repeatable whether finishing a finished session answers what became of it, instead of
   *     failing
   * @param settle stores what will be answered, in the same transaction; empty when there is
   *     nothing to store but the session
   * @return fails with {@link GameProblem} when there is no such session, or it is not active
   */
  public Future<Session> complete(
      String learner,
      Optional<GameType> game,
      String id,
      Summary summary,
      boolean repeatable,
      Optional<BiFunction<SqlConnection, Session, Future<Void>>> settle) {
    if (settle.isPresent()) {
      return locked(learner, game, id, summary, repeatable, settle);
    }
    return SessionRows.find(mysql, learner, game, id)
        .compose(
            read ->
                end(
                    read,
                    summary,
                    repeatable,
                    (completed, at) ->
                        Transactions.single(() -> SessionRows.finish(mysql, read, completed, at))
                            .compose(
                                finished ->
                                    finished
                                        ? Future.succeededFuture(completed)
                                        : locked(learner, game, id, summary, repeatable, settle))));
  }

  /** In a transaction, also when the session is played at the same time. */
  private Future<Session> locked(
      String learner,
      Optional<GameType> game,
      String id,
      Summary summary,
      boolean repeatable,
      Optional<BiFunction<SqlConnection, Session, Future<Void>>> settle) {
    return LearnerChanges.run(
        mysql,
        learner,
        transaction ->
            SessionRows.lock(transaction, learner, game, id)
                .compose(
                    session ->
                        end(
                            session,
                            summary,
                            repeatable,
                            (completed, at) ->
                                SessionRows.update(transaction, completed, at).map(completed)))
                .compose(
                    session ->
                        settle.isPresent()
                            ? settle.get().apply(transaction, session).map(session)
                            : Future.succeededFuture(session)));
  }

  /** Has the finished session stored, unless it was finished before and that is the answer. */
  private static Future<Session> end(
      Session session,
      Summary summary,
      boolean repeatable,
      BiFunction<Session, Instant, Future<Session>> store) {
    if (session.completed() && repeatable) {
      return Future.succeededFuture(session);
    }
    if (!session.active()) {
      throw GameProblem.sessionCompleted(session.id(), session.status());
    }
    Instant at = Columns.now();
    return store.apply(completed(session, summary, at), at);
  }

  private static Session completed(Session session, Summary summary, Instant at) {
    Session.Progress counted = counted(session.progress(), summary);
    JsonObject metadata = session.metadata();
    if (!summary.told().isEmpty()) {
      metadata =
          (metadata == null ? new JsonObject() : metadata.copy())
              .put("clientSummary", summary.told());
    }
    return session.completed(counted, score(counted, summary.score()), metadata, at);
  }

  private static Session.Progress counted(Session.Progress recorded, Summary summary) {
    if (!recorded.untouched() || (summary.correct() == null && summary.incorrect() == null)) {
      return recorded;
    }
    int correct = summary.correct() == null ? 0 : summary.correct();
    int incorrect = summary.incorrect() == null ? 0 : summary.incorrect();
    int total = recorded.total() == 0 ? correct + incorrect : recorded.total();
    return new Session.Progress(Math.min(total, correct + incorrect), total, correct, incorrect);
  }

  private static double score(Session.Progress counted, Double told) {
    boolean plausible =
        told != null && (counted.untouched() || Math.abs(told - counted.score()) <= SAME_SCORE);
    return plausible ? Math.round(told * 100) / 100.0 : counted.score();
  }
}
