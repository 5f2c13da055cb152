package games;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * An item a learner answered wrong, with the last wrong answer.
 *
 * @param userAnswer and the following three as in {@link Judgement}
 * @param count wrong answers; in the word games right ones are taken off
 * @param item what the game shows of the item; empty where it was not asked for
 */
public record Mistake(
    long id,
    String userId,
    GameType game,
    String itemId,
    String userAnswer,
    String correctAnswer,
    List<String> selectedAnswers,
    String errorType,
    int count,
    Instant lastAnsweredAt,
    Instant createdAt,
    JsonObject item) {

  Mistake with(JsonObject shown) {
    return new Mistake(
        id,
        userId,
        game,
        itemId,
        userAnswer,
        correctAnswer,
        selectedAnswers,
        errorType,
        count,
        lastAnsweredAt,
        createdAt,
        shown);
  }
}
