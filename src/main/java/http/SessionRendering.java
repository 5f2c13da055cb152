package http;

import games.GameItem;
import games.GameType;
import games.Recording;
import games.Session;
import games.Sessions.Play;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Sessions as clients see them: section 1.13 of the wire contract. */
final class SessionRendering {
  private SessionRendering() {}

  /** A session with its items in play order. */
  static JsonObject play(Play play, boolean legacy) {
    return render(play.session(), play.items(), legacy);
  }

  /** A session that has just been completed: without its items, which the client has. */
  static JsonObject completed(Session session, boolean legacy) {
    return render(session, List.of(), legacy);
  }

  private static JsonObject render(Session session, List<GameItem> items, boolean legacy) {
    GameType game = session.game();
    JsonArray rendered = new JsonArray();
    items.forEach(item -> rendered.add(item.json()));
    JsonObject json =
        new JsonObject()
            .put("id", session.id())
            .put("userId", session.userId())
            .put("gameType", game.wireName())
            .put("mode", session.mode())
            .put("status", session.status())
            .put("wordListId", session.wordListId())
            .put("topicId", session.topicId())
            .put("categoryId", session.categoryId())
            .put("lessonId", session.lessonId())
            .put("classId", session.classId())
            .put("difficulty", session.difficulty())
            .put("itemIds", new JsonArray(session.itemIds()))
            .put(game.itemsMember(), rendered)
            .put("progress", progress(session.progress()))
            .put("startedAt", Times.iso(session.startedAt()))
            .put(
                "completedAt",
                session.completedAt() == null ? null : Times.iso(session.completedAt()));
    if (session.completed()) {
      json.put(game.masteredMember(), new JsonArray(session.masteredIds()))
          .put(game.needsPracticeMember(), new JsonArray(session.needsPracticeIds()));
    }
    return legacy ? legacy(session, json) : json;
  }

  private static JsonObject legacy(Session session, JsonObject json) {
    Session.Progress progress = session.progress();
    json.put("reference_id", session.referenceId())
        .put("progress_current", progress.current())
        .put("progress_total", progress.total())
        .put("correct_count", progress.correct())
        .put("incorrect_count", progress.incorrect())
        .put("final_score", session.finalScore())
        .put("total_items", progress.total())
        .put("metadata", session.metadata());
    return LegacyTwins.add(json);
  }

  static JsonObject progress(Session.Progress progress) {
    return new JsonObject()
        .put("current", progress.current())
        .put("total", progress.total())
        .put("correct", progress.correct())
        .put("incorrect", progress.incorrect());
  }

  /** What became of a result. */
  static JsonObject recording(Recording recording, boolean legacy) {
    JsonObject json =
        new JsonObject()
            .put("ok", true)
            .put("duplicate", recording.duplicate())
            .put("progress", progress(recording.progress()))
            .mergeIn(recording.outcome());
    if (legacy) {
      json.put("id", Long.toString(recording.result().id()))
          .put("message", recording.duplicate() ? "Result was recorded before" : "Result recorded");
    }
    return LegacyTwins.where(legacy, json);
  }
}
