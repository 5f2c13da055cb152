package games;

import java.util.List;

/**
 * A result as it is in {@code game_results}.
 *
 * @param attempts how often the learner tried; 0 for a skipped item
 * @param userAnswer and the others as in {@link Judgement}
 */
public record RecordedResult(
    long id,
    String itemId,
    boolean correct,
    int attempts,
    boolean skipped,
    String userAnswer,
    Integer selectedAnswer,
    List<String> selectedAnswers,
    List<String> userTokens,
    String errorType) {

  static RecordedResult of(
      long id, String itemId, int attempts, boolean skipped, Judgement judgement) {
    return new RecordedResult(
        id,
        itemId,
        judgement.correct(),
        attempts,
        skipped,
        judgement.userAnswer(),
        judgement.selectedAnswer(),
        judgement.selectedAnswers(),
        judgement.userTokens(),
        judgement.errorType());
  }
}
