package http;

import games.GameType;
import games.Recording;
import games.Session;
import games.Sessions.Play;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * All games through one interface, for first-generation clients: sessions, progress, mistakes and
 * statistics.
 */
final class UniversalEndpoints {
  private final SessionServices services;

  UniversalEndpoints(SessionServices services) {
    this.services = services;
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("startSession", this::start)
        .add("getSession", this::get)
        .add("recordResult", this::record)
        .add("completeSession", this::complete)
        .add("listProgress", this::progress)
        .add("listMistakes", this::mistakes)
        .add("getStats", this::stats)
        .add("getUserStats", this::userStats);
  }

  private Future<Reply> start(Call call) {
    return services
        .sessions()
        .start(
            call.learner(),
            SessionInput.plainStart(Optional.empty(), call.input().body()),
            call.settling(UniversalEndpoints::started))
        .map(UniversalEndpoints::started);
  }

  private static Reply started(Play play) {
    return Reply.created(
        "/v1/sessions/" + play.session().id(),
        SessionRendering.play(play, true).put("message", "Session started"));
  }

  private Future<Reply> get(Call call) {
    return services
        .sessions()
        .find(call.learner(), Optional.empty(), call.pathSegment("sessionId"))
        .map(play -> Reply.ok(SessionRendering.play(play, true)));
  }

  private Future<Reply> record(Call call) {
    return services
        .results()
        .record(
            call.learner(),
            Optional.empty(),
            call.pathSegment("sessionId"),
            SessionInput.plainResult(call.input().body()),
            call.settling(UniversalEndpoints::recorded))
        .map(UniversalEndpoints::recorded);
  }

  private static Reply recorded(Recording recording) {
    return Reply.ok(SessionRendering.recording(recording, true).put("recorded", true));
  }

  private Future<Reply> complete(Call call) {
    return services
        .completions()
        .complete(
            call.learner(),
            Optional.empty(),
            call.pathSegment("sessionId"),
            SessionInput.summary(call.input().body()),
            true,
            call.settling(UniversalEndpoints::completed))
        .map(UniversalEndpoints::completed);
  }

  private static Reply completed(Session session) {
    return Reply.ok(
        new JsonObject().put("session", outcome(session)).put("message", "Session completed"));
  }

  private static JsonObject outcome(Session session) {
    return LegacyTwins.add(
        new JsonObject()
            .put("id", session.id())
            .put("score", session.finalScore())
            .put("correct", session.progress().correct())
            .put("incorrect", session.progress().incorrect())
            .put("status", session.status())
            .put("completedAt", Times.iso(session.completedAt())));
  }

  private Future<Reply> progress(Call call) {
    Input input = call.input();
    return services
        .history()
        .completed(call.learner(), game(input), input.page(), input.limit())
        .map(
            completed -> {
              JsonArray rows = new JsonArray();
              completed
                  .page()
                  .forEach(
                      entry ->
                          rows.add(
                              LegacyTwins.add(
                                  new JsonObject()
                                      .put("id", entry.id())
                                      .put("gameType", entry.game().wireName())
                                      .put("classId", entry.classId())
                                      .put("mode", entry.mode())
                                      .put("finalScore", entry.score())
                                      .put("correctCount", entry.correct())
                                      .put("incorrectCount", entry.incorrect())
                                      .put("startedAt", Times.iso(entry.startedAt()))
                                      .put("completedAt", Times.iso(entry.completedAt())))));
              JsonObject totals =
                  new JsonObject()
                      .put("sessions", completed.sessions())
                      .put("correct", completed.correct())
                      .put("incorrect", completed.incorrect())
                      .put("average_score", completed.averageScore());
              return Reply.ok(
                  Listing.of(rows, "sessions", input, completed.sessions()).put("totals", totals));
            });
  }

  private Future<Reply> mistakes(Call call) {
    Input input = call.input();
    return services
        .mistakes()
        .ofAll(call.learner(), game(input), input.page(), input.limit())
        .map(
            page -> {
              JsonArray rows = new JsonArray();
              page.rows().forEach(mistake -> rows.add(MistakeRendering.mistake(mistake, true)));
              return Reply.ok(Listing.of(rows, "mistakes", input, page.total()));
            });
  }

  private static Optional<GameType> game(Input input) {
    return input.query("game_type").map(name -> SessionInput.gameType("game_type", name));
  }

  private Future<Reply> stats(Call call) {
    return services
        .stats()
        .ofAll(call.learner())
        .map(
            all -> {
              JsonArray lines = new JsonArray();
              all.games().forEach(totals -> lines.add(StatsRendering.line(totals)));
              return Reply.ok(
                  LegacyTwins.add(
                      new JsonObject()
                          .put("userId", call.learner())
                          .put("gameStats", lines)
                          .put("totalMistakes", all.mistakes())
                          .put("generatedAt", Times.now())));
            });
  }

  private Future<Reply> userStats(Call call) {
    return services
        .stats()
        .lists(call.learner())
        .map(
            lists ->
                Reply.ok(
                    new JsonObject()
                        .put(
                            "totals",
                            new JsonObject()
                                .put("lists", lists.lists())
                                .put("favoriteLists", lists.favoriteLists())
                                .put("words", lists.words())
                                .put("favoriteWords", lists.favoriteWords()))));
  }
}
