package http;

import games.Mistake;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Mistakes as clients see them. */
final class MistakeRendering {
  private MistakeRendering() {}

  static JsonObject mistake(Mistake mistake, boolean legacy) {
    JsonObject json =
        new JsonObject()
            .put("itemId", mistake.itemId())
            .put("userAnswer", mistake.userAnswer())
            .put("correctAnswer", mistake.correctAnswer())
            .put("selectedAnswers", mistake.selectedAnswers() == null ? null : new JsonArray(mistake.selectedAnswers()))
            .put("errorType", mistake.errorType())
            .put("mistakeCount", mistake.count())
            .put("lastAnsweredAt", Times.iso(mistake.lastAnsweredAt()))
            .mergeIn(mistake.item());
    if (!legacy) {
      return json;
    }
    return LegacyTwins.add(
        json.put("id", Long.toString(mistake.id()))
            .put("userId", mistake.userId())
            .put("gameType", mistake.game().wireName())
            .put("itemType", mistake.game().wireName())
            .put("mistakeType", mistake.errorType() == null ? "incorrect" : mistake.errorType())
            .put("lastAttemptedAt", Times.iso(mistake.lastAnsweredAt()))
            .put("createdAt", Times.iso(mistake.createdAt())));
  }
}
