package games;

import java.util.List;

/**
 * The verdict on an answer, with what is stored in its result and, when it is wrong, in the
 * learner's mistakes.
 *
 * @param userAnswer what the learner answered as text: what was typed, the text of the chosen
 *     option, JSON of the tokens; or null
 * @param selectedAnswer grammar: position of the chosen option, or null
 * @param selectedAnswers cloze: the chosen words, or null
 * @param userTokens sentence: the tokens as laid, or null
 * @param errorType sentence: {@code word_order}, {@code missing_words} or {@code extra_words}; or
 *     null
 * @param correctAnswer the right answer as text: the word, the right option, JSON of the right
 *     list; null where there is none
 */
public record Judgement(
    boolean correct,
    String userAnswer,
    Integer selectedAnswer,
    List<String> selectedAnswers,
    List<String> userTokens,
    String errorType,
    String correctAnswer) {

  /**
   * A verdict without an answer that could be stored: self-assessment, or the client's word for it.
   */
  public static Judgement plain(boolean correct, String correctAnswer) {
    return new Judgement(correct, null, null, null, null, null, correctAnswer);
  }
}
