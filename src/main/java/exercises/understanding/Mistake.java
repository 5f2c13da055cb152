package exercises.understanding;

import exercises.language.Difficulty;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Something the student said wrong and its right form.
 *
 * @param incorrect the student's words
 * @param correct the same in the right form, written as a sentence where it is one
 * @param wrongPart the words that are wrong, lower case; empty when something was missing
 * @param rightPart what stands there instead; empty when something was too much
 * @param wrongWindow the wrong words with a neighbour each side, lower case: never to be shown as a
 *     model
 * @param rule why, in terms of these words
 * @param context the teacher's turn that corrected it, or the student's own
 * @param confidence 0 to 1
 * @param source {@code teacher_correction} or {@code student_mistake}
 */
public record Mistake(
    String id,
    String incorrect,
    String correct,
    MistakeType type,
    String wrongPart,
    String rightPart,
    String wrongWindow,
    String rule,
    String context,
    Difficulty difficulty,
    double confidence,
    String source,
    String hint,
    Provenance provenance) {

  /**
   * Whether the sentence shows the wrong words with their neighbours, so that it must not be a
   * model. One of them alone tells nothing.
   */
  public boolean isQuotedIn(String sentence) {
    List<String> window = List.of(wrongWindow.split(" "));
    boolean telling = window.size() >= 2 && !wrongPart.isEmpty() || window.size() >= 3;
    // "There is a shop on your street?" is wrong for a question only.
    boolean asksInstead =
        type == MistakeType.WORD_ORDER && ModelSentences.asks(correct) && !sentence.endsWith("?");
    if (!telling || asksInstead) {
      return false;
    }
    List<String> parts = Parts.of(sentence).parts();
    int at = Parts.indexOf(parts, window);
    // "The helmet is your." is wrong because it ends there; "This is your helmet." is not.
    List<String> slip = Parts.of(incorrect).parts();
    boolean endsSlip =
        slip.size() > window.size()
            && slip.subList(slip.size() - window.size(), slip.size()).equals(window);
    return at >= 0
        && !(endsSlip && at + window.size() < parts.size())
        && Parts.indexOf(Parts.of(correct).parts(), window) < 0;
  }

  /** The same slip shown in fewer words. */
  Mistake with(String less, String put) {
    return new Mistake(
        id,
        less,
        put,
        type,
        wrongPart,
        rightPart,
        wrongWindow,
        rule,
        context,
        difficulty,
        confidence,
        source,
        hint,
        provenance);
  }

  /** As kept with the set. */
  public JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("id", id)
            .put("incorrect", incorrect)
            .put("correct", correct)
            .put("type", type.word())
            .put("rule", rule)
            .put("context", context)
            .put("difficulty", difficulty.word())
            .put("confidence", confidence)
            .put("source", source)
            .put("raw", incorrect)
            .put("corrected", correct)
            .put("hint", hint);
    return provenance.addTo(json);
  }
}
