package exercises;

import exercises.language.Difficulty;
import exercises.understanding.Provenance;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A sentence with one gap and four options, one of them right. {@code sourceMistake} may be empty.
 */
public record FillBlank(
    String id,
    String sentence,
    List<String> options,
    String correctAnswer,
    Difficulty difficulty,
    String explanation,
    String hint,
    String concept,
    String sourceMistake,
    Provenance provenance) {
  /** What stands in a text where a word was taken out. */
  public static final String BLANK = "_____";

  FillBlank with(List<String> shown) {
    return new FillBlank(
        id,
        sentence,
        shown,
        correctAnswer,
        difficulty,
        explanation,
        hint,
        concept,
        sourceMistake,
        provenance);
  }

  public JsonObject toJson() {
    return provenance.addTo(
        new JsonObject()
            .put("id", id)
            .put("sentence", sentence)
            .put("options", new JsonArray(List.copyOf(options)))
            .put("correct_answer", correctAnswer)
            .put("difficulty", difficulty.word())
            .put("explanation", explanation)
            .put("hint", hint)
            .put("concept", concept)
            .put("source_mistake", sourceMistake));
  }
}
