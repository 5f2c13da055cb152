package http;

import games.GameStats.Totals;
import io.vertx.core.json.JsonObject;

/**
 * Statistics as clients see them: whole numbers for the second generation, nested copies for the
 * first.
 */
final class StatsRendering {
  private StatsRendering() {}

  static JsonObject game(Totals totals, boolean legacy) {
    JsonObject nested =
        new JsonObject()
            .put("sessions", totals.sessions())
            .put("completedSessions", totals.completed())
            .put("wordsStudied", totals.correct() + totals.incorrect())
            .put("total_sessions", totals.sessions())
            .put("completed_sessions", totals.completed())
            .put("avg_score", totals.averageScore())
            .put("total_correct", totals.correct())
            .put("total_incorrect", totals.incorrect());
    return LegacyTwins.where(
        legacy,
        new JsonObject()
            .put("totalSessions", totals.sessions())
            .put("completedSessions", totals.completed())
            .put("totalCorrect", totals.correct())
            .put("totalIncorrect", totals.incorrect())
            .put("accuracy", totals.accuracy())
            .put("totals", nested));
  }

  /** One game in the overview of all. */
  static JsonObject line(Totals totals) {
    return new JsonObject()
        .put("gameType", totals.game().wireName())
        .put("totalSessions", totals.sessions())
        .put("completedSessions", totals.completed())
        .put("avgScore", totals.averageScore())
        .put("totalCorrect", totals.correct())
        .put("totalIncorrect", totals.incorrect())
        .put("lastPlayed", totals.lastPlayed() == null ? null : Times.iso(totals.lastPlayed()));
  }
}
