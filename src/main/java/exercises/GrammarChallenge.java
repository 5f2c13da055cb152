package exercises;

import exercises.language.Difficulty;
import exercises.understanding.Provenance;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A gap whose options are forms, about one point of grammar. {@code sourceMistake} may be empty.
 */
public record GrammarChallenge(
    String id,
    String prompt,
    List<String> options,
    String correctAnswer,
    String explanation,
    String hint,
    Difficulty difficulty,
    String concept,
    String sourceMistake,
    Provenance provenance) {

  GrammarChallenge with(List<String> shown) {
    return new GrammarChallenge(
        id,
        prompt,
        shown,
        correctAnswer,
        explanation,
        hint,
        difficulty,
        concept,
        sourceMistake,
        provenance);
  }

  public JsonObject toJson() {
    return provenance.addTo(
        new JsonObject()
            .put("id", id)
            .put("prompt", prompt)
            .put("options", new JsonArray(List.copyOf(options)))
            .put("correct_answer", correctAnswer)
            .put("explanation", explanation)
            .put("hint", hint)
            .put("difficulty", difficulty.word())
            .put("concept", concept)
            .put("source_mistake", sourceMistake));
  }
}
