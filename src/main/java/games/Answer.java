package games;

import io.vertx.core.json.JsonArray;
import java.util.List;

/**
 * What a learner answered, as far as the client told; a game looks at its own member.
 *
 * @param isCorrect what the client thinks of it, or null
 * @param skipped whether the learner passed; counts as wrong
 * @param userAnswer spelling: what was typed, or null
 * @param selectedAnswer grammar: position of the chosen option, or null
 * @param selectedAnswers cloze: the chosen words, one a gap, or null
 * @param userTokens sentence: the words in the order laid, or null
 */
public record Answer(
    Boolean isCorrect,
    boolean skipped,
    String userAnswer,
    Integer selectedAnswer,
    List<String> selectedAnswers,
    List<String> userTokens) {

  /**
   * What first-generation clients of the spelling bee send as the answer where a word was passed.
   */
  public static final String PASSED = "[skipped]";

  /** The learner passed. */
  public static final Answer SKIPPED = new Answer(null, true, null, null, null, null);

  /**
   * What the client thinks, for games that have nothing else to go by.
   *
   * @param expected the member that was missing, for the message
   * @throws GameProblem when the client sent neither
   */
  public boolean selfAssessed(String expected) {
    if (isCorrect == null) {
      throw GameProblem.invalid(expected, "is missing; send the answer");
    }
    return isCorrect;
  }

  /** A list as it is stored; null stays null. */
  static JsonArray json(List<String> list) {
    return list == null ? null : new JsonArray(list);
  }
}
