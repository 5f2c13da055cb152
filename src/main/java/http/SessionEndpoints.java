package http;

import games.GameType;
import games.Recording;
import games.ResultRequest;
import games.Session;
import games.Sessions.Play;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What all games have in common: sessions, results, completion, mistakes and statistics, for one
 * game under its family of paths.
 *
 * <p>For a name such as {@code Flashcard} the operations are {@code startFlashcardSession}, {@code
 * getFlashcardSession}, {@code recordFlashcardResult}, {@code completeFlashcardSession}, {@code
 * listFlashcardMistakes} and {@code getFlashcardStats}; all of them with {@code x-learner} and, for
 * the session's id, the path parameter {@code sessionId}. The document gives defaults to {@code
 * limit}, {@code shuffle}, {@code attempts} and {@code timeSpentMs}.
 */
final class SessionEndpoints {
  private final SessionServices services;
  private final GameType game;
  private final String family;

  /**
   * @param family the canonical paths' common part, for example {@code /v1/flashcards}
   */
  SessionEndpoints(SessionServices services, GameType game, String family) {
    this.services = services;
    this.game = game;
    this.family = family;
  }

  void addTo(Endpoints endpoints, String name) {
    endpoints
        .add("start" + name + "Session", this::start)
        .add("get" + name + "Session", this::get)
        .add("record" + name + "Result", this::record)
        .add("complete" + name + "Session", this::complete)
        .add("list" + name + "Mistakes", this::mistakes)
        .add("get" + name + "Stats", this::stats);
  }

  /** Adds the operation by which a learner passes an item: no mistake, and once in a session. */
  void addSkipTo(Endpoints endpoints, String operationId) {
    endpoints.add(operationId, this::skip);
  }

  private Future<Reply> start(Call call) {
    JsonObject body = call.input().body();
    Future<Play> started =
        SessionInput.isPlainStart(game, body)
            ? services
                .sessions()
                .start(
                    call.learner(),
                    SessionInput.plainStart(Optional.of(game), body),
                    call.settling(play -> started(call, play)))
            : services
                .sessions()
                .start(
                    call.learner(),
                    game,
                    body.getString("classId"),
                    SessionInput.selection(game, body),
                    call.settling(play -> started(call, play)));
    return started.map(play -> started(call, play));
  }

  private Reply started(Call call, Play play) {
    JsonObject json = SessionRendering.play(play, call.legacy());
    return Reply.created(
        family + "/sessions/" + play.session().id(),
        call.legacy() ? json.put("message", "Session started") : json);
  }

  private Future<Reply> get(Call call) {
    return services
        .sessions()
        .find(call.learner(), Optional.of(game), call.pathSegment("sessionId"))
        .map(play -> Reply.ok(SessionRendering.play(play, call.legacy())));
  }

  private Future<Reply> record(Call call) {
    return record(call, SessionInput.result(game, call.input().body(), call.legacy()));
  }

  private Future<Reply> skip(Call call) {
    JsonObject body = call.input().body();
    return record(
        call,
        ResultRequest.skip(body.getString(game.itemIdMember()), body.getString("clientResultId")));
  }

  private Future<Reply> record(Call call, ResultRequest request) {
    return services
        .results()
        .record(
            call.learner(),
            Optional.of(game),
            call.pathSegment("sessionId"),
            request,
            call.settling(recording -> recorded(call, recording)))
        .map(recording -> recorded(call, recording));
  }

  private static Reply recorded(Call call, Recording recording) {
    return Reply.ok(SessionRendering.recording(recording, call.legacy()));
  }

  private Future<Reply> complete(Call call) {
    return services
        .completions()
        .complete(
            call.learner(),
            Optional.of(game),
            call.pathSegment("sessionId"),
            SessionInput.summary(call.input().body()),
            false,
            call.settling(session -> completed(call, session)))
        .map(session -> completed(call, session));
  }

  private static Reply completed(Call call, Session session) {
    JsonObject json = SessionRendering.completed(session, call.legacy());
    return Reply.ok(call.legacy() ? json.put("message", "Session completed") : json);
  }

  private Future<Reply> mistakes(Call call) {
    Input input = call.input();
    return services
        .mistakes()
        .ofGame(call.learner(), game, input.page(), input.limit())
        .map(
            page -> {
              JsonArray rows = new JsonArray();
              page.rows()
                  .forEach(mistake -> rows.add(MistakeRendering.mistake(mistake, call.legacy())));
              return Reply.ok(Listing.of(rows, "mistakes", input, page.total()));
            });
  }

  private Future<Reply> stats(Call call) {
    return services
        .stats()
        .ofGame(call.learner(), game)
        .map(totals -> Reply.ok(StatsRendering.game(totals, call.legacy())));
  }
}
