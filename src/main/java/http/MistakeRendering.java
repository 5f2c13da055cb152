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
            .put(
                "selectedAnswers",
                mistake.selectedAnswers() == null ? null : new JsonArray(mistake.selectedAnswers()))
            .put("errorType", mistake.errorType())
            .put("mistakeCount", mistake.count())
            .put("lastAnsweredAt", Times.iso(mistake.lastAnsweredAt()))
            .mergeIn(mistake.item());
    lastAnswer(mistake, json);
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

  /** The games that call the last wrong answer by a name of their own. */
  private static void lastAnswer(Mistake mistake, JsonObject json) {
    switch (mistake.game()) {
      case GRAMMAR_CHALLENGE -> {
        // the text is what is stored: the order of the options may have changed since
        boolean known =
            mistake.userAnswer() != null && json.getValue("options") instanceof JsonArray;
        int position =
            known ? json.getJsonArray("options").getList().indexOf(mistake.userAnswer()) : -1;
        json.put("lastSelected", position < 0 ? null : position);
      }
      case SENTENCE_BUILDER -> json.put("lastErrorType", mistake.errorType());
      default -> {}
    }
  }
}
